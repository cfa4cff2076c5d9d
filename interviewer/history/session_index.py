"""Summaries of past sessions, kept in SQLite so that thousands of logs need not be read again.

The logs are the truth. The index is made from them, checked against them at every use, and may be
deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from interviewer import __version__
from interviewer.common.base import content_digest
from interviewer.common.caches import Tables, transaction
from interviewer.history import log_reader
from interviewer.history.log_reader import Entry, Short, Stamp, Task
from interviewer.history.summaries import History, SessionSummary, Unreadable
from interviewer.session.log_file import Lines

MAX_BYTES = 512_000_000
FIRST_FEW = 8
"""Logs that are looked at first by whoever wants the newest of some kind; then there are more at once."""

_FORMAT = 6
_VERSION = zlib.crc32(f"{_FORMAT}:{__version__}".encode()) & 0x7FFFFFFF
_BUSY_SECONDS = 2.0
_TABLES = (
    "CREATE TABLE logs (name TEXT PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER,"
    " sha TEXT, doubtful INTEGER, problem TEXT, summary TEXT, checksum INTEGER)",
    "CREATE TABLE texts (digest TEXT PRIMARY KEY, body TEXT)",
)


def read_history(
    folder: Path,
    cache: Path | None,
    *,
    on_read: Callable[[int, int], None] = lambda done, total: None,
) -> History:
    """All sessions in the folder. Logs that did not change since the last time are not read again.

    cache: the folder of the index; None for none. on_read: told how many logs were read, of how
    many.
    """
    with _opened(folder, cache) as index:
        rows, texts = index.load() if index else ({}, {})
        there = log_reader.stamps(folder)
        found, tasks = _sort_out(folder, there, rows, texts)
        done = 0
        for batch in log_reader.read_all(tasks):
            texts |= batch.texts
            found |= {one.name: one for one in batch.found}
            if index:
                index.save(batch.entries, batch.texts)
            done += len(batch.entries)
            on_read(done, len(tasks))
        if index and (gone := rows.keys() - there.keys()):
            index.forget(gone)
        return _history(found, texts)


def newest_first(
    folder: Path,
    cache: Path | None,
    *,
    on_read: Callable[[int, int], None] = lambda done, total: None,
) -> Generator[Short, None, None]:
    """Every log as `History.newest_first` has them, read only as far as they are asked for.

    on_read: told how many logs were looked at, of how many, where more than the first few were.
    """
    with _opened(folder, cache) as index:
        there = log_reader.stamps(folder)
        names = sorted(there, reverse=True)
        lines = Lines()
        at, step = 0, FIRST_FEW
        while some := names[at : at + step]:
            rows = index.rows(some) if index else {}
            found, tasks = _sort_out(folder, {name: there[name] for name in some}, rows, None)
            if tasks:
                batch = log_reader.read_batch(tasks, lines)
                found |= {one.name: one for one in batch.found}
                if index:
                    index.save(batch.entries, batch.texts)
            yield from (found[name] for name in some)
            at, step = at + len(some), log_reader.BATCH
            on_read(at, len(names))


@contextmanager
def _opened(folder: Path, cache: Path | None) -> Iterator[SessionIndex | None]:
    if cache is None:
        yield None
        return
    with closing(SessionIndex(cache / index_name(folder))) as index:
        yield index


def _sort_out(
    folder: Path,
    there: Mapping[str, Stamp],
    rows: Mapping[str, Entry],
    texts: Mapping[str, str] | None,
) -> tuple[dict[str, Short], list[Task]]:
    """What the rows vouch for, and the logs that are to be read.

    texts: those there are, without which a row vouches for nothing; None where nobody needs them.
    """
    found: dict[str, Short] = {}
    tasks = []
    for name, stamp in there.items():
        row = rows.get(name)
        decoded = _decoded(row, texts)
        if row is not None and decoded is not None and row.stamp == stamp and not row.doubtful:
            found[name] = decoded
        else:
            same = row if decoded is not None and row and row.stamp.size == stamp.size else None
            tasks.append(Task(folder / name, stamp, same))
    return found, tasks


def _decoded(row: Entry | None, texts: Mapping[str, str] | None) -> Short | None:
    """What the row says; None where it is missing, damaged or stands on a text that is not there."""
    if row is None:
        return None
    try:
        decoded = row.decoded()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return None
    gone = texts is not None and log_reader.missing(decoded, texts)
    return None if gone else decoded


def _history(found: Mapping[str, Short], texts: Mapping[str, str]) -> History:
    ordered = [found[name] for name in sorted(found)]
    sessions = tuple(s for s in ordered if isinstance(s, SessionSummary))
    used = {digest for s in sessions for digest in log_reader.needs(s)}
    return History(
        sessions=sessions,
        unreadable=tuple(u for u in ordered if isinstance(u, Unreadable)),
        texts={digest: texts[digest] for digest in sorted(used)},
    )


def index_name(folder: Path) -> str:
    """What the file with the index of that folder is called."""
    return f"sessions-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.sqlite"


class SessionIndex:
    """The rows kept of one folder; every row has a checksum."""

    def __init__(self, path: Path):
        self._tables = Tables(
            path, _TABLES, version=_VERSION, limit=MAX_BYTES, patience=_BUSY_SECONDS
        )

    def load(self) -> tuple[dict[str, Entry], dict[str, str]]:
        """The entries by name of log, and the texts by digest; only what is sound."""

        def work(base: sqlite3.Connection) -> tuple[dict[str, Entry], dict[str, str]]:
            rows = map(_entry, base.execute("SELECT * FROM logs"))
            texts = base.execute("SELECT digest, body FROM texts")
            return (
                {entry.name: entry for entry in rows if entry is not None},
                {key: body for key, body in texts if content_digest(body) == key},
            )

        return self._tables.use(work) or ({}, {})

    def rows(self, names: Collection[str]) -> dict[str, Entry]:
        """The entries of those logs, by name; only what is sound."""
        known = [name for name in names if _encodable(name)]
        marks = ",".join("?" * len(known))

        def work(base: sqlite3.Connection) -> dict[str, Entry]:
            cells = base.execute(f"SELECT * FROM logs WHERE name IN ({marks})", known)
            return {entry.name: entry for entry in map(_entry, cells) if entry is not None}

        return self._tables.use(work) or {}

    def save(self, entries: Sequence[Entry], texts: Mapping[str, str]) -> None:
        """Keep those; an entry whose log could not be read is not kept."""
        rows = [
            _row(entry) for entry in entries if entry.sha and _encodable(entry.name + entry.problem)
        ]

        def work(base: sqlite3.Connection) -> None:
            with transaction(base):
                base.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", texts.items())
                base.executemany("INSERT OR REPLACE INTO logs VALUES (?,?,?,?,?,?,?,?,?)", rows)

        self._tables.use(work)

    def forget(self, names: Collection[str]) -> None:
        """Drop the entries of logs that are gone."""

        def work(base: sqlite3.Connection) -> None:
            with transaction(base):
                base.executemany("DELETE FROM logs WHERE name = ?", [(name,) for name in names])

        self._tables.use(work)

    def close(self) -> None:
        """Let go of the file."""
        self._tables.close()


def _row(entry: Entry) -> tuple[object, ...]:
    cells = (
        *(entry.name, *entry.stamp, entry.sha),
        *(int(entry.doubtful), entry.problem, entry.summary),
    )
    return (*cells, _checksum(cells))


def _entry(row: tuple[object, ...]) -> Entry | None:
    if _checksum(row[:-1]) != row[-1]:
        return None
    name, size, modified, changed, sha, doubtful, problem, summary = row[:-1]
    return Entry(name, Stamp(size, modified, changed), sha, bool(doubtful), problem, summary)  # type: ignore[arg-type]


def _encodable(text: str) -> bool:
    """Whether SQLite takes the text: a file name may hold bytes that are no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _checksum(cells: Sequence[object]) -> int:
    return zlib.crc32("\0".join(map(str, cells)).encode("utf-8", "surrogatepass"))
