"""Commands that look over all sessions."""
