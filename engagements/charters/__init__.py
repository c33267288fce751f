"""What both sides want of a relationship: charter, values and abilities, goals."""
