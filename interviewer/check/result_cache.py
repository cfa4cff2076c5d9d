"""Grades kept between runs of `check`, found again by content."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from interviewer.common.base import Value
from interviewer.grading.grades import AnswerGrade

FILE_NAME = "check-results.sqlite"
MAX_BYTES = 256_000_000
_FORMAT = 1


class _Entry(Value):
    grade: AnswerGrade
    seconds: float


class ResultCache:
    """Implements `flows.check.Results` in one SQLite file.

    Each result is committed on its own, so an interrupted run loses none. A file that is damaged
    or over 256 MB is begun anew; one that is locked or cannot be written is done without.
    """

    def __init__(self, path: Path):
        self._base: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.OperationalError):
            try:
                self._base = _open(path)
            except sqlite3.OperationalError:
                raise  # busy or not writable: another run may be using it, so it stays
            except sqlite3.DatabaseError:
                _remove(path)
                self._base = _open(path)

    def get(self, key: str) -> tuple[AnswerGrade, float] | None:
        if self._base is None:
            return None
        try:
            found = self._base.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
            if found is None:
                return None
            entry = _Entry.model_validate_json(found[0])
        except (sqlite3.Error, ValidationError):
            return None
        return entry.grade, entry.seconds

    def put(self, key: str, grade: AnswerGrade, seconds: float) -> None:
        if self._base is None:
            return
        value = _Entry(grade=grade, seconds=seconds).model_dump_json()
        with suppress(sqlite3.Error):
            self._base.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if path.stat().st_size > MAX_BYTES:
            _remove(path)
    base = sqlite3.connect(path, timeout=5.0, isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=OFF")
        if base.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            base.execute("DROP TABLE IF EXISTS results")
            base.execute(f"PRAGMA user_version={_FORMAT}")
        base.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value TEXT)")
    except sqlite3.Error:
        with closing(base):
            raise
    return base


def code_digest(folders: Iterable[Path], weights: Path) -> str:
    """Identifies the program text and the weights that an embedded grader consists of.

    Weights count by name, size and time of change: reading them all would take longer than a run
    from the cache.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    for path in sorted(p for p in weights.glob("*") if p.is_file()):
        state = path.stat()
        digest.update(f"{path.name}:{state.st_size}:{state.st_mtime_ns};".encode())
    return digest.hexdigest()[:16]
