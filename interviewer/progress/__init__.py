"""How it moved over all sessions, and the pace to a date."""
