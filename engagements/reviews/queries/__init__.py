"""Reads of health reviews."""
