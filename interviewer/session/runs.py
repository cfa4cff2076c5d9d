"""The grade runs of a session: its own grading, and every later one beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from interviewer.bank.questions import Question
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Ungraded
from interviewer.grading.outcomes import TRANSIENT
from interviewer.session.events import Amended, Answered, Graded
from interviewer.session.record import Record, Session, Turn, highest_run, turns_of

OWN = 0
"""The number of the session's own grading."""


@dataclass(frozen=True)
class Run:
    """One grading of a session.

    bank: the digest of the bank it grades by. session: the session as this run grades it, so that
    counts and tiers follow from it as ever. graded: how many of the `answers` it has a verdict on.
    left: the event numbers of those it has yet to grade, or to try again because the grader failed;
    all of them while there is no verdict at all.
    """

    number: int
    grader: GraderIdentity
    bank: str
    session: Session
    graded: int
    answers: int
    left: frozenset[int]

    @property
    def complete(self) -> bool:
        """Whether no answer is left to grade."""
        return not self.left

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
    replies = (turn.reply for _, turn in turns_of(session))
    answers = [reply.seq for reply in replies if isinstance(reply, Answered)]
    if number == OWN:
        own = {e.answer: e for _, turn in turns_of(session) if (e := turn.graded) is not None}
        last = next(reversed([t for _, t in turns_of(session) if t.graded]), None)
        grader = _grader_of(last) if last else session.grader or session.started.grader
        counts = _counts(answers, own)
        return Run(OWN, grader, session.started.bank.digest, session, *counts)
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
        *_counts(answers, grades),
    )


def runs(session: Session) -> tuple[Run, ...]:
    """Every grade run, the session's own first."""
    found = (run_of(session, number) for number in range(highest_run(session) + 1))
    return tuple(run for run in found if run is not None)


def _grader_of(turn: Turn) -> GraderIdentity:
    """Who grades that turn in the end."""
    assert turn.graded is not None
    if turn.awaits_judge and turn.referred is not None:
        return turn.referred.grader
    return turn.graded.grader


def unfinished(session: Session, grader: GraderIdentity, bank: str) -> Run | None:
    """The latest run by that grader and bank that has answers left to grade."""
    for run in reversed(runs(session)[1:]):
        if (run.grader, run.bank) == (grader, bank) and not run.complete:
            return run
    return None


def _counts(
    answers: Iterable[int], grades: Mapping[int, Graded | Amended]
) -> tuple[int, int, frozenset[int]]:
    """How many are graded, how many there are, and which are left."""
    every = frozenset(answers)
    graded = sum(1 for event in grades.values() if event.grade.graded)
    left = {a for a in every if a not in grades or _failed(grades[a].grade)}
    return graded, len(every), frozenset(left) if graded else every


def _failed(grade: AnswerGrade) -> bool:
    causes = {v.cause for v in grade.verdicts if isinstance(v, Ungraded)}
    return not grade.graded and causes <= TRANSIENT


def _seen(
    record: Record, grades: Mapping[int, Graded | Amended], questions: Mapping[int, Question]
) -> Record:
    turns = tuple(
        replace(t, graded=grades.get(t.reply.seq), referred=None, before=None)
        if isinstance(t.reply, Answered)
        else t
        for t in record.turns
    )
    question = questions.get(record.question.id, record.question)
    return replace(record, question=question, turns=turns)
