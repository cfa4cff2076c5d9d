"""Two gradings side by side: two grade runs of one session, or two sessions on one bank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.agreement import agreement, gradings
from interviewer.agreement.gradings import Mark, Row
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Outcome, Verdict
from interviewer.regrade.rubric import changes
from interviewer.session import standing
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session, Turn
from interviewer.session.runs import Run
from interviewer.session.standing import Tally

NEAR = 0.005
"""Scores less than this apart are printed alike and count as equal."""


@dataclass(frozen=True)
class Side:
    """One of the two. name: what the user called it."""

    name: str
    run: Run

    @property
    def session(self) -> Session:
        """The session as the run grades it."""
        return self.run.session


@dataclass(frozen=True)
class ClaimPair:
    """One claim on both sides: met, partial, unmet, ungraded, or None where it was not graded.

    For a misconception "met" means that the wrong claim was made.
    """

    claim: str
    left: str | None
    right: str | None
    misconception: bool = False

    @property
    def differs(self) -> bool:
        """Whether the two sides say different things of it."""
        return self.left != self.right


@dataclass(frozen=True)
class AnswerPair:
    """One answer on both sides. turn: 0 is the question itself, 1 its first follow-up.

    left, right: the cold score of turn 0, the answer's own score of a follow-up; None where there
    is none.
    """

    question: int
    turn: int
    prompt: str
    left: float | None
    right: float | None
    claims: tuple[ClaimPair, ...]

    @property
    def differs(self) -> bool:
        """Whether the scores do, beyond rounding."""
        if self.left is None or self.right is None:
            return (self.left is None) != (self.right is None)
        return abs(self.left - self.right) >= NEAR


@dataclass(frozen=True)
class Agreement:
    """How far the sides agree; None where it is undefined.

    claims: criteria that both graded; exact: the share at the same level; kappa: Cohen's, over the
    three levels. answers: how many both scored; qwk: of their scores.
    """

    claims: int
    exact: float | None
    kappa: float | None
    answers: int
    qwk: float | None


@dataclass(frozen=True)
class Totals:
    """One band of questions counted on both sides. reached: whether its target is; None: unsure."""

    name: str
    left: Tally
    right: Tally


@dataclass(frozen=True)
class Comparison:
    """Both sides, answer by answer and in sum.

    cold: over all questions answered or passed on. only_left, only_right: questions that the other
    side was not asked. changed: what is new in a question that the sides do not share, by number.
    """

    left: Side
    right: Side
    answers: tuple[AnswerPair, ...]
    agreement: Agreement
    cold: Totals
    tiers: tuple[Totals, ...]
    aims: tuple[Totals, ...]
    only_left: tuple[int, ...]
    only_right: tuple[int, ...]
    changed: tuple[tuple[int, tuple[str, ...]], ...]


def compare(left: Side, right: Side) -> Comparison:
    """The comparison. Of two sessions only the answers to the questions themselves are set side by
    side, since their follow-ups need not be the same ones."""
    pairs = list(_pairs(left, right))
    bank = left.session.started.bank
    asked = [{r.question.id for r in side.session.records} for side in (left, right)]
    return Comparison(
        left,
        right,
        tuple(_answer(a, b, number) for a, b, number in pairs),
        _agreement(pairs),
        _cold(left, right),
        tuple(
            Totals(t.name, *(standing.tier_standing(s.session, t) for s in (left, right)))
            for t in bank.tiers
        ),
        tuple(
            Totals(a.name, *(standing.aim_standing(s.session, a) for s in (left, right)))
            for a in bank.aims
        ),
        tuple(sorted(asked[0] - asked[1])),
        tuple(sorted(asked[1] - asked[0])),
        tuple(
            (a.question.id, tuple(lines))
            for a, b, number in pairs
            if number == 0 and (lines := changes(a.question, b.question))
        ),
    )


def _pairs(left: Side, right: Side) -> Iterator[tuple[Record, Record, int]]:
    """Every pair of records with the number of a turn that both have."""
    same = left.session.started == right.session.started
    for record in left.session.records:
        other = right.session.record(record.question.id)
        if other is None or not (record.replied or other.replied):
            continue
        yield record, other, 0
        for number in range(1, min(len(record.turns), len(other.turns)) if same else 1):
            if isinstance(record.turns[number].reply, Answered):
                yield record, other, number


def _answer(left: Record, right: Record, number: int) -> AnswerPair:
    turns = left.turns[number], right.turns[number]
    probe = turns[0].probe
    scores = (left.cold, right.cold) if number == 0 else (_score(turns[0]), _score(turns[1]))
    return AnswerPair(
        left.question.id,
        number,
        probe.text if probe else left.question.prompt,
        *scores,
        tuple(_claims(left, right, _grade(turns[0]), _grade(turns[1]))),
    )


def _claims(
    left: Record, right: Record, one: AnswerGrade | None, two: AnswerGrade | None
) -> Iterator[ClaimPair]:
    if one is None and two is None:
        return
    criteria = dict.fromkeys(c.id for r in (left, right) for c in r.question.criteria)
    for claim in criteria:
        a, b = one.verdict(claim) if one else None, two.verdict(claim) if two else None
        yield ClaimPair(claim, _level(a), _level(b))
    wrong = dict.fromkeys(v.criterion for g in (one, two) if g for v in g.asserted)
    for claim in wrong:
        yield ClaimPair(claim, _misstep(one, claim), _misstep(two, claim), misconception=True)


def _misstep(grade: AnswerGrade | None, claim: str) -> str | None:
    outcomes = grade.misconceptions if grade else ()
    return _level(next((o for o in outcomes if o.criterion == claim), None))


def _level(outcome: Outcome | None) -> str | None:
    if outcome is None:
        return None
    return outcome.level if isinstance(outcome, Verdict) else "ungraded"


def _grade(turn: Turn) -> AnswerGrade | None:
    return turn.graded.grade if turn.graded else None


def _score(turn: Turn) -> float | None:
    grade = _grade(turn)
    return grade.score if grade else None


def _agreement(pairs: list[tuple[Record, Record, int]]) -> Agreement:
    rows = []
    for left, right, number in pairs:
        one, two = _grade(left.turns[number]), _grade(right.turns[number])
        if one is not None and two is not None:
            rows.append(Row(left.question.id, _mark(one), _mark(two)))
    views = gradings.views(rows)
    levels, scores = views["level"], views["score"]
    return Agreement(
        len(levels),
        agreement.point(agreement.accuracy, levels),
        agreement.point(agreement.level_kappa, levels),
        len(scores),
        agreement.point(agreement.qwk, scores),
    )


def _mark(grade: AnswerGrade) -> Mark:
    levels = {v.criterion: v.level for v in grade.graded}
    return Mark(grade.score, scoring.passed(grade.score), levels)


def _cold(left: Side, right: Side) -> Totals:
    tallies = []
    for side in (left, right):
        replied = [r.question.id for r in side.session.records if r.replied]
        tallies.append(standing.tally(side.session, replied, 0))
    return Totals("cold", *tallies)
