"""The grade runs of a session: its own grading, and every later one beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interviewer.core.afterwards import highest_run
from interviewer.core.record import Record, Session, turns_of
from interviewer.domain.bank import Question
from interviewer.domain.grade import GraderIdentity
from interviewer.domain.transcript import Answered, Graded

OWN = 0
"""The number of the session's own grading."""


@dataclass(frozen=True)
class Run:
    """One grading of a session.

    bank: the digest of the bank it grades by. session: the session as this run grades it, so that
    counts and tiers follow from it as ever. graded: how many of the `answers` have a grade by it.
    """

    number: int
    grader: GraderIdentity
    bank: str
    session: Session
    graded: int
    answers: int

    @property
    def complete(self) -> bool:
        """Whether every answer has a grade by this run, be it an ungraded one."""
        return self.graded == self.answers

    @property
    def name(self) -> str:
        """The grader in words: spec, version, and where there are any, model and prompt."""
        return grader_name(self.grader)


def grader_name(grader: GraderIdentity) -> str:
    """The grader in words: spec, version, and where there are any, model and prompt."""
    prompt = f"prompt {grader.prompt}" if grader.prompt else ""
    return " ".join(part for part in (grader.spec, grader.version, grader.model, prompt) if part)


def run_of(session: Session, number: int) -> Run | None:
    """The grade run of that number; None if there is none."""
    answers = sum(1 for _, turn in turns_of(session) if isinstance(turn.reply, Answered))
    if number == OWN:
        own = [turn.graded for _, turn in turns_of(session) if turn.graded is not None]
        grader = own[-1].grader if own else session.grader or session.started.grader
        return Run(OWN, grader, session.started.bank.digest, session, len(own), answers)
    head = next((e for e in session.run_heads if e.run == number), None)
    grades = {e.answer: e for e in session.reruns if e.run == number}
    first = head or next(iter(grades.values()), None)
    if first is None:
        return None
    questions = {q.id: q for q in head.questions} if head else {}
    records = tuple(_seen(record, grades, questions) for record in session.records)
    return Run(
        number,
        first.grader,
        first.bank or session.started.bank.digest,
        replace(session, records=records, grader=first.grader),
        len(grades),
        answers,
    )


def runs(session: Session) -> tuple[Run, ...]:
    """Every grade run, the session's own first."""
    found = (run_of(session, number) for number in range(highest_run(session) + 1))
    return tuple(run for run in found if run is not None)


def unfinished(session: Session, grader: GraderIdentity, bank: str) -> Run | None:
    """The latest run by that grader and bank that has answers left to grade."""
    for run in reversed(runs(session)[1:]):
        if (run.grader, run.bank) == (grader, bank) and not run.complete:
            return run
    return None


def _seen(
    record: Record, grades: Mapping[int, Graded], questions: Mapping[int, Question]
) -> Record:
    turns = tuple(
        replace(t, graded=grades.get(t.reply.seq)) if isinstance(t.reply, Answered) else t
        for t in record.turns
    )
    question = questions.get(record.question.id, record.question)
    return replace(record, question=question, turns=turns)
