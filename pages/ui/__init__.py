"""Shared widgets of the pages."""
