"""Made-up candidates."""

__all__ = [
    "personas",
    "simulation",
]
