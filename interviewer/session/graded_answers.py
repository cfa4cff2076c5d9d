"""The graded answers of a session, as people dispute, settle and keep them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.bank.questions import Question
from interviewer.grading.grades import AnswerGrade, Level
from interviewer.session import settlements
from interviewer.session.events import Answered, Graded, Settled
from interviewer.session.record import Record, Session


@dataclass(frozen=True)
class GradedAnswer:
    """One answer. turn: 0 is the one to the question itself. seq: the number of its event. grade: the
    session's own; None where only a later run has graded it."""

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


def graded_answers(record: Record, reruns: Sequence[Graded] = ()) -> list[GradedAnswer]:
    """The answers to that question that have a grade, oldest first.

    reruns: the grades of later runs, where one of those is enough.
    """
    regraded = {event.answer for event in reruns}
    return [
        GradedAnswer(record, at, reply.seq, reply.text, turn.graded.grade if turn.graded else None)
        for at, turn in enumerate(record.turns)
        if isinstance(reply := turn.reply, Answered)
        and (turn.graded is not None or reply.seq in regraded)
    ]


def answer_of(session: Session, question: int, turn: int = 0) -> GradedAnswer:
    """The graded answer in that turn of that question; LookupError that says what is not there."""
    record = session.record(question)
    if record is None:
        asked = ", ".join(str(r.question.id) for r in session.records) or "none"
        raise LookupError(f"question {question} was not asked; the session asked {asked}")
    if turn >= len(record.turns):
        raise LookupError(f"question {question} has {len(record.turns) - 1} follow-ups, not {turn}")
    for found in graded_answers(record, session.reruns):
        if found.turn == turn:
            return found
    where = f"question {question}" + (f", follow-up {turn}" if turn else "")
    answered = isinstance(record.turns[turn].reply, Answered)
    raise LookupError(f"{where} has no {'grade yet' if answered else 'answer'}")


def latest(session: Session) -> GradedAnswer | None:
    """The answer graded last; None where nothing was graded yet."""
    answers = (answers[-1] for record in session.records if (answers := graded_answers(record)))
    return max(answers, key=lambda answer: answer.seq, default=None)


def claim_named(question: Question, name: str) -> str:
    """The id of the claim with that id, number or letter; else LookupError that lists them all."""
    known = question.labels
    by_label = {label: claim for claim, label in known.items()}
    found = name if name in known else by_label.get(name.strip().casefold())
    if found is None:
        listed = ", ".join(f"{label} {claim}" for claim, label in known.items())
        raise LookupError(f"question {question.id} has no criterion '{name}'; it has {listed}")
    return found
