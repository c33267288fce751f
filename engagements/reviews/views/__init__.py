"""Pages of health reviews."""
