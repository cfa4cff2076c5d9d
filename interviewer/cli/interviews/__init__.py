"""Commands that hold an interview."""

__all__ = [
    "answers",
    "holding",
    "resume",
    "run",
    "simulate",
]
