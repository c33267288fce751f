"""Promises of both sides, and one's own steps."""
