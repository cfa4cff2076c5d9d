"""All sessions in short, with an index."""

__all__ = [
    "digests",
    "session_index",
]
