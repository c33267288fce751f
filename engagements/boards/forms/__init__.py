"""What people type about boards."""
