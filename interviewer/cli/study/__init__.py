"""Commands that look over all sessions."""

__all__ = [
    "drill",
    "export",
    "histories",
    "plan",
    "progress",
]
