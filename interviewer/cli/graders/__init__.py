"""Commands about graders, models and banks."""

__all__ = [
    "bank",
    "check",
    "grade",
    "models",
    "report_class",
]
