"""Session logs to summaries."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from interviewer.errors import TranscriptError
from interviewer.history.summaries import (
    CriterionSummary,
    QuestionSummary,
    SessionSummary,
    Texts,
    Unreadable,
    summary_of,
)
from interviewer.session import log_file
from interviewer.session.log_file import Lines
from interviewer.session.settlements import DisputeCount

BATCH = 64
"""Logs after which what they came to is kept, so that a reading that is stopped goes on from there."""

DOUBT_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again without a new time stamp."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


Short = SessionSummary | Unreadable


class Stamp(NamedTuple):
    """What tells two states of a file apart without reading it; times in nanoseconds."""

    size: int
    modified: int
    changed: int


class Entry(NamedTuple):
    """What one log came to.

    sha: of the content, hexadecimal; "" when it could not be read. doubtful: its stamp alone does
    not vouch for it. problem: why it is no session, else "". summary: as JSON; "" for a problem.
    """

    name: str
    stamp: Stamp
    sha: str
    doubtful: bool
    problem: str
    summary: str

    def decoded(self) -> Short:
        """The summary, or what is wrong. Raises ValueError, TypeError or KeyError if damaged."""
        return Unreadable(self.name, self.problem) if self.problem else _decode(self.summary)


class Task(NamedTuple):
    """A log to read; `known` is what it came to before, where that may still hold."""

    path: Path
    stamp: Stamp
    known: Entry | None


class Batch(NamedTuple):
    """What some logs came to, as it is kept and as it is used, and the texts of the digests."""

    entries: list[Entry]
    found: list[Short]
    texts: dict[str, str]


def stamps(folder: Path) -> dict[str, Stamp]:
    """The logs in the folder by name. A log that cannot be looked at has a stamp of zeros."""
    found = {}
    for path in log_file.session_files(folder):
        try:
            state = path.stat()
        except OSError:
            found[path.name] = Stamp(0, 0, 0)
        else:
            found[path.name] = Stamp(state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return found


def read_all(tasks: Sequence[Task]) -> Iterator[Batch]:
    """The batches as they are done."""
    lines = Lines()
    for at in range(0, len(tasks), BATCH):
        yield read_batch(tasks[at : at + BATCH], lines)


def read_batch(tasks: Sequence[Task], lines: Lines) -> Batch:
    """Those logs, one after the other."""
    texts = Texts()
    read = [_read(task, lines, texts) for task in tasks]
    return Batch([entry for entry, _ in read], [found for _, found in read], texts.bodies)


def _read(task: Task, lines: Lines, texts: Texts) -> tuple[Entry, Short]:
    path, stamp, known = task
    entry = Entry(path.name, stamp, "", time.time_ns() - stamp.modified < DOUBT_NS, "", "")
    try:
        data = log_file.read_bytes(path)
    except TranscriptError as error:
        return _refused(entry._replace(doubtful=True), error.message)
    entry = entry._replace(sha=hashlib.sha256(data).hexdigest())
    if known is not None and known.sha == entry.sha:
        return known._replace(stamp=stamp, doubtful=entry.doubtful), known.decoded()
    try:
        found = summary_of(log_file.parse_log(path, data, lines).session, path.name, texts)
    except TranscriptError as error:
        line = f"line {error.where.line}: " if error.where and error.where.line else ""
        return _refused(entry, line + error.message)
    except ValueError as error:
        return _refused(entry, str(error))
    return entry._replace(summary=_encode(found)), found


def _refused(entry: Entry, problem: str) -> tuple[Entry, Unreadable]:
    return entry._replace(problem=problem), Unreadable(entry.name, problem)


def _encode(found: SessionSummary) -> str:
    attempts = [(*a[:2], _number(a.at), *a[3:]) for a in found.attempts]
    head = (found.name, found.session, found.bank, found.info, _number(found.started), found.closed)
    disputes = found.disputes.open, found.disputes.settled, found.disputes.self_graded
    tail = (found.count, found.held, disputes, attempts, found.simulated)
    return json.dumps([*head, *tail], separators=(",", ":"))


def _decode(text: str) -> SessionSummary:
    name, session, bank, info, started, closed, *tail = json.loads(text)
    count, held, disputes, attempts, simulated = tail
    opened, settled, own = disputes
    return SessionSummary(
        name=name,
        session=session,
        bank=bank,
        info=info,
        started=_moment(started),
        closed=closed,
        attempts=tuple(map(_attempt, attempts)),
        count=count,
        held=tuple(held),
        disputes=DisputeCount(open=opened, settled=settled, self_graded=own),
        simulated=simulated,
    )


def _attempt(row: list[Any]) -> QuestionSummary:
    number, text, at, cold, chance, final, seconds, spent, outcomes, settled, own = row
    return QuestionSummary(
        *(number, text, _moment(at), cold, chance, final, seconds, spent),
        tuple(CriterionSummary(*outcome) for outcome in outcomes),
        settled,
        own,
    )


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)


def needs(found: SessionSummary) -> set[str]:
    """The digests of the texts it stands on."""
    return {found.info, *(a.text for a in found.attempts)}


def missing(found: Short, texts: Mapping[str, str]) -> bool:
    """Whether a text it stands on is not there."""
    return isinstance(found, SessionSummary) and not needs(found) <= texts.keys()
