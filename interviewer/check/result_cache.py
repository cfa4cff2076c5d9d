"""Grades kept between runs of `check`, found again by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from interviewer.common.base import Value
from interviewer.common.caches import Tables
from interviewer.grading.grades import AnswerGrade

FILE_NAME = "check-results.sqlite"
MAX_BYTES = 256_000_000
_FORMAT = 1
_TABLES = ("CREATE TABLE results (key TEXT PRIMARY KEY, value TEXT)",)


class _Kept(Value):
    grade: AnswerGrade
    seconds: float


class ResultCache:
    """Implements `checking.Results` in one SQLite file.

    Each result is committed on its own, so an interrupted run loses none.
    """

    def __init__(self, path: Path):
        self._tables = Tables(path, _TABLES, version=_FORMAT, limit=MAX_BYTES, patience=5.0)

    def get(self, key: str) -> tuple[AnswerGrade, float] | None:
        found = self._tables.use(
            lambda base: base.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
        )
        if found is None:
            return None
        try:
            entry = _Kept.model_validate_json(found[0])
        except ValidationError:
            return None
        return entry.grade, entry.seconds

    def put(self, key: str, grade: AnswerGrade, seconds: float) -> None:
        row = key, _Kept(grade=grade, seconds=seconds).model_dump_json()
        self._tables.use(
            lambda base: base.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", row)
        )

    def close(self) -> None:
        """Let go of the file."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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
