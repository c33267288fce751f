"""Pages of charters, mirrors and goals."""
