"""Read and write one table of the contract: CSV and Excel to cells, cells to values, values to the one canonical file."""
