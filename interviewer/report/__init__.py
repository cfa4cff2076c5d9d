"""A session as one value, then as pages."""
