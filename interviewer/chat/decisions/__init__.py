"""Models that decide instead of writing: a statement in, its probability out."""

__all__ = ["systemone_chat"]
