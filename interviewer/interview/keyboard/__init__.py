"""What comes from a keyboard: words that wrap at blanks, keys that came too early, keys that leave."""

__all__ = [
    "dotted",
    "leaving",
    "one_answer",
    "typed_ahead",
    "word_wrap",
]
