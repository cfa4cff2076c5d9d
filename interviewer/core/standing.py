"""Where a candidate stands: tiers, aims, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.core import counts, scoring
from interviewer.core.session import Record, Session
from interviewer.domain.bank import Aim, Tier

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


def cold_chance(record: Record) -> float | None:
    """The probability that a person would say this question was answered cold; None if ungraded.

    Uses the grader's calibrated probability, and the score's own pass or fail where it has none.
    """
    if record.cold is None:
        return None
    graded = record.first.graded
    if graded is None or record.hinted_first:
        return 0.0
    if graded.grade.passing is None:
        return 1.0 if scoring.passed(record.cold) else 0.0
    return graded.grade.passing


def tally(session: Session, questions: Sequence[int], target: int) -> Tally:
    """The tally over those question numbers.

    Questions not asked, or without a grade, are taken to be answered at a rate drawn from
    Beta(0.5 + answered, 0.5 + missed), the Jeffreys posterior of the graded ones.
    """
    records = [r for q in questions if (r := session.record(q)) is not None and r.replied]
    graded = [(r, p) for r in records if (p := cold_chance(r)) is not None]
    answered = sum(1 for r, _ in graded if scoring.passed(r.cold))
    prompted = sum(1 for r, _ in graded if not scoring.passed(r.cold) and scoring.passed(r.final))
    unknown = len(questions) - len(graded)
    dist = counts.convolve(
        counts.poisson_binomial([p for _, p in graded]),
        counts.beta_binomial(unknown, 0.5 + answered, 0.5 + len(graded) - answered),
    )
    low, high = counts.interval(dist)
    return Tally(
        total=len(questions),
        asked=len(records),
        answered=answered,
        prompted=prompted,
        ungraded=len(records) - len(graded),
        target=target,
        expected=sum(count * mass for count, mass in enumerate(dist)),
        low=low,
        high=high,
        chance=counts.at_least(dist, target),
    )


def tier_standing(session: Session, tier: Tier) -> Tally:
    """The tally of a tier, whose target is two thirds of it."""
    return tally(session, tier.questions, round(HELD_SHARE * len(tier.questions)))


def aim_standing(session: Session, aim: Aim) -> Tally:
    """The tally of an aim."""
    return tally(session, aim.questions, aim.target)


def study_next(session: Session) -> list[Record]:
    """Asked questions that are not safely answered, worst first."""
    weak = [
        r
        for r in session.records
        if r.replied and r.cold is not None and (cold_chance(r) or 0.0) < scoring.BORDERLINE[1]
    ]
    return sorted(weak, key=lambda r: (r.cold or 0.0, r.final or 0.0, r.question.id))
