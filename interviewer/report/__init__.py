"""A session as one value, then as pages."""

__all__ = [
    "browser",
    "markdown_report",
    "report_data",
    "report_html",
    "report_values",
    "shapes",
    "verdict_text",
]
