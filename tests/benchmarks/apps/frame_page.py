"""The page of the benchmark's frame: the same choice and count for every kind of map."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from mapping.map import points
from mapping.map.symbols import TYPE_SYMBOL
from pages.ui import data
from pages.ui.map.arena_map import arena_map
from tests.benchmarks.apps import OfflineMap


def no_map(dataset, shown):
    """Draw nothing: what a rerun of the frame costs."""


def our_map(dataset, shown):
    arena_map(key="map", version=dataset.version, visible=points.visible_bits(dataset.arenor, shown))


def geojson_map(dataset, shown):
    rows = dataset.arenor.loc[shown]
    features = []
    for row in rows.itertuples():
        colour = TYPE_SYMBOL[row.arenatyp].colour
        properties = {"namn": row.namn, "colour": colour, "arena_id": row.Index}
        point = {"type": "Point", "coordinates": [row.lon, row.lat]}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    layer = folium.FeatureGroup(name="arenor")
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=6, fill=True),
        style_function=lambda feature: {"color": feature["properties"]["colour"]},
        tooltip=folium.GeoJsonTooltip(["namn"]),
    ).add_to(layer)
    _show(layer)


def marker_map(dataset, shown):
    layer = folium.FeatureGroup(name="arenor")
    for row in dataset.arenor.loc[shown].itertuples():
        folium.CircleMarker(
            (row.lat, row.lon), radius=6, fill=True, color=TYPE_SYMBOL[row.arenatyp].colour, tooltip=row.namn
        ).add_to(layer)
    _show(layer)


def _show(layer):
    base = OfflineMap((59.4, 15.0), zoom_start=8, tiles=None, prefer_canvas=True)
    wishes = {"returned_objects": ["last_object_clicked"], "width": 700, "height": 720}
    st_folium(base, key="map", feature_group_to_add=layer, **wishes)


DRAW = {"empty": no_map, "ours": our_map, "geojson": geojson_map, "markers": marker_map}

st.set_page_config(page_title="Mätning", layout="wide")
dataset = data.dataset()
placed = points.placed(dataset.arenor)
choice = st.radio("Urval", ["alla", "utan bibliotek"], horizontal=True)
shown = placed.index if choice == "alla" else placed.index[placed["arenatyp"] != "bibliotek"]
st.text(f"{len(shown)} arenor stämmer.")
st.text("Samma text på varje sida.")
DRAW[st.secrets["kind"]](dataset, shown)
