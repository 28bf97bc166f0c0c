"""An empty Streamlit page: what a cold start costs before we do anything."""

import streamlit as st

st.set_page_config(page_title="Tom sida", layout="wide")
st.text("Tom sida")
