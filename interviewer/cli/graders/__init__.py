"""Commands about graders and models."""

__all__ = [
    "calibrate",
    "check",
    "grade",
    "models",
    "report_class",
    "trial",
]
