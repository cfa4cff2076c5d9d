"""What a grade is, the port to graders, and scoring."""

__all__ = [
    "answer_bound",
    "chances",
    "claims",
    "grader",
    "grades",
    "late",
    "outcomes",
    "scoring",
]
