"""What is kept can be worked out again: no damage to it is an error."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from interviewer.common import caches
from interviewer.common.caches import Tables

MADE_BY = ("CREATE TABLE things (name TEXT)",)


def tables(path: Path, version: int = 1, limit: int = 1_000_000) -> Tables:
    return Tables(path, MADE_BY, version=version, limit=limit, patience=0.05)


def names(path: Path, **changed: int) -> list[str] | None:
    with tables(path, **changed) as opened:
        rows = opened.use(lambda base: base.execute("SELECT name FROM things").fetchall())
    return None if rows is None else [name for (name,) in rows]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one row, in a folder that was not there."""
    file = tmp_path / "cache" / "things.sqlite"
    with tables(file) as opened:
        opened.use(lambda base: base.execute("INSERT INTO things VALUES ('kept')"))
    assert names(file) == ["kept"]
    return file


def test_only_the_user_may_look_into_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_begun_anew(path: Path, content: bytes) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    path.write_bytes(content)
    names(path)  # may be the one that finds the damage
    assert names(path) == []


def test_another_version_or_too_large_a_file_is_begun_anew(path: Path) -> None:
    assert names(path, version=2) == []
    with tables(path, version=2) as opened:
        opened.use(lambda base: base.execute("INSERT INTO things VALUES ('new')"))
    assert names(path, version=2, limit=10) == []


def test_a_busy_file_stays_and_is_done_without(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with tables(path) as opened:
        done = opened.use(lambda base: base.execute("INSERT INTO things VALUES ('late')").rowcount)
    assert done is None
    other.execute("ROLLBACK")
    other.close()
    assert names(path) == ["kept"]


def test_a_transaction_is_whole_or_nothing(path: Path) -> None:
    def work(base: sqlite3.Connection) -> None:
        with caches.transaction(base):
            base.execute("INSERT INTO things VALUES ('half')")
            base.execute("INSERT INTO nowhere VALUES ('half')")

    base = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        work(base)
    base.close()
    assert names(path) == ["kept"]


def test_a_file_is_kept_or_done_without(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "one.json"
    caches.keep(file, b"data")
    assert caches.kept(file, 4) == b"data"
    assert caches.kept(file, 3) is None
    assert caches.kept(tmp_path, 4) is None
    caches.keep(file / "below", b"x")  # a file is no folder
    assert caches.kept(file / "below", 4) is None
