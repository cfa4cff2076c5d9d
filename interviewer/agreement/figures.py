"""Measured values in words: three decimals, percentages, milliseconds; a dash for undefined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from interviewer.common.text import DASH

if TYPE_CHECKING:
    from interviewer.agreement.bootstrap import Interval

Form: TypeAlias = Literal["plain", "signed", "percent", "seconds", "count", "money"]
"""How a measured value is written: the function here of that name, or a whole number."""


def plain(value: float | None) -> str:
    """ "0.846"."""
    return DASH if value is None else f"{value:.3f}"


def percent(value: float | None) -> str:
    """A share in [0, 1] as "3.1%"."""
    if value is None:
        return DASH
    return f"{value:.0%}" if value in (0.0, 1.0) else f"{value:.1%}"


def seconds(value: float | None) -> str:
    """ "7.9 ms", "1.24 s"."""
    if value is None:
        return DASH
    return f"{value:.2f} s" if value >= 1.0 else f"{value * 1000:.1f} ms"


def money(value: float | None) -> str:
    """US dollars with two digits that say something: "$1.25", "$0.00031"."""
    if value is None:
        return DASH
    if value == 0 or value >= 0.01:
        return f"${value:.2f}"
    places = next((n for n in range(3, 12) if round(value, n) >= 10 ** -(n - 1)), 12)
    return f"${value:.{places}f}"


def written(form: Form, value: float | None) -> str:
    """The value in that form."""
    if value is None:
        return DASH
    match form:
        case "plain":
            return plain(value)
        case "signed":
            return f"{value:+.3f}"
        case "percent":
            return percent(value)
        case "seconds":
            return seconds(value)
        case "count":
            return f"{value:.0f}"
        case "money":
            return money(value)


def with_interval(form: Form, value: float | None, span: Interval | None) -> str:
    """ "0.846 (0.81–0.87)"; without brackets where there is no interval."""
    text = written(form, value)
    if value is None or span is None:
        return text
    return f"{text} ({_span(span, as_percent=form == 'percent')})"


def signed(value: float | None, span: Interval | None) -> str:
    """A difference, "+0.031 (0.01–0.05)"."""
    return with_interval("signed", value, span)


def _span(span: Interval, *, as_percent: bool) -> str:
    low, high = (f"{v * 100:.0f}" if as_percent else f"{round(v, 2) + 0.0:.2f}" for v in span)
    # A dash between two numbers reads as a minus when one of them has a sign.
    middle = ".." if span[0] < 0 else "–"
    return f"{low}{middle}{high}" + ("%" if as_percent else "")
