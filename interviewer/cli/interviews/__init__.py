"""Commands that hold an interview."""

__all__ = [
    "manner",
    "resume",
    "run",
    "simulate",
]
