"""When a model that cannot be had is asked no more."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.grading.grades import Outcome, Ungraded
from interviewer.grading.outcomes import TRANSIENT

GIVEN_UP = 3
"""Answers in a row on which the model could not be had, after which it is asked no more."""


class GivingUp:
    """Counts the answers in a row on which the model could not be had."""

    def __init__(self) -> None:
        self._missed = 0

    def after(self, outcomes: Iterable[Outcome], *, gained: bool) -> list[Ungraded]:
        """What the model failed with, where GIVEN_UP answers in a row gained nothing; else empty.

        outcomes: of the answer just graded. gained: whether anything came of it all the same.
        """
        gone = [o for o in outcomes if isinstance(o, Ungraded) and o.cause in TRANSIENT]
        self._missed = self._missed + 1 if gone and not gained else 0
        return gone if self._missed >= GIVEN_UP else []
