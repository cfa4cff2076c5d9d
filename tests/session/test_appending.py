"""An event put on record: checked, on disk, then part of the session."""

from __future__ import annotations

import signal
from datetime import UTC, datetime

import pytest
from fakes import FixedClock, MemoryLog
from pydantic import ValidationError
from samples import Story, bank, question

from interviewer.common import signals
from interviewer.errors import TranscriptError
from interviewer.session.appending import OpenSession
from interviewer.session.events import Asked, Event, Paused
from interviewer.session.fold import fold
from interviewer.session.record import BrokenLog

BANK = bank([question(1), question(2)])
STORY = Story(BANK).ask(1)


class SignallingLog(MemoryLog):
    """Sends this process a signal within the writing of every event, before or after it."""

    def __init__(self, number: int, moment: str):
        super().__init__()
        self._number = number
        self._moment = moment

    def append(self, event: Event) -> None:
        if self._moment == "before":
            signal.raise_signal(self._number)
        super().append(event)
        if self._moment == "after":
            signal.raise_signal(self._number)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("number", "raised"),
    [(signal.SIGTERM, signals.Stopped), (signal.SIGINT, KeyboardInterrupt)],
)
def test_a_signal_between_log_and_session_is_held_back(
    moment: str, number: signal.Signals, raised: type[BaseException]
) -> None:
    log = SignallingLog(number, moment)
    held = OpenSession(log, STORY.session, FixedClock())
    with signals.heeded(), pytest.raises(raised):
        held.append(Paused)
    assert log.names == ["paused"]
    assert held.session == fold((*STORY.events, *log.events))


def test_an_event_is_numbered_and_dated() -> None:
    clock = FixedClock(datetime(2026, 1, 2, tzinfo=UTC))
    log = MemoryLog()
    event = OpenSession(log, STORY.session, clock).append(Paused)
    assert (event.seq, event.at) == (len(STORY.events), clock.now())
    assert log.events == (event,)


def test_what_is_not_written_is_no_part_of_the_session() -> None:
    held = OpenSession(MemoryLog(room=0), STORY.session, FixedClock())
    with pytest.raises(TranscriptError):
        held.append(Paused)
    assert held.session == STORY.session


def test_what_cannot_follow_is_not_written() -> None:
    log = MemoryLog()
    held = OpenSession(log, STORY.session, FixedClock())
    with pytest.raises(BrokenLog):
        held.append(Asked, question=BANK.question(1))
    with pytest.raises(ValidationError):
        held.append(Asked, question="none")
    assert log.events == ()
    assert held.session == STORY.session
