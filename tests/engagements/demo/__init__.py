"""Mirrors engagements/demo/."""
