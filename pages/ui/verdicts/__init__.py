"""The pages of verdicts and years: matrix, strips, Kommunblad, leadership."""
