"""How it moved over all sessions, and the daily rate to a date."""

__all__ = [
    "daily_rate",
    "progress_html",
    "progress_text",
    "progress_values",
    "trends",
]
