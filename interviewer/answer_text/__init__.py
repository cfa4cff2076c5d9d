"""An answer as text: words, spans, quotes, what it is like, what is addressed to a grader."""

__all__ = [
    "guards",
    "hedges",
    "leaks",
    "normalize",
    "quotes",
    "repairs",
    "spans",
    "traits",
    "unfinished",
]
