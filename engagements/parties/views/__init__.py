"""Pages about organisations and people: the first run, sign-in, members, contacts."""
