"""Commands about past sessions."""
