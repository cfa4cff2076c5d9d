"""Digests of past sessions, kept in SQLite so that thousands of logs need not be read again.

The logs are the truth. The index is made from them, checked against them at every use, and may be
deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from interviewer import __version__
from interviewer.common.caches import Tables, transaction
from interviewer.history import log_reader
from interviewer.history.digests import History, SessionDigest, Unreadable
from interviewer.history.log_reader import Entry, Stamp, Task

MAX_BYTES = 512_000_000
_FORMAT = 2
_VERSION = zlib.crc32(f"{_FORMAT}:{__version__}".encode()) & 0x7FFFFFFF
_BUSY_SECONDS = 2.0
_TABLES = (
    "CREATE TABLE logs (name TEXT PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER,"
    " sha TEXT, doubtful INTEGER, problem TEXT, digest TEXT, checksum INTEGER)",
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
    if cache is None:
        return _read(folder, None, on_read)
    with closing(SessionIndex(cache / index_name(folder))) as index:
        return _read(folder, index, on_read)


def _read(folder: Path, index: SessionIndex | None, on_read: Callable[[int, int], None]) -> History:
    rows, texts = index.load() if index else ({}, {})
    there = log_reader.stamps(folder)
    found: dict[str, SessionDigest | Unreadable] = {}
    tasks = []
    for name, stamp in there.items():
        row = rows.get(name)
        decoded = _decoded(row, texts)
        if row is not None and decoded is not None and row.stamp == stamp and not row.doubtful:
            found[name] = decoded
        else:
            same = row if decoded is not None and row and row.stamp.size == stamp.size else None
            tasks.append(Task(folder / name, stamp, same))
    done = 0
    for entries, new in log_reader.read_all(tasks):
        texts |= new
        found |= {entry.name: entry.decoded() for entry in entries}
        if index:
            index.save(entries, new)
        done += len(entries)
        on_read(done, len(tasks))
    if index and (gone := rows.keys() - there.keys()):
        index.forget(gone)
    return _history(found, texts)


def _decoded(row: Entry | None, texts: Mapping[str, str]) -> SessionDigest | Unreadable | None:
    """What the row says; None where it is missing, damaged or stands on a text that is not there."""
    if row is None:
        return None
    try:
        decoded = row.decoded()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return None
    return None if log_reader.missing(decoded, texts) else decoded


def _history(found: Mapping[str, SessionDigest | Unreadable], texts: Mapping[str, str]) -> History:
    ordered = [found[name] for name in sorted(found)]
    sessions = tuple(s for s in ordered if isinstance(s, SessionDigest))
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
                {key: body for key, body in texts if _digest(body) == key},
            )

        return self._tables.use(work) or ({}, {})

    def save(self, entries: Sequence[Entry], texts: Mapping[str, str]) -> None:
        """Keep those; an entry whose log could not be read is not kept."""
        rows = [_row(entry) for entry in entries if entry.sha and _storable(entry)]

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
        *(int(entry.doubtful), entry.problem, entry.digest),
    )
    return (*cells, _checksum(cells))


def _entry(row: tuple[object, ...]) -> Entry | None:
    if _checksum(row[:-1]) != row[-1]:
        return None
    name, size, modified, changed, sha, doubtful, problem, digest = row[:-1]
    return Entry(name, Stamp(size, modified, changed), sha, bool(doubtful), problem, digest)  # type: ignore[arg-type]


def _storable(entry: Entry) -> bool:
    """Whether SQLite takes its texts: a file name may hold bytes that are no UTF-8."""
    try:
        f"{entry.name}{entry.problem}".encode()
    except UnicodeEncodeError:
        return False
    return True


def _checksum(cells: Sequence[object]) -> int:
    return zlib.crc32("\0".join(map(str, cells)).encode("utf-8", "surrogatepass"))


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]
