"""A session is the fold of its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from interviewer.core import scoring
from interviewer.domain.bank import Question
from interviewer.domain.grade import AnswerGrade, GraderIdentity
from interviewer.domain.transcript import (
    Answered,
    Asked,
    Closed,
    Event,
    Graded,
    Hinted,
    Paused,
    Probed,
    Resumed,
    Skipped,
    Started,
)


class BrokenLog(ValueError):
    """An event that cannot follow the ones before it. `seq` is its sequence number."""

    def __init__(self, seq: int, why: str):
        super().__init__(why)
        self.seq = seq


@dataclass(frozen=True)
class Turn:
    """One thing the candidate was asked and what came back.

    probe is None for the question itself. reply is None while nothing came back.
    """

    probe: Probed | None
    reply: Answered | Skipped | None = None
    graded: Graded | None = None

    @property
    def awaits_grade(self) -> bool:
        """Whether an answer is on record without a grade."""
        return isinstance(self.reply, Answered) and self.graded is None


@dataclass(frozen=True)
class Record:
    """All that happened on one question."""

    question: Question
    turns: tuple[Turn, ...] = (Turn(probe=None),)
    hints: tuple[Hinted, ...] = ()
    hinted_first: bool = False

    @property
    def first(self) -> Turn:
        """The turn of the question itself."""
        return self.turns[0]

    @property
    def grades(self) -> tuple[AnswerGrade, ...]:
        """The grades of its answers, oldest first."""
        return tuple(t.graded.grade for t in self.turns if t.graded)

    @property
    def replied(self) -> bool:
        """Whether the question itself was answered or passed on."""
        return self.first.reply is not None

    @property
    def cold(self) -> float | None:
        """The score without help: 0 after a hint or a pass, None while there is no grade."""
        if isinstance(self.first.reply, Skipped):
            return 0.0
        if self.first.graded is None:
            return None
        if self.first.graded.grade.score is None:
            return None
        return 0.0 if self.hinted_first else self.first.graded.grade.score

    @property
    def final(self) -> float | None:
        """The score with the help of probes and hints."""
        merged = scoring.merge(self.question, self.grades)
        if merged is not None:
            return merged.score
        return 0.0 if isinstance(self.first.reply, Skipped) else None

    @property
    def merged(self) -> AnswerGrade | None:
        """The grade of all its answers together."""
        return scoring.merge(self.question, self.grades)

    @property
    def prompted(self) -> bool:
        """Whether a hint was shown before the first answer."""
        return self.hinted_first

    @property
    def seconds(self) -> float:
        """Time spent answering."""
        return sum(t.reply.seconds for t in self.turns if t.reply)


@dataclass(frozen=True)
class Session:
    """The state after some events."""

    started: Started
    records: tuple[Record, ...] = ()
    grader: GraderIdentity | None = None
    closed: Closed | None = None
    paused: bool = False
    last_seq: int = 0
    last_at: datetime | None = None
    reruns: tuple[Graded, ...] = field(default=())

    def record(self, question_id: int) -> Record | None:
        """What happened on that question, if it was asked."""
        return next((r for r in self.records if r.question.id == question_id), None)

    @property
    def current(self) -> Record | None:
        """The question asked last."""
        return self.records[-1] if self.records else None

    @property
    def cold_count(self) -> int:
        """Questions answered cold so far."""
        return sum(1 for r in self.records if scoring.passed(r.cold))


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
    return replace(session, records=(*session.records, Record(event.question)))


def _regraded(session: Session, event: Graded) -> Session:
    answers = {
        (record.question.id, turn.reply.seq)
        for record, turn in turns_of(session)
        if isinstance(turn.reply, Answered)
    }
    if (event.question, event.answer) not in answers or event.grade.question != event.question:
        raise BrokenLog(event.seq, "a grade without its answer")
    return replace(session, reruns=(*session.reruns, event))


def _on_question(session: Session, event: Answered | Graded | Probed | Hinted | Skipped) -> Session:
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
        case Hinted():
            if last.reply is not None:
                raise BrokenLog(event.seq, "a hint where nothing was asked")
            first = record.hinted_first or len(record.turns) == 1
            record = replace(record, hints=(*record.hints, event), hinted_first=first)
    return replace(session, records=(*session.records[:-1], record))


def _with_last(record: Record, turn: Turn) -> Record:
    return replace(record, turns=(*record.turns[:-1], turn))


def turns_of(session: Session) -> Sequence[tuple[Record, Turn]]:
    """Every turn with its record, in the order they happened."""
    return [(record, turn) for record in session.records for turn in record.turns]
