"""Writes to joint issues. Each asks the table of states first."""
