"""Commands that hold an interview."""
