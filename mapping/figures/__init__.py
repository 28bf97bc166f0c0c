"""Draw the map, the strips, the matrix and the pyramid as pictures, for reports and other slides."""
