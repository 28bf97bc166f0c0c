"""What differs between two versions: rows and cells, verdicts, places on the map."""
