"""A session played again from its events."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from interviewer.core import feedback, steps, summary
from interviewer.core import session as sessions
from interviewer.core.feedback import Line, Tone
from interviewer.core.session import Session
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

LONGEST_PAUSE = 600.0


def scenes(events: Sequence[Event]) -> Iterator[tuple[float, Tone, str]]:
    """What was seen, as (seconds since the line before, tone, text).

    Grades are shown as recorded, also where the session itself was silent.
    """
    session: Session | None = None
    for event in events:
        before = session
        session = sessions.begin(event) if session is None else sessions.apply(session, event)
        gap = (event.at - before.last_at).total_seconds() if before and before.last_at else 0.0
        for tone, text in _lines(session, event):
            yield max(0.0, gap), tone, text
            gap = 0.0
    if session is not None:
        for tone, text in summary.closing_lines(session):
            yield 0.0, tone, text


def wait(seconds: float, speed: float) -> None:
    """Sleep as long as it took, divided by the speed; not at all at speed 0."""
    if speed > 0:
        time.sleep(min(seconds, LONGEST_PAUSE) / speed)


def _lines(session: Session, event: Event) -> list[Line]:
    match event:
        case Started():
            return [("title", event.bank.title), ("note", f"{event.at:%Y-%m-%d %H:%M} UTC")]
        case Asked():
            number, count = len(session.records), session.started.plan.count
            return [
                ("title", f"Question {number} of {count}"),
                ("question", event.question.prompt),
            ]
        case Answered():
            return [("plain", f"› {event.text}")]
        case Skipped():
            return [("plain", f"› {event.text}".rstrip()), ("note", f"({event.reason})")]
        case Probed():
            return [("probe", event.text)]
        case Hinted():
            return [("hint", event.text)]
        case Graded() if event.run == 0:
            return _graded(session, event)
        case Paused():
            return [("note", "(paused)")]
        case Resumed():
            return [("note", "(resumed)")]
        case Closed():
            return [("note", "(closed)")]
    return []


def _graded(session: Session, event: Graded) -> list[Line]:
    record = session.current
    assert record is not None
    turn = record.turns[-1]
    text = turn.reply.text if turn.reply else ""
    reveal = steps.next_probe(session, record) is None
    return feedback.after_answer(
        record.question,
        text,
        event.grade,
        reveal=reveal,
        earlier=turn.probe is not None,
        so_far=record.merged,
    )
