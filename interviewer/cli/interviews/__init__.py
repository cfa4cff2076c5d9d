"""Commands that hold an interview."""

__all__ = [
    "answers",
    "holding",
    "planning",
    "resume",
    "run",
    "simulate",
]
