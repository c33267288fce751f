"""A believable invented world: to look around in, and to measure with."""
