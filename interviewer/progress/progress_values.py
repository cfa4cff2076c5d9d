"""Progress as one value: what moved, where it stands, what is in the way.

`interviewer progress --json` prints it, and the page and the lines are made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import ConfigDict

from interviewer.bank.questions import Lack, QuestionId
from interviewer.common.base import UnitFloat, Value
from interviewer.grading.grades import Level
from interviewer.progress.daily_rate import Turned
from interviewer.report.report_values import BankFacts
from interviewer.report.shapes import NonNegative, Standing
from interviewer.session.settlements import ColdCount, DisputeCount

PROGRESS_VERSION: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a moment, in UTC."""

    # Not a Value: thousands of sessions make tens of thousands, of figures that need no check.
    __pydantic_config__ = ConfigDict(extra="forbid")

    at: datetime
    value: float


class Trace(Value):
    """How one value moved.

    first, last: in [0, 1], of the first and the latest point. trend: the mean cold score of the
    newer half of the answers less that of the older half (the middle one of an odd number is left
    out); for a section the mean of that over its questions answered more than once. All are None
    where there are too few answers.
    """

    answers: NonNegative
    first: float | None
    last: float | None
    trend: float | None
    points: tuple[Point, ...]


class SectionProgress(Value):
    """A section. Its points: after each session, the mean of the latest cold scores of its
    questions asked so far. held: how many of all `total` were answered cold when asked last.
    """

    id: str
    title: str
    total: NonNegative
    asked: NonNegative
    held: NonNegative
    trace: Trace


class CriterionProgress(Value):
    """A criterion as its question was asked last. Its points: the credit of each cold answer.

    share: of its question's weight, in (0, 1]. level: the latest cold one.
    """

    question: QuestionId
    section: str
    id: str
    statement: str
    share: UnitFloat
    level: Level | None
    trace: Trace


class OpenGroup(Value):
    """Criteria that are open of which `enough` would do."""

    of: tuple[str, ...]
    enough: NonNegative


class Obstacle(Value):
    """A question that is not held cold.

    result: what came of it last. flips: what came of asking again after that so far; None if it was
    never asked. open: its criteria not met cold, heaviest first, without those that enough others of
    their group stand in for. groups: of those that are open, how many of which are enough.
    """

    question: QuestionId
    prompt: str
    result: Literal["prompted", "missed", "not-asked"]
    flips: Turned | None
    open: tuple[CriterionProgress, ...]
    groups: tuple[OpenGroup, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is open, a line each: the share of the question, the level, the statement; of a group how
        many are enough and the statements."""
        shown: dict[str, str] = {}
        for group in self.groups:
            of = [c for c in self.open if c.id in group.of]
            words = Lack(group.enough, group.of).words({c.id: c.statement for c in of})
            levels = dict.fromkeys(c.level or "ungraded" for c in of)
            share = group.enough * of[0].share
            shown |= dict.fromkeys(group.of, f"{share:.0%} {'/'.join(levels)}: {words}")
        alone = ((c.id, f"{c.share:.0%} {c.level or 'ungraded'}: {c.statement}") for c in self.open)
        return tuple(dict.fromkeys(shown.get(claim, line) for claim, line in alone))


class Goal(Value):
    """A tier or an aim, where it stands, and what stands in its way, most likely to flip first.

    short: how many more must be answered cold, at least 0.
    """

    standing: Standing
    short: NonNegative
    obstacles: tuple[Obstacle, ...]


class UnreadableLog(Value):
    """A log that is no session, and why."""

    name: str
    problem: str


class Progress(Value):
    """Everything about one bank of `questions`. held: after each session, how many are held cold.
    settled: what settled grades come to, apart, over the questions when asked last. disputes: the
    appeals of all sessions, and what is self-graded.

    next: the first tier that is not held, or else the first aim not reached; None if all are.
    """

    progress_version: Literal[1] = PROGRESS_VERSION
    bank: BankFacts
    sessions: NonNegative
    answers: NonNegative
    questions: NonNegative
    unreadable: tuple[UnreadableLog, ...]
    held: tuple[Point, ...]
    settled: ColdCount
    disputes: DisputeCount
    tiers: tuple[Standing, ...]
    aims: tuple[Standing, ...]
    sections: tuple[SectionProgress, ...]
    criteria: tuple[CriterionProgress, ...]
    next: Goal | None
