"""An answer of a session whose grade is disputed, and what a person makes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from interviewer.bank.questions import Criterion, Misconception, Question, lacks
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level, Outcome, Ungraded, Verdict
from interviewer.session import settlements
from interviewer.session.events import SELF, Answered, Settled
from interviewer.session.record import Record, Session, turns_of


@dataclass(frozen=True)
class Disputed:
    """One answer. turn: 0 is the one to the question itself. seq: the number of its event."""

    record: Record
    turn: int
    seq: int
    text: str
    grade: AnswerGrade | None

    @property
    def levels(self) -> dict[str, Level]:
        """What the session's grader found, by criterion; ungraded ones are absent."""
        return {v.criterion: v.level for v in self.grade.graded} if self.grade else {}

    @property
    def asserted(self) -> tuple[str, ...]:
        """The misconceptions that it found."""
        return tuple(v.criterion for v in self.grade.asserted) if self.grade else ()

    @property
    def settled(self) -> Settled | None:
        """How a person graded it last."""
        return settlements.settled_grade(self.record, self.seq)


def answer_of(session: Session, question: int, turn: int = 0) -> Disputed:
    """The graded answer in that turn of that question; LookupError that says what is not there."""
    record = session.record(question)
    if record is None:
        asked = ", ".join(str(r.question.id) for r in session.records) or "none"
        raise LookupError(f"question {question} was not asked; the session asked {asked}")
    if turn >= len(record.turns):
        raise LookupError(f"question {question} has {len(record.turns) - 1} follow-ups, not {turn}")
    found = record.turns[turn]
    where = f"question {question}" + (f", follow-up {turn}" if turn else "")
    if not isinstance(found.reply, Answered):
        raise LookupError(f"{where} has no answer")
    if found.graded is None and all(e.answer != found.reply.seq for e in session.reruns):
        raise LookupError(f"{where} has no grade yet")
    grade = found.graded.grade if found.graded else None
    return Disputed(record, turn, found.reply.seq, found.reply.text, grade)


def latest(session: Session) -> Disputed | None:
    """The answer graded last; None where nothing was graded yet."""
    for record, turn in reversed(turns_of(session)):
        if turn.graded is not None and isinstance(turn.reply, Answered):
            at, reply = record.turns.index(turn), turn.reply
            return Disputed(record, at, reply.seq, reply.text, turn.graded.grade)
    return None


def claim_named(question: Question, name: str) -> str:
    """The id of the claim with that id, number or letter; else LookupError that lists them all."""
    known = question.labels
    by_label = {label: claim for claim, label in known.items()}
    found = name if name in known else by_label.get(name.strip().casefold())
    if found is None:
        listed = ", ".join(f"{label} {claim}" for claim, label in known.items())
        raise LookupError(f"question {question.id} has no criterion '{name}'; it has {listed}")
    return found


def contested(disputed: Disputed) -> tuple[tuple[Criterion, ...], tuple[Misconception, ...]]:
    """What the grader held against that answer: criteria that no answer up to it met in full, and
    the misconceptions that it charged. Of a group of which enough are met nothing is held."""
    question = disputed.record.question
    so_far = [t.graded.grade for t in disputed.record.turns[: disputed.turn + 1] if t.graded]
    kept = {v.criterion for grade in so_far for v in grade.graded if v.level == "met"}
    left = [c.id for c in question.criteria if c.id not in kept]
    held = {claim for lack in lacks(question.groups, left, kept) for claim in lack.of}
    return (
        tuple(c for c in question.criteria if c.id in held),
        tuple(m for m in question.misconceptions if m.id in disputed.asserted),
    )


def self_graded(
    disputed: Disputed, levels: Mapping[str, Level], denied: Collection[str] = ()
) -> dict[str, Any]:
    """The fields of a settled grade by the candidate's own word: the grader's, with corrections.

    denied: misconceptions that were charged and not said. Where the candidate agrees with the
    grader, the credit stays the grader's.
    """
    question, grade = disputed.record.question, disputed.grade
    outcomes = [
        _corrected(c.id, levels.get(c.id), grade.verdict(c.id) if grade else None)
        for c in question.criteria
    ]
    charged = [v for v in grade.asserted if v.criterion not in denied] if grade else []
    value = scoring.score(question, outcomes, charged)
    return {
        "question": question.id,
        "answer": disputed.seq,
        "rater": SELF,
        "levels": {v.criterion: v.level for v in outcomes if isinstance(v, Verdict)},
        "misconceptions": tuple(v.criterion for v in charged),
        "score": value,
        "passed": scoring.passed(value),
    }


def _corrected(claim: str, level: Level | None, outcome: Outcome | None) -> Outcome:
    if level is None or (isinstance(outcome, Verdict) and outcome.level == level):
        return outcome or Ungraded(criterion=claim, cause="missing")
    credit = scoring.LEVEL_CREDIT[level]
    return Verdict(criterion=claim, level=level, credit=credit, confidence=1.0)
