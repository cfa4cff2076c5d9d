"""Questions and rubrics: values, files, lint."""

__all__ = [
    "bank_files",
    "lint",
    "questions",
]
