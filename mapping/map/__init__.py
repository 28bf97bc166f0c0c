"""The map on screen: points, symbols, shading, the browser's part, the one-file map."""
