"""A second grading of a session, and two gradings side by side."""

__all__ = [
    "compare_text",
    "comparison",
    "regrading",
    "rubric",
]
