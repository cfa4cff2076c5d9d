"""What to ask today, and cards for other programs."""

__all__ = [
    "anki_deck",
    "cards",
    "csv_cards",
    "fsrs_scheduler",
    "spacing",
]
