"""A language model words what the interviewer says, under a linter."""

__all__ = [
    "voice",
    "worded",
]
