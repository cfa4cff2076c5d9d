"""How it moved over all sessions, and the pace to a date."""

__all__ = [
    "pace",
    "progress_html",
    "progress_text",
    "progress_values",
    "trends",
]
