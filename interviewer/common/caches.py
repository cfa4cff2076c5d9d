"""Files of the cache folder. What they hold was worked out and can be worked out again.

So each may be deleted at any time. One that is damaged, of another form or too large is begun anew
without a word; one that is busy, or cannot be read or written, is done without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from interviewer.common import files
from interviewer.errors import InputError

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

LEFT_ALONE = "BUSY LOCKED READONLY PERM CANTOPEN FULL IOERR"
"""Errors of SQLite that a sound file can give too, for which it is not thrown away."""


def kept(path: Path, limit: int) -> bytes | None:
    """The content of a plain file of at most `limit` bytes; None for anything else."""
    try:
        return files.read_bounded(path, limit, InputError)
    except InputError:
        return None


def keep(path: Path, data: bytes) -> None:
    """Write the file, whole or not at all; what cannot be kept is worked out again."""
    with suppress(OSError):
        make_folder(path)
        files.write_bytes(path, data)


def make_folder(path: Path) -> None:
    """Make the folder of that file, which only the user may look into. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


class Tables:
    """Tables in one SQLite file.

    made_by: the statements that make them. version: of their form. limit: bytes of the file.
    patience: seconds to wait for another process.
    """

    def __init__(
        self, path: Path, made_by: Sequence[str], *, version: int, limit: int, patience: float
    ):
        self._path = path
        self._made_by = made_by
        self._version = version
        self._limit = limit
        self._patience = patience
        self._base: sqlite3.Connection | None = None

    def use(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What the work gives; None where the file cannot be used."""
        import sqlite3  # noqa: PLC0415 - an interview begins without it

        try:
            self._base = self._base or self._open()
            return work(self._base)
        except (sqlite3.Error, OSError, UnicodeError, TypeError, AttributeError) as error:
            # Cells of the wrong type are damage too.
            self.close()
            name = str(getattr(error, "sqlite_errorname", ""))
            sound = name.removeprefix("SQLITE_").split("_")[0] in LEFT_ALONE.split()
            if not sound and not isinstance(error, OSError):
                self._remove()
            return None

    def close(self) -> None:
        """Let go of the file."""
        base, self._base = self._base, None
        if base is not None:
            base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> sqlite3.Connection:
        import sqlite3  # noqa: PLC0415

        make_folder(self._path)
        with suppress(FileNotFoundError):
            if self._path.stat().st_size > self._limit:
                self._remove()
        self._path.touch(mode=0o600)
        base = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        try:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=OFF")
            if base.execute("PRAGMA user_version").fetchone()[0] != self._version:
                self._begin(base)
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _begin(self, base: sqlite3.Connection) -> None:
        with transaction(base):
            there = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in there:
                base.execute('DROP TABLE IF EXISTS "' + name.replace('"', '""') + '"')
            for statement in self._made_by:
                base.execute(statement)
            base.execute(f"PRAGMA user_version={self._version}")

    def _remove(self) -> None:
        with suppress(OSError):
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """All that is done within, or nothing of it."""
    import sqlite3  # noqa: PLC0415

    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")
