"""A session graded again: a run of grades appended to its log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviewer.common.system import Clock
from interviewer.grading.grader import Grader
from interviewer.grading.grades import AnswerGrade, Ungraded
from interviewer.interview.talk import tails
from interviewer.regrade.rubric import Rubric
from interviewer.session import runs
from interviewer.session.appending import OpenSession
from interviewer.session.events import Answered, EventLog, Graded, Rerun
from interviewer.session.record import Record, Session, Turn, highest_run, turns_of


@dataclass(frozen=True)
class Desk:
    """What a session is graded again with."""

    log: EventLog
    grader: Grader
    rubric: Rubric
    clock: Clock


def regrade(
    desk: Desk, session: Session, told: Callable[[int, int], None] = lambda done, of: None
) -> tuple[Session, int]:
    """Grade every answer in a new run; the session after that, and the number of the run.

    Every grade is on disk before the next answer is looked at. A run by the same grader and bank
    that was cut off, or in which the grader failed, is completed instead. ValueError if there is no
    answer. told: after every answer, how many of how many are graded.
    """
    identity, bank = desk.grader.identity, desk.rubric.digest
    begun = runs.unfinished(session, identity, bank)
    answers = [(r, t) for r, t in turns_of(session) if isinstance(t.reply, Answered)]
    if not answers:
        raise ValueError("there is no answer to grade")
    number = begun.number if begun else highest_run(session) + 1
    held = OpenSession(desk.log, session, desk.clock)
    if begun is None:
        changed = desk.rubric.changed(session)
        held.append(Rerun, run=number, grader=identity, bank=bank, questions=changed)
    for count, (record, turn) in enumerate(answers, start=1):
        assert isinstance(turn.reply, Answered)
        if begun is not None and turn.reply.seq not in begun.left:
            continue
        begin = desk.clock.monotonic()
        grade = _grade(desk, record, turn, turn.reply.text)
        held.append(
            Graded,
            question=record.question.id,
            answer=turn.reply.seq,
            grade=grade,
            grader=identity,
            seconds=max(0.0, desk.clock.monotonic() - begin),
            run=number,
            bank=bank,
        )
        told(count, len(answers))
    return held.session, number


def _grade(desk: Desk, record: Record, turn: Turn, answer: str) -> AnswerGrade:
    question = desk.rubric.questions.get(record.question.id)
    if question is None:
        why = "the bank no longer has this question"
        verdicts = tuple(
            Ungraded(criterion=c.id, cause="missing", detail=why) for c in record.question.criteria
        )
        return AnswerGrade(question=record.question.id, verdicts=verdicts, score=None, notes=(why,))
    return desk.grader.grade(tails.request(question, record, turn, answer))
