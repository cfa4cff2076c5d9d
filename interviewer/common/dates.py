"""Days in words."""

from __future__ import annotations

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """ "26 Nov 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def when(day: date, today: date) -> str:
    """ "today", "tomorrow", "on 26 Nov", "on 3 Jan 2027"; what is past due is due today."""
    days = (day - today).days
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    words = day_words(day)
    return f"on {words}" if day.year != today.year else f"on {words.rpartition(' ')[0]}"
