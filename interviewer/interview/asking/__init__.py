"""What is asked: which question comes next, and what is asked on an answer."""

__all__ = ["doubt", "following_up", "going_on", "order", "steps", "targets"]
