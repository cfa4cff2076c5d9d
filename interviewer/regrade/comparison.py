"""Two gradings side by side: two grade runs of one session, or two sessions on one bank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from interviewer.agreement import agreement, gradings
from interviewer.agreement.gradings import Mark, Row
from interviewer.bank.questions import Aim, QuestionId, Tier
from interviewer.common.base import UnitFloat, Value
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level, Outcome, Verdict
from interviewer.regrade.rubric import changes
from interviewer.report import shapes
from interviewer.report.shapes import NonNegative, RunFacts, Standing, Tallied
from interviewer.session import standing
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session, Turn
from interviewer.session.runs import Run

COMPARISON_VERSION: Literal[1] = 1

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


class SideReport(RunFacts):
    """One of the two gradings. name: what the user called it."""

    name: str
    session: str


class ClaimPair(Value):
    """One claim on both sides; None where it was not graded.

    statement: what it states, on the left if both sides have it. differs: whether the two sides say
    different things of it.
    """

    id: str
    statement: str
    kind: Literal["criterion", "misconception"]
    left: Outcome | None
    right: Outcome | None
    differs: bool


class AnswerPair(Value):
    """One answer on both sides. turn: 0 is the question itself, 1 its first follow-up.

    left, right: the cold score of turn 0, the answer's own score of a follow-up; None where there
    is none. differs: whether they do, beyond rounding.
    """

    question: QuestionId
    turn: NonNegative
    prompt: str
    left: UnitFloat | None
    right: UnitFloat | None
    differs: bool
    claims: tuple[ClaimPair, ...]


class Agreement(Value):
    """How far the sides agree; None where it is undefined.

    claims: criteria that both graded; exact: the share at the same level; kappa: Cohen's, over the
    three levels. answers: how many both scored; qwk: of their scores.
    """

    claims: NonNegative
    exact: float | None
    kappa: float | None
    answers: NonNegative
    qwk: float | None


class TallyPair(Value):
    """The same questions counted on both sides."""

    left: Tallied
    right: Tallied


class StandingPair(Value):
    """One tier or aim on both sides."""

    left: Standing
    right: Standing


class ChangedQuestion(Value):
    """A question that the sides do not share, and what is new in it on the right."""

    question: QuestionId
    changes: tuple[str, ...]


class Comparison(Value):
    """Both sides, answer by answer and in sum.

    cold: over all questions answered or passed on. only_left, only_right: questions that the other
    side was not asked.
    """

    comparison_version: Literal[1] = COMPARISON_VERSION
    left: SideReport
    right: SideReport
    answers: tuple[AnswerPair, ...]
    agreement: Agreement
    cold: TallyPair
    tiers: tuple[StandingPair, ...]
    aims: tuple[StandingPair, ...]
    only_left: tuple[QuestionId, ...]
    only_right: tuple[QuestionId, ...]
    changed: tuple[ChangedQuestion, ...]


def compare(left: Side, right: Side) -> Comparison:
    """The comparison. Of two sessions only the answers to the questions themselves are set side by
    side, since their follow-ups need not be the same ones."""
    pairs = list(_pairs(left, right))
    bank = left.session.started.bank
    one, two = left.session, right.session
    asked = [{r.question.id for r in session.records} for session in (one, two)]
    return Comparison(
        left=_side(left),
        right=_side(right),
        answers=tuple(_answer(a, b, number) for a, b, number in pairs),
        agreement=_agreement(pairs),
        cold=TallyPair(left=_cold(one), right=_cold(two)),
        tiers=tuple(
            StandingPair(left=_tier(one, tier), right=_tier(two, tier)) for tier in bank.tiers
        ),
        aims=tuple(StandingPair(left=_aim(one, aim), right=_aim(two, aim)) for aim in bank.aims),
        only_left=tuple(sorted(asked[0] - asked[1])),
        only_right=tuple(sorted(asked[1] - asked[0])),
        changed=tuple(
            ChangedQuestion(question=a.question.id, changes=tuple(lines))
            for a, b, number in pairs
            if number == 0 and (lines := changes(a.question, b.question))
        ),
    )


def differences(found: Comparison) -> Comparison:
    """The same, with only the answers and claims in which the two sides differ."""
    apart = (
        pair.model_copy(update={"claims": tuple(c for c in pair.claims if c.differs)})
        for pair in found.answers
    )
    answers = tuple(pair for pair in apart if pair.differs or pair.claims)
    return found.model_copy(update={"answers": answers})


def _side(side: Side) -> SideReport:
    run = side.run
    return SideReport(
        name=side.name,
        session=side.session.started.session,
        run=run.number,
        grader=run.grader,
        bank=run.bank,
        answers=run.answers,
        graded=run.graded,
        complete=run.complete,
    )


def _tier(session: Session, tier: Tier) -> Standing:
    return shapes.tier_standing(tier, standing.tier_tally(session, tier))


def _aim(session: Session, aim: Aim) -> Standing:
    return shapes.aim_standing(aim, standing.aim_tally(session, aim))


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
    scores = (left.cold, right.cold) if number == 0 else (_score(turns[0]), _score(turns[1]))
    return AnswerPair(
        question=left.question.id,
        turn=number,
        prompt=left.asked(turns[0]),
        left=scores[0],
        right=scores[1],
        differs=_apart(*scores),
        claims=tuple(_claims(left, right, _grade(turns[0]), _grade(turns[1]))),
    )


def _apart(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return (left is None) != (right is None)
    return abs(left - right) >= NEAR


def _claims(
    left: Record, right: Record, one: AnswerGrade | None, two: AnswerGrade | None
) -> Iterator[ClaimPair]:
    """Every criterion that either side has, and every misconception that either asserts."""
    if one is None and two is None:
        return
    criteria = dict.fromkeys(c.id for r in (left, right) for c in r.question.criteria)
    states = {**right.question.statements, **left.question.statements}
    sides = [{v.criterion: v for v in grade.verdicts} if grade else {} for grade in (one, two)]
    for claim in criteria:
        yield _pair(claim, states[claim], "criterion", sides[0].get(claim), sides[1].get(claim))
    wrong = dict.fromkeys(v.criterion for grade in (one, two) if grade for v in grade.asserted)
    sides = [{v.criterion: v for v in g.misconceptions} if g else {} for g in (one, two)]
    for claim in wrong:
        states_it = states.get(claim, claim)
        yield _pair(claim, states_it, "misconception", sides[0].get(claim), sides[1].get(claim))


def _pair(
    claim: str,
    statement: str,
    kind: Literal["criterion", "misconception"],
    left: Outcome | None,
    right: Outcome | None,
) -> ClaimPair:
    differs = level_of(left) != level_of(right)
    return ClaimPair(
        id=claim, statement=statement, kind=kind, left=left, right=right, differs=differs
    )


def level_of(outcome: Outcome | None) -> Level | Literal["ungraded"] | None:
    """The level that an outcome says; None where it says nothing."""
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
        claims=len(levels),
        exact=agreement.point(agreement.accuracy, levels),
        kappa=agreement.point(agreement.level_kappa, levels),
        answers=len(scores),
        qwk=agreement.point(agreement.qwk, scores),
    )


def _mark(grade: AnswerGrade) -> Mark:
    levels = {v.criterion: v.level for v in grade.graded}
    return Mark(grade.score, scoring.passed(grade.score), levels)


def _cold(session: Session) -> Tallied:
    replied = [r.question.id for r in session.planned if r.replied]
    return shapes.tallied(standing.tally(session, replied, 0))
