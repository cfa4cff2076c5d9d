"""Events that may come at any time, also after a session was closed: grade runs and appeals."""

from __future__ import annotations

from dataclasses import replace

from interviewer.session.events import Appealed, Graded, Rerun, Settled
from interviewer.session.record import BrokenLog, Record, Session


def highest_run(session: Session) -> int:
    """The number of the latest grade run; 0, the session's own, if there is no other."""
    heads = (event.run for event in session.run_heads)
    return max((*heads, *(event.run for event in session.reruns)), default=0)


def begun(session: Session, event: Rerun) -> Session:
    """The session after a grade run began. Raises BrokenLog if it cannot begin there."""
    if event.run != highest_run(session) + 1:
        raise BrokenLog(event.seq, f"grade run {event.run} follows run {highest_run(session)}")
    for question in event.questions:
        if session.record(question.id) is None:
            raise BrokenLog(event.seq, f"a grade run on question {question.id}, never asked")
    return replace(session, run_heads=(*session.run_heads, event))


def regraded(session: Session, event: Graded) -> Session:
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


def disputed(session: Session, event: Appealed | Settled) -> Session:
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
