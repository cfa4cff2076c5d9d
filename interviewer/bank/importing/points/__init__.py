"""What is one point in an answer: where a sentence is cut, what a contrast denies, of what some is enough."""

__all__ = ["choices", "clauses", "contrasts", "splitting"]
