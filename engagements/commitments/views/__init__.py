"""Pages of promises and of one's own steps."""
