"""A question as it is put, what was said, and what is said back to it where it is no answer."""

__all__ = [
    "belonging",
    "going_back",
    "listener",
    "objecting",
    "own_answer",
    "putting",
    "remarks",
    "tails",
]
