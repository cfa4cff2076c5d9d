"""What came of a question, and the words for that."""

from __future__ import annotations

from typing import Literal

from interviewer.grading import scoring
from interviewer.session.events import SkipReason
from interviewer.session.record import Record

Result = Literal["cold", "prompted", "missed", "ungraded", "not-asked"]
"""What came of a question; "not-asked" also while no reply to it is on record."""

RESULT_WORDS: dict[Result, str] = {
    "cold": "answered cold",
    "prompted": "answered with help",
    "missed": "missed",
    "ungraded": "ungraded",
    "not-asked": "not asked",
}
PASSED_ON: dict[SkipReason, str] = {
    "skip": "skipped",
    "unknown": "did not know",
    "timeout": "ran out of time",
}
"""Why there is no answer."""

TOO_FEW = "too few to say"
_HELD = {True: "held", False: "not held", None: TOO_FEW}
_REACHED = {True: "reached", False: "not reached", None: TOO_FEW}


def result_of(record: Record) -> Result:
    """What came of a question that was put."""
    return of_scores(record.cold, record.final) if record.replied else "not-asked"


def of_scores(cold: float | None, final: float | None) -> Result:
    """What the scores come to. One whose cold score is missing is ungraded, whatever followed."""
    if cold is None:
        return "ungraded"
    if scoring.passed(cold):
        return "cold"
    return "prompted" if scoring.passed(final) else "missed"


def held_words(reached: bool | None) -> str:
    """Whether a tier is held."""
    return _HELD[reached]


def reached_words(reached: bool | None) -> str:
    """Whether an aim is reached."""
    return _REACHED[reached]
