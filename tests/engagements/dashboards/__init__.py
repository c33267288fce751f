"""Mirrors engagements/dashboards/."""
