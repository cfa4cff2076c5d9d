"""A session shown again, as it went."""
