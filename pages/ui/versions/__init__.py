"""The page Versioner: list, comparison, restore, wave, confirm."""
