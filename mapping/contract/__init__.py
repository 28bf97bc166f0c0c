"""What a table may hold: tables, columns, codes in words, what one cell says, every finding's sentence."""
