"""Choose, count and describe arenas: filters in the address, rows, cards, measures, key figures."""
