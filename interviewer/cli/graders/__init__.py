"""Commands about graders and models."""

__all__ = [
    "check",
    "grade",
    "models",
    "report_class",
]
