"""Values, errors, text, clock, files and pages: what knows nothing of interviews."""

__all__ = [
    "base",
    "caches",
    "certificates",
    "console",
    "dates",
    "files",
    "json_text",
    "libraries",
    "markup",
    "pages",
    "ranges",
    "scrub",
    "signals",
    "streams",
    "system",
    "text",
]
