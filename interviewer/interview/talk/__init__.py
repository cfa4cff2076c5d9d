"""A question as it is put, what was said, and what is said back to it where it is no answer."""

__all__ = [
    "listener",
    "putting",
    "remarks",
    "tails",
]
