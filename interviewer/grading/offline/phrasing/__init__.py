"""How an answer is put: what frames and changed words make of a claim, whether words stand in order, and which
of two things is on which side."""

__all__ = ["pairing", "roles", "sense", "stance"]
