"""In place of commands of Django."""
