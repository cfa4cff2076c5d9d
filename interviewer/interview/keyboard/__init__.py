"""What comes from a keyboard: words that wrap at blanks, and keys that came too early."""

__all__ = [
    "typed_ahead",
    "word_wrap",
]
