"""What comes from a keyboard: words that wrap at blanks, keys that came too early, keys that leave."""

__all__ = [
    "leaving",
    "typed_ahead",
    "word_wrap",
]
