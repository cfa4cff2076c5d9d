"""Values, errors, text, clock, files and pages: what knows nothing of interviews."""

__all__ = [
    "base",
    "caches",
    "console",
    "dates",
    "files",
    "html",
    "json_text",
    "libraries",
    "ranges",
    "scrub",
    "signals",
    "streams",
    "system",
    "text",
]
