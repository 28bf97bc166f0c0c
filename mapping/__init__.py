"""Know what support parents are offered, where, and how well that is known.

The core of Stödkartan. It takes and returns values: frames and frozen dataclasses. It never imports
Streamlit, the pages or the server.
"""
