"""How an answer is put: what frames and changed words make of a claim, and whether words stand in order."""

__all__ = ["sense", "stance"]
