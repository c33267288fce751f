"""Writes to charters, mirrors and goals."""
