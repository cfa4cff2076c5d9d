"""Commands about graders, models and banks."""

__all__ = [
    "bank",
    "calibrate",
    "check",
    "grade",
    "models",
    "trial",
]
