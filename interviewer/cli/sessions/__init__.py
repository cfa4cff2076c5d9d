"""Commands about past sessions."""

__all__ = [
    "appeal",
    "compare",
    "finding",
    "gold",
    "past",
    "regrade",
    "replay",
    "report",
]
