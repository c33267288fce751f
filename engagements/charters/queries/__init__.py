"""Reads of charters, mirrors and goals."""
