"""How each figure is computed, for the people it is about."""
