"""Measurements in a real browser; not part of the tests."""
