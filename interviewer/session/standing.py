"""Where a candidate stands: tiers, aims, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from interviewer.bank.questions import Aim, Tier, lacks
from interviewer.grading import scoring
from interviewer.session import counts
from interviewer.session.record import Record, Session

HELD_SHARE = 2 / 3
"""A tier is held when this share of it is answered cold; the grill's 30 of 45."""

ENOUGH_SHARE = 0.5
"""A tier gets a verdict once this share of it was asked."""


@dataclass(frozen=True)
class Tally:
    """Counts over a set of questions, and what they say of the whole set.

    answered: answered cold; prompted: only with help; ungraded: asked, without a grade.
    low, high: 95% interval of the number answered cold if all `total` were asked.
    chance: the probability of reaching `target`.
    """

    total: int
    asked: int
    answered: int
    prompted: int
    ungraded: int
    target: int
    expected: float
    low: int
    high: int
    chance: float

    @property
    def complete(self) -> bool:
        """Whether every question was asked and graded."""
        return self.asked == self.total and self.ungraded == 0

    @property
    def enough(self) -> bool:
        """Whether enough was asked to say something."""
        return self.asked - self.ungraded >= ENOUGH_SHARE * self.total

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; for an incomplete set, whether that is more likely.

        None when too few were asked to say.
        """
        if self.complete:
            return self.answered >= self.target
        return self.chance >= 0.5 if self.enough else None

    @property
    def close(self) -> bool:
        """Whether it is too close to call."""
        return scoring.is_close(self.chance)


def cold_chance(record: Record) -> float | None:
    """The probability that a person would say this question was answered cold; None if ungraded.

    Uses the grader's calibrated probability, and the score's own pass or fail where it has none.
    """
    if record.cold is None:
        return None
    grade = record.cold_grade
    if grade is None or record.prompted:
        return 0.0
    if grade.passing is None:
        return 1.0 if scoring.passed(record.cold) else 0.0
    return grade.passing


class Scores(NamedTuple):
    """What came of one question: its scores and the chance that it was answered cold."""

    cold: float | None
    final: float | None
    chance: float | None


def tally(session: Session, questions: Sequence[int], target: int) -> Tally:
    """The tally over those question numbers."""
    asked = {record.question.id: record for record in session.records}
    records = [r for q in questions if (r := asked.get(q)) is not None and r.replied]
    results = [Scores(r.cold, r.final, cold_chance(r)) for r in records]
    return tally_of(results, len(questions), target)


def tally_of(results: Sequence[Scores], total: int, target: int) -> Tally:
    """The tally of the results so far of a set of `total` questions.

    Questions not asked, or without a grade, are taken to be answered at a rate drawn from
    Beta(0.5 + answered, 0.5 + missed), the Jeffreys posterior of the graded ones.
    """
    graded = [(r, r.chance) for r in results if r.chance is not None]
    answered = sum(1 for r, _ in graded if scoring.passed(r.cold))
    prompted = sum(1 for r, _ in graded if not scoring.passed(r.cold) and scoring.passed(r.final))
    unknown = total - len(graded)
    dist = counts.convolve(
        counts.poisson_binomial([p for _, p in graded]),
        counts.beta_binomial(unknown, 0.5 + answered, 0.5 + len(graded) - answered),
    )
    low, high = counts.interval(dist)
    return Tally(
        total=total,
        asked=len(results),
        answered=answered,
        prompted=prompted,
        ungraded=len(results) - len(graded),
        target=target,
        expected=sum(count * mass for count, mass in enumerate(dist)),
        low=low,
        high=high,
        chance=counts.at_least(dist, target),
    )


def tier_tally(session: Session, tier: Tier) -> Tally:
    """The tally of a tier, whose target is two thirds of it."""
    return tally(session, tier.questions, tier_target(tier))


def tier_target(tier: Tier) -> int:
    """How many of its questions hold a tier."""
    return round(HELD_SHARE * len(tier.questions))


def aim_tally(session: Session, aim: Aim) -> Tally:
    """The tally of an aim."""
    return tally(session, aim.questions, aim.target)


def study_next(session: Session) -> list[Record]:
    """Asked questions that are not safely answered, worst first."""
    weak = [
        r
        for r in session.planned
        if r.replied and r.cold is not None and (cold_chance(r) or 0.0) < scoring.BORDERLINE[1]
    ]
    return sorted(weak, key=lambda r: (r.cold or 0.0, r.final or 0.0, r.question.id))


def lacking(record: Record) -> tuple[str, ...]:
    """The statements of the criteria that its answers together did not meet in full; those of which some
    are enough as one: "any 2 of: A / B / C"."""
    merged = record.merged
    if merged is None:
        return ()
    question = record.question
    levels = {v.criterion: v.level for v in merged.graded}
    left = [c.id for c in question.criteria if levels.get(c.id, "met") != "met"]
    met = [claim for claim, level in levels.items() if level == "met"]
    return tuple(lack.words(question.statements) for lack in lacks(question.groups, left, met))
