"""Promises of both sides, and one's own next steps."""
