"""The candidate grades by their own word: a grade that they dispute, or a whole session."""

__all__ = [
    "disputing",
    "moments",
    "self_grading",
]
