"""The one way to put an event on record."""

from __future__ import annotations

from typing import Any, TypeVar

from interviewer.common import signals
from interviewer.common.system import Clock
from interviewer.session import fold
from interviewer.session.events import Event, EventLog
from interviewer.session.record import Session

_E = TypeVar("_E", bound=Event)


class OpenSession:
    """A session with its open log. `session` is always what the log holds."""

    def __init__(self, log: EventLog, session: Session, clock: Clock):
        self.session = session
        self._log = log
        self._clock = clock

    def next_event(self, kind: type[_E], /, **fields: Any) -> _E:
        """The event that would come next, of now; nothing is written. Raises ValidationError."""
        return kind(seq=self.session.last_seq + 1, at=self._clock.now(), **fields)

    def keep(self, event: Event) -> None:
        """Put the next event on record: checked, on disk, then part of the session.

        Raises BrokenLog if it cannot follow, and what the log raises; nothing is changed then.
        """
        after = fold.apply(self.session, event)
        with signals.held_back():  # the session is what the log holds, also when it ends here
            self._log.append(event)
            self.session = after

    def append(self, kind: type[_E], /, **fields: Any) -> _E:
        """Make the next event and keep it. Raises as both do."""
        event = self.next_event(kind, **fields)
        self.keep(event)
        return event
