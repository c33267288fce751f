"""Health reviews; so far the calendar of their waves."""
