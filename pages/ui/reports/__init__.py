"""Everything to take home: choices, making, downloads, pictures."""
