"""A session is the fold of its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from interviewer.session.events import (
    Answered,
    Appealed,
    Asked,
    Clarified,
    Closed,
    Event,
    Graded,
    Hinted,
    Paused,
    Probed,
    Rerun,
    Resumed,
    Settled,
    Skipped,
    Started,
)
from interviewer.session.record import BrokenLog, Record, Session, Turn, highest_run


def fold(events: Iterable[Event]) -> Session:
    """The session those events make. Raises BrokenLog for an event out of place."""
    session: Session | None = None
    for event in events:
        session = begin(event) if session is None else apply(session, event)
    if session is None:
        raise BrokenLog(0, "the log holds no event")
    return session


def begin(event: Event) -> Session:
    """The session after its first event, which must be `started` with number 0."""
    if not isinstance(event, Started):
        raise BrokenLog(event.seq, f"a log begins with 'started', not '{event.event}'")
    if event.seq != 0:
        raise BrokenLog(event.seq, "the first event must have number 0")
    return Session(started=event, grader=event.grader, last_at=event.at)


def apply(session: Session, event: Event) -> Session:
    """The session after one more event. Raises BrokenLog if it cannot follow."""
    if event.seq != session.last_seq + 1:
        raise BrokenLog(event.seq, f"event {event.seq} follows event {session.last_seq}")
    after = replace(session, last_seq=event.seq, last_at=event.at)
    match event:
        case Started():
            raise BrokenLog(event.seq, "a second 'started'")
        case Graded(run=run) if run > 0:
            return _regraded(after, event)
        case Rerun():
            return _run_begun(after, event)
        case Appealed() | Settled():
            return _disputed(after, event)
    if session.closed is not None:
        raise BrokenLog(event.seq, f"'{event.event}' after the session was closed")
    match event:
        case Paused():
            return replace(after, paused=True)
        case Resumed():
            return replace(after, paused=False, grader=event.grader)
        case Closed():
            return replace(after, closed=event, paused=False)
    if isinstance(event, Asked):
        return _asked(after, event)
    return _on_question(after, event)


def _asked(session: Session, event: Asked) -> Session:
    if session.record(event.question.id) is not None:
        raise BrokenLog(event.seq, f"question {event.question.id} was asked before")
    last = session.current.turns[-1] if session.current else None
    if last is not None and (last.reply is None or last.awaits_grade):
        raise BrokenLog(event.seq, "a question before the one under way is done")
    record = Record(event.question, lead=event.lead, led_by=event.led_by)
    return replace(session, records=(*session.records, record))


def _on_question(
    session: Session, event: Answered | Graded | Probed | Clarified | Hinted | Skipped
) -> Session:
    record = session.current
    if record is None or record.question.id != event.question:
        raise BrokenLog(event.seq, f"'{event.event}' for question {event.question}, not under way")
    last = record.turns[-1]
    match event:
        case Answered() | Skipped():
            if last.reply is not None:
                raise BrokenLog(event.seq, f"'{event.event}' where nothing was asked")
            record = _with_last(record, replace(last, reply=event))
        case Graded():
            if not last.awaits_grade or last.reply is None or last.reply.seq != event.answer:
                raise BrokenLog(event.seq, "a grade without its answer")
            if event.grade.question != event.question:
                raise BrokenLog(event.seq, "the grade of another question")
            record = _with_last(record, replace(last, graded=event))
        case Probed():
            if last.graded is None:
                raise BrokenLog(event.seq, "a probe before the grade of an answer")
            record = replace(record, turns=(*record.turns, Turn(probe=event)))
        case Clarified():
            if last.reply is not None:
                raise BrokenLog(event.seq, "a clarification where nothing was asked")
            record = _with_last(record, replace(last, asides=(*last.asides, event)))
        case Hinted():
            if last.reply is not None:
                raise BrokenLog(event.seq, "a hint where nothing was asked")
            first = record.hinted_first or len(record.turns) == 1
            record = replace(record, hints=(*record.hints, event), hinted_first=first)
    return replace(session, records=(*session.records[:-1], record))


def _with_last(record: Record, turn: Turn) -> Record:
    return replace(record, turns=(*record.turns[:-1], turn))


def _run_begun(session: Session, event: Rerun) -> Session:
    """The session after a grade run began. Raises BrokenLog if it cannot begin there."""
    if event.run != highest_run(session) + 1:
        raise BrokenLog(event.seq, f"grade run {event.run} follows run {highest_run(session)}")
    for question in event.questions:
        if session.record(question.id) is None:
            raise BrokenLog(event.seq, f"a grade run on question {question.id}, never asked")
    return replace(session, run_heads=(*session.run_heads, event))


def _regraded(session: Session, event: Graded) -> Session:
    """The session after a grade of a later run. Raises BrokenLog if it has no place.

    An answer that the run could not grade may be graded again; the later grade counts.
    """
    _answered(session, event)
    if event.grade.question != event.question:
        raise BrokenLog(event.seq, "a grade without its answer")
    if event.run > highest_run(session) + 1:
        raise BrokenLog(event.seq, f"grade run {event.run} follows run {highest_run(session)}")
    for head in session.run_heads:
        if head.run == event.run and (head.grader, head.bank) != (event.grader, event.bank):
            raise BrokenLog(event.seq, f"grade run {event.run} changes its grader or bank")
    for other in session.reruns:
        if other.run != event.run:
            continue
        if other.answer == event.answer and other.grade.graded:
            raise BrokenLog(event.seq, f"an answer graded twice in run {event.run}")
        if (other.grader, other.bank) != (event.grader, event.bank):
            raise BrokenLog(event.seq, f"grade run {event.run} changes its grader or bank")
    return replace(session, reruns=(*session.reruns, event))


def _disputed(session: Session, event: Appealed | Settled) -> Session:
    """The session after an appeal or its settlement. Raises BrokenLog without such an answer."""
    record = _answered(session, event)
    question = record.question
    criteria = {claim.id for claim in question.criteria}
    wrong = {claim.id for claim in question.misconceptions}
    match event:
        case Appealed(criterion=claim):
            if claim is not None and claim not in criteria | wrong:
                raise BrokenLog(event.seq, f"an appeal on '{claim}', which the question lacks")
            changed = replace(record, appeals=(*record.appeals, event))
        case Settled():
            if not event.levels.keys() <= criteria or not set(event.misconceptions) <= wrong:
                raise BrokenLog(event.seq, "a settled grade of claims that the question lacks")
            changed = replace(record, settled=(*record.settled, event))
    records = tuple(changed if r is record else r for r in session.records)
    return replace(session, records=records)


def _answered(session: Session, event: Graded | Appealed | Settled) -> Record:
    record = session.record(event.question)
    if record is None or record.turn_of(event.answer) is None:
        raise BrokenLog(event.seq, f"{_WHAT[event.event]} without its answer")
    return record


_WHAT = {"graded": "a grade", "appealed": "an appeal", "settled": "a settled grade"}
