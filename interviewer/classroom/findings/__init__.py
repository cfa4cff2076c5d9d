"""What the grades of a class show: of the questions, of the grader, and of the answers."""

__all__ = [
    "class_findings",
    "finding_values",
]
