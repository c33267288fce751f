"""What people type about charters, mirrors and goals."""
