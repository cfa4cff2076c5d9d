"""Progress as values: what moved, where it stands, what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from interviewer.bank.questions import Aim, Tier
from interviewer.grading.grades import Level
from interviewer.history.digests import Unreadable
from interviewer.progress.pace import Turned
from interviewer.session.events import BankInfo
from interviewer.session.standing import Tally

Point = tuple[datetime, float]


@dataclass(frozen=True)
class Trace:
    """How one value moved.

    first, last: in [0, 1], of the first and the latest point. trend: the mean cold score of the
    newer half of the answers less that of the older half (the middle one of an odd number is left
    out); for a section the mean of that over its questions answered more than once. All are None
    where there are too few answers.
    """

    answers: int = 0
    points: tuple[Point, ...] = ()
    trend: float | None = None

    @property
    def first(self) -> float | None:
        """The earliest value."""
        return self.points[0][1] if self.points else None

    @property
    def last(self) -> float | None:
        """The latest value."""
        return self.points[-1][1] if self.points else None


@dataclass(frozen=True)
class SectionProgress:
    """A section. Its points: after each session, the mean of the latest cold scores of its
    questions asked so far. held: how many were answered cold when asked last.
    """

    id: str
    title: str
    questions: int
    asked: int
    held: int
    trace: Trace


@dataclass(frozen=True)
class CriterionProgress:
    """A criterion as its question was asked last. Its points: the credit of each cold answer.

    share: of its question's weight, in (0, 1]. level: the latest cold one.
    """

    question: int
    criterion: str
    statement: str
    share: float
    level: Level | None
    trace: Trace


@dataclass(frozen=True)
class Obstacle:
    """A question that is not held cold.

    state: how it went last. flips: what came of asking again after that state so far; None if it
    was never asked. open: its criteria not met cold, heaviest first.
    """

    question: int
    prompt: str
    state: Literal["prompted", "missed", "never asked"]
    flips: Turned | None
    open: tuple[CriterionProgress, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A tier or an aim, where it stands, and what stands in its way, most likely to flip first.

    short: how many more must be answered cold, at least 0.
    """

    name: str
    tally: Tally
    obstacles: tuple[Obstacle, ...]

    @property
    def short(self) -> int:
        """How many more questions must be answered cold."""
        return max(0, self.tally.target - self.tally.answered)


@dataclass(frozen=True)
class Progress:
    """Everything about one bank. held: after each session, how many questions are held cold.

    next: the first tier that is not held, or else the first aim not reached; None if all are.
    """

    bank: BankInfo
    sessions: int
    answers: int
    unreadable: tuple[Unreadable, ...]
    held: tuple[Point, ...]
    tiers: tuple[tuple[Tier, Tally], ...]
    aims: tuple[tuple[Aim, Tally], ...]
    sections: tuple[SectionProgress, ...]
    criteria: tuple[CriterionProgress, ...]
    next: Goal | None

    @property
    def total(self) -> int:
        """How many questions the bank has."""
        return len(self.bank.section_of)
