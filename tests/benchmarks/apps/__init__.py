"""The small servers that the benchmark compares with each other."""
