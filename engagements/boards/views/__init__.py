"""Pages of boards: the host's under /boards/, everybody else's behind /b/."""
