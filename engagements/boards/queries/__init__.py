"""Reads of boards. What the room says is read by modules named so alone."""
