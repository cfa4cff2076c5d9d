"""A session is the fold of its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interviewer.session.events import (
    Amended,
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
    Referred,
    Remarked,
    Rerun,
    Resumed,
    Settled,
    Skipped,
    Started,
    Undone,
)
from interviewer.session.record import BrokenLog, Record, Session, Turn, altered, highest_run


def fold(events: Iterable[Event]) -> Session:
    """The session those events make. Raises BrokenLog for an event out of place."""
    folding = Folding()
    for event in events:
        folding.add(event)
    return folding.session()


def apply(session: Session, event: Event) -> Session:
    """The session after one more event. Raises BrokenLog if it cannot follow."""
    folding = Folding(session)
    folding.add(event)
    return folding.session()


def begin(event: Event) -> Session:
    """The session after its first event, which must be `started` with number 0."""
    if not isinstance(event, Started):
        raise BrokenLog(event.seq, f"a log begins with 'started', not '{event.event}'")
    if event.seq != 0:
        raise BrokenLog(event.seq, "the first event must have number 0")
    return Session(started=event, grader=event.grader, last_at=event.at, pace=event.plan.pace)


class Folding:
    """A session on the way from its events.

    Most events change one record; those go into a list, and the session is made at the end. An
    event that cannot follow changes nothing.
    """

    def __init__(self, session: Session | None = None):
        self._base = session
        self._records = list(session.records) if session else []
        self._last = (session.last_seq, session.last_at) if session else (0, None)

    def session(self) -> Session:
        """The session so far. Raises BrokenLog without an event."""
        if self._base is None:
            raise BrokenLog(0, "the log holds no event")
        seq, at = self._last
        return altered(self._base, records=tuple(self._records), last_seq=seq, last_at=at)

    def add(self, event: Event) -> None:
        """One more event. Raises BrokenLog if it cannot follow."""
        if self._base is None:
            self._base = begin(event)
        elif event.seq != self._last[0] + 1:
            raise BrokenLog(event.seq, f"event {event.seq} follows event {self._last[0]}")
        elif isinstance(event, _OnQuestion) and not (isinstance(event, Graded) and event.run):
            if self._base.closed is not None:
                raise BrokenLog(event.seq, f"'{event.event}' after the session was closed")
            if isinstance(event, Asked):
                self._records.append(_asked(self._records, event))
            elif (at := _earlier(self._records, event)) is not None:
                self._records[at] = _on_earlier(self._records[at], event)
            else:
                self._records[-1:] = [_on_question(self._records, event)]
        else:
            self._base = _apart(self.session(), event)
            self._records = list(self._base.records)
        self._last = (event.seq, event.at)


_OfTurn = Answered | Graded | Referred | Probed | Clarified | Remarked | Hinted | Skipped
_OnQuestion = _OfTurn | Asked


def _apart(session: Session, event: Event) -> Session:
    """The session after an event that is about more than the question under way."""
    match event:
        case Started():
            raise BrokenLog(event.seq, "a second 'started'")
        case Graded():
            return _regraded(session, event)
        case Rerun():
            return _run_begun(session, event)
        case Appealed() | Settled():
            return _disputed(session, event)
    if session.closed is not None:
        raise BrokenLog(event.seq, f"'{event.event}' after the session was closed")
    match event:
        case Undone():
            return _taken_back(session, event)
        case Amended():
            return _amended(session, event)
        case Paused():
            return altered(session, paused=True)
        case Resumed():
            pace = event.pace or session.pace
            return altered(session, paused=False, grader=event.grader, pace=pace)
        case Closed():
            return altered(session, closed=event, paused=False)
    raise AssertionError(f"'{event.event}' is about the question under way")


def _asked(records: Sequence[Record], event: Asked) -> Record:
    if any(record.question.id == event.question.id for record in records):
        raise BrokenLog(event.seq, f"question {event.question.id} was asked before")
    last = records[-1].turns[-1] if records else None
    waits = any(record.turns[-1].awaits_grade for record in records)
    if last is not None and (last.reply is None or waits):
        raise BrokenLog(event.seq, "a question before the one under way is done")
    return Record(event.question, lead=event.lead, led_by=event.led_by)


def _earlier(records: Sequence[Record], event: _OfTurn) -> int | None:
    """Where the earlier question stands that an addition, or the grade of one, belongs to; None for an
    event on the question under way. Raises BrokenLog for an addition to none."""
    added = isinstance(event, Answered) and event.added
    if not added and not isinstance(event, Graded | Referred):
        return None
    found = [at for at, r in enumerate(records[:-1]) if r.question.id == event.question]
    if not added:
        return next((at for at in found if records[at].turns[-1].added), None)
    if not found or records[-1].turns[-1].reply is not None:
        raise BrokenLog(event.seq, "an addition to no earlier question, or while none is open")
    if any(record.turns[-1].awaits_grade for record in records):
        raise BrokenLog(event.seq, "an addition before the grade of the one before")
    return found[0]


def _on_earlier(record: Record, event: _OfTurn) -> Record:
    """The record of an earlier question with an addition, or with the grade of its last one."""
    if isinstance(event, Answered):
        return altered(record, turns=(*record.turns, Turn(probe=None, reply=event)))
    assert isinstance(event, Graded | Referred), "nothing else belongs to an addition"
    return _with_last(record, _on_answer(record.turns[-1], event))


def _on_question(records: Sequence[Record], event: _OfTurn) -> Record:
    if not records or records[-1].question.id != event.question:
        raise BrokenLog(event.seq, f"'{event.event}' for question {event.question}, not under way")
    record = records[-1]
    last = record.turns[-1]
    match event:
        case Answered() | Skipped():
            if last.reply is not None:
                raise BrokenLog(event.seq, f"'{event.event}' where nothing was asked")
            return _with_last(record, altered(last, reply=event))
        case Graded() | Referred():
            return _with_last(record, _on_answer(last, event))
        case Probed():
            # Who does not know how to go on may be followed up on what was said before.
            passed_on = last.goes_on and isinstance(last.reply, Skipped)
            if last.graded is None and not passed_on:
                raise BrokenLog(event.seq, "a probe before the grade of an answer")
            return altered(record, turns=(*record.turns, Turn(probe=event)))
        case Clarified() | Remarked():
            if last.reply is not None:
                raise BrokenLog(event.seq, f"{_WHAT[event.event]} where nothing was asked")
            # An easier way in helps as a hint does.
            helped = event.event == "remarked" and event.kind == "dont-know"
            first = record.prompted or (helped and len(record.turns) == 1)
            told = _with_last(record, altered(last, asides=(*last.asides, event)))
            return altered(told, prompted=first)
        case Hinted():
            if last.reply is not None:
                raise BrokenLog(event.seq, "a hint where nothing was asked")
            first = record.prompted or len(record.turns) == 1
            return altered(record, hints=(*record.hints, event), prompted=first)


def _on_answer(last: Turn, event: Graded | Referred) -> Turn:
    if not last.awaits_grade or last.reply is None or last.reply.seq != event.answer:
        raise BrokenLog(event.seq, f"{_WHAT[event.event]} without its answer")
    if isinstance(event, Referred):
        return altered(last, referred=event)
    if event.grade.question != event.question:
        raise BrokenLog(event.seq, "the grade of another question")
    return altered(last, graded=event)


def _with_last(record: Record, turn: Turn) -> Record:
    return altered(record, turns=(*record.turns[:-1], turn))


def _taken_back(session: Session, event: Undone) -> Session:
    """The session without the last answer. Raises BrokenLog if that cannot be taken back.

    A question that was asked after it and not replied to falls away, unless it was added to an earlier one.
    """
    for earlier in session.records:
        turn = earlier.turn_of(event.answer)
        if turn is not None and turn.added:
            return _addition_taken_back(session, earlier, turn, event)
    kept, record = session.records, session.current
    if len(kept) > 1 and record is not None and record.question.id != event.question:
        if record.first.reply is not None or record.first.taken_back or record.prompted:
            raise BrokenLog(
                event.seq, "an answer taken back after the next question was replied to"
            )
        kept, record = kept[:-1], kept[-2]
    if record is None or record.question.id != event.question:
        raise BrokenLog(event.seq, f"'undone' for question {event.question}, not under way")
    turn = record.turn_of(event.answer)
    if turn is None:
        raise BrokenLog(event.seq, "an answer taken back that is not there")
    at = record.turns.index(turn)
    later = record.turns[at + 1 :]
    if any(other.reply is not None for other in later):
        raise BrokenLog(event.seq, "an answer taken back after a later reply")
    gone = [*turn.taken_back, altered(turn, asides=(), taken_back=())]
    for other in later:
        gone += [*other.taken_back, altered(other, taken_back=())]
    opened = altered(
        turn, reply=None, graded=None, referred=None, before=None, taken_back=tuple(gone)
    )
    changed = altered(
        record,
        turns=(*record.turns[:at], opened),
        # Whoever has seen what was made of an answer does not answer again without help.
        prompted=record.prompted or (at == 0 and turn.graded is not None),
        appeals=tuple(e for e in record.appeals if e.answer != event.answer),
        settled=tuple(e for e in record.settled if e.answer != event.answer),
    )
    return altered(
        session,
        records=(*kept[:-1], changed),
        reruns=tuple(e for e in session.reruns if e.answer != event.answer),
    )


def _addition_taken_back(session: Session, record: Record, turn: Turn, event: Undone) -> Session:
    """The session without that addition. Raises BrokenLog where something was replied after it."""
    replies = (t.reply.seq for r in session.records for t in r.turns if t.reply is not None)
    if record.question.id != event.question or max(replies) != event.answer:
        raise BrokenLog(event.seq, "an addition taken back after a later reply")
    *before, last, _ = record.turns
    kept = altered(last, taken_back=(*last.taken_back, altered(turn, taken_back=())))
    changed = altered(
        record,
        turns=(*before, kept),
        appeals=tuple(e for e in record.appeals if e.answer != event.answer),
        settled=tuple(e for e in record.settled if e.answer != event.answer),
    )
    return altered(
        session,
        records=tuple(changed if r is record else r for r in session.records),
        reruns=tuple(e for e in session.reruns if e.answer != event.answer),
    )


def _amended(session: Session, event: Amended) -> Session:
    """The session with that grade in place of the one before. Raises BrokenLog without such an
    answer, or where it was not referred to a judge."""
    record = _answered(session, event)
    turn = record.turn_of(event.answer)
    assert turn is not None
    if turn.graded is None or turn.referred is None:
        raise BrokenLog(event.seq, "an amended grade of an answer that no judge has")
    if event.grade.question != event.question:
        raise BrokenLog(event.seq, "the grade of another question")
    changed = altered(turn, graded=event, before=turn.graded)
    turns = tuple(changed if t is turn else t for t in record.turns)
    after = altered(record, turns=turns)
    return altered(session, records=tuple(after if r is record else r for r in session.records))


def _run_begun(session: Session, event: Rerun) -> Session:
    """The session after a grade run began. Raises BrokenLog if it cannot begin there."""
    if event.run != highest_run(session) + 1:
        raise BrokenLog(event.seq, f"grade run {event.run} follows run {highest_run(session)}")
    for question in event.questions:
        if session.record(question.id) is None:
            raise BrokenLog(event.seq, f"a grade run on question {question.id}, never asked")
    return altered(session, run_heads=(*session.run_heads, event))


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
    return altered(session, reruns=(*session.reruns, event))


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
            changed = altered(record, appeals=(*record.appeals, event))
        case Settled():
            if not event.levels.keys() <= criteria or not set(event.misconceptions) <= wrong:
                raise BrokenLog(event.seq, "a settled grade of claims that the question lacks")
            changed = altered(record, settled=(*record.settled, event))
    records = tuple(changed if r is record else r for r in session.records)
    return altered(session, records=records)


def _answered(session: Session, event: Graded | Amended | Appealed | Settled) -> Record:
    record = session.record(event.question)
    if record is None or record.turn_of(event.answer) is None:
        raise BrokenLog(event.seq, f"{_WHAT[event.event]} without its answer")
    return record


_WHAT = {
    "graded": "a grade",
    "referred": "an answer for the judge",
    "amended": "an amended grade",
    "appealed": "an appeal",
    "settled": "a settled grade",
    "clarified": "a clarification",
    "remarked": "a remark",
}
