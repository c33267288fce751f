"""Writes about boards: founding, seats, charter, meetings."""
