"""What a table may hold: tables, columns, codes, their explanations, what one cell says, every finding's sentence."""
