"""What to do next, decided from the session alone."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.bank.questions import Probe, Question
from interviewer.grading import scoring
from interviewer.interview.asking import following_up, going_on, order
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session, Turn


@dataclass(frozen=True)
class AskQuestion:
    """Put this question."""

    question: int


@dataclass(frozen=True)
class GoFurther:
    """Put the deeper question of the one just answered in full."""

    question: Question


@dataclass(frozen=True)
class AwaitReply:
    """The latest prompt is still open; show it again and wait."""

    record: Record
    turn: Turn


@dataclass(frozen=True)
class GradeAnswer:
    """An answer is on record without a grade."""

    record: Record
    turn: Turn


@dataclass(frozen=True)
class PutProbe:
    """Follow up on this criterion with this written probe. goes_on: it is no follow-up, the question only
    goes on: the rest of an unfinished answer is asked for, or the question is put again."""

    record: Record
    probe: Probe
    goes_on: bool = False


@dataclass(frozen=True)
class Finish:
    """Nothing is left to ask."""


Step = AskQuestion | GoFurther | AwaitReply | GradeAnswer | PutProbe | Finish


def next_step(session: Session) -> Step:
    """The one thing to do now. Total: every session has exactly one next step."""
    if session.closed is not None:
        return Finish()
    record = session.current
    if record is not None:
        for earlier in session.records[:-1]:
            if earlier.turns[-1].awaits_grade:
                return GradeAnswer(earlier, earlier.turns[-1])
        turn = record.turns[-1]
        if turn.reply is None:
            return AwaitReply(record, turn)
        if turn.awaits_grade:
            return GradeAnswer(record, turn)
        probe = following_up.next_probe(session, record)
        if probe is not None:
            goes_on = probe == going_on.request(session, record) or probe in following_up.afresh(
                record
            )
            return PutProbe(record, probe, goes_on=goes_on)
        further = deeper_question(session, record)
        if further is not None:
            return GoFurther(further)
    number = order.next_question(session)
    return Finish() if number is None else AskQuestion(number)


def deeper_question(session: Session, record: Record) -> Question | None:
    """The deeper question to put after that one, if it was answered in full without help, and no part of its
    prompt is left out."""
    before = sum(1 for r in session.records if r.further)
    if before >= session.started.plan.deeper or record.cold is None or record.cold < 1.0:
        return None
    grade = record.cold_grade
    whole = grade is not None and scoring.is_whole(record.question, grade) and not grade.asserted
    return record.question.further() if whole and not following_up.parts_left_out(record) else None


def taken_back_by_undo(session: Session) -> tuple[Record, Turn] | None:
    """The answer that `/undo` takes back, the last one, with its record; None where there is none.

    While nothing was said to the next question that is the last answer to the one before, unless the
    clock runs or its full answer was shown. What was added to an earlier question last comes first.
    """
    if not session.records:
        return None
    given = [(r, t) for r in session.records for t in r.turns if isinstance(t.reply, Answered)]
    latest = max(given, key=lambda one: one[1].reply.seq if one[1].reply else 0, default=None)
    if latest is not None and latest[1].added:
        return latest
    rules, record = session.started.plan, session.records[-1]
    turns = record.turns[:-1]
    untouched = not (turns or record.hints or record.prompted or record.first.taken_back)
    if untouched and len(session.records) > 1:
        if rules.timed or rules.teaches or rules.self_graded:
            return None
        record = session.records[-2]
        turns = record.turns
    if not turns or not isinstance(turns[-1].reply, Answered):
        return None
    return record, turns[-1]
