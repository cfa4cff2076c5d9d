"""Commands about graders, models and banks."""

__all__ = [
    "calibrate",
    "check",
    "grade",
    "models",
    "report_class",
    "trial",
]
