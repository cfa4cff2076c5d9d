"""Past sessions for the commands that look back over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from interviewer.bank.questions import Bank
from interviewer.common import dates, system
from interviewer.common.console import progress_bar, say
from interviewer.common.text import one_line, plural
from interviewer.drill import spacing
from interviewer.drill.spacing import Key, Memory, Scheduler
from interviewer.history import session_index
from interviewer.history.summaries import History, SessionSummary, Unreadable

_NAMED = 3
_WORTH_A_BAR = 200


def read(transcripts: Path, *, warn: bool = True) -> History:
    """All sessions in the folder, through the index.

    warn: name on standard error what cannot be read.
    """
    with progress_bar("Reading logs", least=_WORTH_A_BAR) as on_read:
        found = session_index.read_history(transcripts, system.cache_folder(), on_read=on_read)
    if found.unreadable and warn:
        say(unreadable_line(found.unreadable), err=True)
    return found


def newest_open(transcripts: Path) -> tuple[SessionSummary | None, tuple[Unreadable, ...]]:
    """The newest session in the folder that a person sat and did not finish, and the newer logs
    that cannot be read."""
    passed = []
    for one in _sat_last(transcripts):
        if isinstance(one, Unreadable):
            passed.append(one)
        elif not one.closed:
            return one, tuple(passed)
    return None, tuple(passed)


def newest(transcripts: Path) -> SessionSummary | Unreadable | None:
    """The newest log in the folder; one that is known to be of a simulated session is none."""
    return next(_sat_last(transcripts), None)


def _sat_last(transcripts: Path) -> Iterator[SessionSummary | Unreadable]:
    """The logs, newest first, simulated sessions aside, read as far as they are asked for."""
    with progress_bar("Reading logs", least=_WORTH_A_BAR) as on_read:
        for one in session_index.newest_first(transcripts, system.cache_folder(), on_read=on_read):
            if isinstance(one, Unreadable) or not one.simulated:
                yield one


def unreadable_line(logs: tuple[Unreadable, ...]) -> str:
    """How many logs cannot be read, and the first of them."""
    named = "; ".join(f"{one_line(u.name)} ({one_line(u.problem, 100)})" for u in logs[:_NAMED])
    more = f"; and {len(logs) - _NAMED} more" if len(logs) > _NAMED else ""
    return f"{plural(len(logs), 'log')} cannot be read: {named}{more}"


@dataclass(frozen=True)
class Memories:
    """What is remembered of a bank's criteria. scheduler: the model of forgetting behind it."""

    scheduler: Scheduler
    of: Mapping[Key, Memory]

    def recall(self, at: datetime) -> dict[Key, float]:
        """The probability of recalling each at that moment."""
        return {key: self.scheduler.recall(memory, at) for key, memory in self.of.items()}


def memories(history: History, bank: Bank) -> Memories:
    """What the reviews of all sessions on the bank leave behind."""
    from interviewer.drill.fsrs_scheduler import FsrsScheduler

    scheduler: Scheduler = FsrsScheduler()
    reviews = spacing.reviews(history.on(bank.id), bank)
    return Memories(scheduler, {key: scheduler.remember(made) for key, made in reviews.items()})


def end_of_day(now: datetime) -> datetime:
    """The next midnight in the local time zone."""
    if now >= dates.LAST:
        return now
    local = dates.local(now)
    return datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=local.tzinfo)
