"""The map page: filters, map, panel, table."""
