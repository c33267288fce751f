"""Pages for files on their way in; administrators only."""
