"""Values, errors, text, clock, files and pages: what knows nothing of interviews."""
