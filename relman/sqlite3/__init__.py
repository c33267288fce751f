"""SQLite with as many values in a statement as this SQLite takes."""
