"""Rules that hold for everything: a new page, table or file is under them at birth."""
