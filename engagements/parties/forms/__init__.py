"""Forms parse and word errors; they never write."""
