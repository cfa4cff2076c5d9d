"""What to ask today, and cards for other programs."""

__all__ = [
    "card_files",
    "cards",
    "fsrs_scheduler",
    "spacing",
]
