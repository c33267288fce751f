"""Pages that read across every part; they never write."""
