"""A plain streamlit-folium page with the arenas of a file, as its users would write it.

Leaflet is served by `tests.benchmarks.apps.plain_server`, or the map would be blank without a CDN.
"""

import os

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from tests.benchmarks.apps import OfflineMap

st.set_page_config(page_title="Karta", layout="wide")
st.title("Karta")
arenas = pd.read_csv(os.environ["POINTS"])
drawn = OfflineMap((59.4, 15.0), zoom_start=8, tiles=None)
for arena in arenas.itertuples():
    folium.CircleMarker((arena.lat, arena.lon), radius=6, fill=True, tooltip=arena.namn).add_to(drawn)
st_folium(drawn, key="map", returned_objects=["last_object_clicked_tooltip"], width=900, height=700)
