"""What is told of the grades: at once, at the end, and in which manner."""

__all__ = [
    "courtesies",
    "debrief",
    "feedback",
    "reactions",
    "second_thoughts",
    "style",
    "summary",
    "taking_in",
]
