"""All sessions in short, with an index."""

__all__ = [
    "session_index",
    "summaries",
]
