"""The pages that are measured, each by a server of its own."""

import folium


class OfflineMap(folium.Map):
    """A folium map whose Leaflet comes from our own server; without this it is blank."""

    default_js = [("leaflet", "/leaflet/leaflet.js")]  # noqa: RUF012 - folium's own way
    default_css = [("leaflet_css", "/leaflet/leaflet.css")]  # noqa: RUF012
