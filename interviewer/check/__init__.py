"""Graders measured against people."""

__all__ = [
    "asag_files",
    "behaving",
    "behaviour",
    "behaviour_text",
    "check_html",
    "check_report",
    "check_text",
    "check_values",
    "checking",
    "gold_append",
    "gold_files",
    "graded_lint",
    "measures",
    "requirements",
    "result_cache",
]
