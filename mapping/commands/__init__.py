"""The command `stodkartan`."""
