"""Which years of childhood are covered, by which insatser."""
