"""Commands about graders, models and banks."""

__all__ = [
    "check",
    "grade",
    "models",
    "report_class",
]
