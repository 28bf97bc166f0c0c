"""Read and write one table: CSV and Excel to cells, cells to values, values to the one canonical file."""
