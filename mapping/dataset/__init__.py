"""One version of the data, with positions, boundaries, sources and the view that anyone may see."""
