"""Days in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


LAST = datetime(9999, 12, 30, tzinfo=UTC)
"""The latest moment that has a date in every time zone."""


def later(moment: datetime, span: timedelta) -> datetime:
    """The moment that much later, at most `LAST`."""
    return moment + span if span <= LAST - moment else LAST


def local(moment: datetime) -> datetime:
    """The moment in the time zone of this machine; unchanged where it has no date there."""
    try:
        return moment.astimezone()
    except OverflowError:
        return moment


def in_utc(moment: datetime) -> datetime:
    """The moment as it is, of UTC if it names no time zone. Raises ValueError if UTC has no date for
    it.
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    if 1 < moment.year < LAST.year:
        return moment
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("is before the first or after the last of all years") from None
    return moment


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
