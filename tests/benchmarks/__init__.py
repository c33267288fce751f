"""Measurements: never a test, always a ratio to a bare view in the same run."""
