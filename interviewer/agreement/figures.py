"""Measured values in words: three decimals, percentages, milliseconds; a dash for undefined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.common.text import DASH

if TYPE_CHECKING:
    from interviewer.agreement.bootstrap import Interval

_PERCENT = {"exact", "adjacent", "accuracy", "false_pass", "false_fail", "coverage"}
_SIGNED = {"bias"}
_COUNTS = {"answers", "questions"}


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


def value_of(name: str, value: float | None) -> str:
    """The value as that metric is written."""
    if value is None:
        return DASH
    if name in _COUNTS:
        return f"{value:.0f}"
    if name == "tokens":
        return f"{value:.0f}"
    if name == "cost":
        return money(value)
    if name.startswith("seconds"):
        return seconds(value)
    if name in _PERCENT:
        return percent(value)
    return f"{value:+.3f}" if name in _SIGNED else plain(value)


def with_interval(name: str, value: float | None, span: Interval | None) -> str:
    """ "0.846 (0.81–0.87)"; without brackets where there is no interval."""
    text = value_of(name, value)
    if value is None or span is None:
        return text
    return f"{text} ({_span(span, as_percent=name in _PERCENT)})"


def signed(value: float | None, span: Interval | None) -> str:
    """A difference, "+0.031 (0.01–0.05)"."""
    if value is None:
        return DASH
    return f"{value:+.3f}" + (f" ({_span(span, as_percent=False)})" if span else "")


def _span(span: Interval, *, as_percent: bool) -> str:
    low, high = (f"{v * 100:.0f}" if as_percent else f"{round(v, 2) + 0.0:.2f}" for v in span)
    # A dash between two numbers reads as a minus when one of them has a sign.
    middle = ".." if span[0] < 0 else "–"
    return f"{low}{middle}{high}" + ("%" if as_percent else "")
