"""Pages of conversations: the composer, one entry, meetings."""
