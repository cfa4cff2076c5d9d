"""The index of past sessions is never anything but what the logs say."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from past_parts import BIG, MET, NONE, told, write_log

from interviewer.history.log_reader import BATCH
from interviewer.history.session_index import FIRST_FEW, index_name, newest_first, read_history
from interviewer.history.summaries import History

PLAYS = [[(1, MET)], [(1, NONE), (2, BIG)], [(3, MET), (4, NONE), (5, MET)]]
KEPT = 1_600_000_000_000_000_000
"""A time of change long past, so that only a look at the file can tell a change."""


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "transcripts"
    for number, plays in enumerate(PLAYS):
        write_log(folder, f"{number}", told(plays, number, f"s{number}"))
    (folder / "broken.jsonl").write_text("no event\n")
    return folder


@pytest.mark.parametrize("kept", ["nothing", "all", "texts lost", "damaged"])
def test_the_newest_first_are_those_of_the_whole_history(
    logs: Path, tmp_path: Path, kept: str
) -> None:
    cache = tmp_path / "cache"
    if kept != "nothing":
        age(*logs.iterdir())
        read_history(logs, cache)
    if kept == "texts lost":
        sql("DELETE FROM texts")(index_file(cache, logs))
    if kept == "damaged":
        garbage(index_file(cache, logs))
    whole = fresh(logs).newest_first()
    assert list(newest_first(logs, cache)) == list(newest_first(logs, None)) == whole
    assert read_history(logs, cache) == fresh(logs)  # and the index is sound


def test_no_more_is_read_than_is_asked_for(tmp_path: Path) -> None:
    logs, cache = tmp_path / "transcripts", tmp_path / "cache"
    for number in range(FIRST_FEW + 2):
        write_log(logs, f"{number:04}", told([(1, MET)], number, f"s{number}"))
    age(*logs.iterdir())
    seen: list[tuple[int, int]] = []
    found = newest_first(logs, cache, on_read=lambda done, total: seen.append((done, total)))
    assert next(found).name == f"{FIRST_FEW + 1:04}.jsonl"
    found.close()
    assert seen == []
    read_history(logs, cache, on_read=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 2)]


def index_file(cache: Path, logs: Path) -> Path:
    return cache / index_name(logs)


def fresh(logs: Path) -> History:
    return read_history(logs, None)


def test_the_first_look_and_the_next_see_the_same(logs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = read_history(logs, cache)
    assert [len(s.attempts) for s in first.sessions] == [1, 2, 3]
    assert [(u.name, "line 1" in u.problem) for u in first.unreadable] == [("broken.jsonl", True)]
    assert first == read_history(logs, cache) == fresh(logs)


def age(*paths: Path) -> None:
    for path in paths:
        os.utime(path, ns=(KEPT, KEPT))


def test_logs_that_did_not_change_are_not_read_again(logs: Path, tmp_path: Path) -> None:
    cache, seen = tmp_path / "cache", []
    age(*logs.iterdir())
    read_history(logs, cache, on_read=lambda done, total: seen.append((done, total)))
    assert seen == [(4, 4)]
    read_history(logs, cache, on_read=lambda done, total: seen.append((done, total)))
    assert seen == [(4, 4)]
    write_log(logs, "new", told([(5, MET)], 9, "new"))
    read_history(logs, cache, on_read=lambda done, total: seen.append((done, total)))
    assert seen[1:] == [(1, 1)]


def test_a_log_changed_a_moment_ago_is_looked_at_again(logs: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    for _ in range(2):
        read_history(logs, tmp_path / "cache", on_read=lambda done, _: seen.append(done))
    assert seen == [4, 4]


def test_the_same_length_and_time_do_not_hide_a_change(logs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for choice in range(3):
        swap(logs, 1, choice)
        assert read_history(logs, cache) == fresh(logs)


def test_nothing_is_kept_of_a_log_that_is_gone(logs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    read_history(logs, cache)
    drop(logs, 1, 0)
    read_history(logs, cache)
    with closing(sqlite3.connect(index_file(cache, logs))) as base:
        names = {name for (name,) in base.execute("SELECT name FROM logs")}
    assert names == {"0.jsonl", "2.jsonl", "broken.jsonl"}


def add(folder: Path, number: int, choice: int) -> None:
    write_log(folder, f"{number}", told(PLAYS[choice], choice, f"s{number}"))


def swap(folder: Path, number: int, choice: int) -> None:
    """Other content of the same length, under an old time of change."""
    path = folder / f"{number}.jsonl"
    if path.exists():
        credit = b'"credit":0.%d' % (choice + 4)
        path.write_bytes(re.sub(rb'"credit":(1.0|0.[4-6])', credit, path.read_bytes()))
        age(path)


def cut(folder: Path, number: int, choice: int) -> None:
    path = folder / f"{number}.jsonl"
    if path.exists():
        data = path.read_bytes()
        path.write_bytes(data[: len(data) * (choice + 1) // 4])


def drop(folder: Path, number: int, choice: int) -> None:
    (folder / f"{number}.jsonl").unlink(missing_ok=True)


def spoil(folder: Path, number: int, choice: int) -> None:
    (folder / f"{number}.jsonl").write_bytes(b"\xff\n" * choice)


def touch(folder: Path, number: int, choice: int) -> None:
    (folder / f"{number}.jsonl").touch()


CHANGES: list[Callable[[Path, int, int], None]] = [add, swap, cut, drop, spoil, touch]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(CHANGES), st.integers(0, 3), st.integers(0, 2), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_happens_to_the_logs_the_index_equals_a_rebuild(
    changes: list[tuple[Callable[[Path, int, int], None], int, int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, cache = Path(temporary) / "logs", Path(temporary) / "cache"
        folder.mkdir()
        for change, number, choice, look in changes:
            change(folder, number, choice)
            if look:
                read_history(folder, cache)
        assert read_history(folder, cache) == fresh(folder)
        assert read_history(folder, cache) == read_history(folder, Path(temporary) / "other")


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 400)


def bit_flips(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 97):
        data[at] ^= 0x5A
    path.write_bytes(data)


def sql(*statements: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        base = sqlite3.connect(path)
        for statement in statements:
            base.execute(statement)
        base.commit()
        base.close()

    return damage


DAMAGE = {
    "no database": garbage,
    "flipped bits": bit_flips,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "another version": sql("PRAGMA user_version=1", "UPDATE logs SET summary='[]'"),
    "no table": sql("DROP TABLE logs"),
    "another table": sql("DROP TABLE texts", "CREATE TABLE texts (x TEXT)"),
    "a changed summary": sql("UPDATE logs SET summary = replace(summary, 'met', 'mat')"),
    "changed texts": sql("UPDATE texts SET body = body || ' '"),
    "no text": sql("DELETE FROM texts"),
    "blobs": sql("UPDATE texts SET body = x'ff'"),
    "another summary with its checksum": sql("UPDATE logs SET summary='[1]', checksum=NULL"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_index_is_made_anew(
    logs: Path, tmp_path: Path, damage: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "cache"
    age(*logs.iterdir())
    read_history(logs, cache)
    damage(index_file(cache, logs))
    assert read_history(logs, cache) == fresh(logs)
    seen: list[int] = []
    assert read_history(logs, cache, on_read=lambda done, _: seen.append(done)) == fresh(logs)
    assert seen == [], "the index was not put right"
    assert capfd.readouterr() == ("", "")


def test_an_index_that_is_busy_or_in_the_way_is_done_without(logs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    read_history(logs, cache)
    path = index_file(cache, logs)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    write_log(logs, "late", told([(5, MET)], 5, "late"))
    try:
        assert read_history(logs, cache) == fresh(logs)
    finally:
        holder.close()
    assert path.exists()
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert read_history(logs, blocked / "deeper") == fresh(logs)
    path.unlink()
    path.mkdir()
    assert read_history(logs, cache) == fresh(logs)


def test_processes_at_once_share_one_index(logs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    code = (
        "import sys; from pathlib import Path;"
        "from interviewer.history.session_index import read_history as read;"
        "logs, cache = map(Path, sys.argv[1:]);"
        "assert all(read(logs, cache) == read(logs, None) for _ in range(5))"
    )
    command = [sys.executable, "-c", code, str(logs), str(cache)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, err = process.communicate(timeout=100)
        assert (process.returncode, err) == (0, b"")
    assert read_history(logs, cache) == fresh(logs)


def test_a_reading_that_is_stopped_goes_on_from_there(tmp_path: Path) -> None:
    logs, cache = tmp_path / "transcripts", tmp_path / "cache"
    for number in range(2 * BATCH + 3):
        write_log(logs, f"{number:04}", told(PLAYS[number % 3], number, f"s{number}"))
    age(*logs.iterdir())

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_history(logs, cache, on_read=stop)
    seen: list[tuple[int, int]] = []
    found = read_history(logs, cache, on_read=lambda done, total: seen.append((done, total)))
    assert found == fresh(logs)
    assert seen[-1] == (BATCH + 3, BATCH + 3)


def test_a_log_with_an_impossible_date_is_unreadable(tmp_path: Path) -> None:
    path = write_log(tmp_path, "odd", told([(1, MET)]))
    path.write_bytes(path.read_bytes().replace(b'"at":"2026', b'"at":"9999'))
    found = read_history(tmp_path, tmp_path / "cache")
    assert [u.problem for u in found.unreadable] == ["it is dated in the year 9999"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_text_is_read_all_the_same(tmp_path: Path) -> None:
    logs = tmp_path / "transcripts"
    path = write_log(logs, "a", told([(1, MET)]))
    path.rename(os.fsdecode(os.fsencode(logs) + b"/\xff.jsonl"))
    for _ in range(2):
        assert len(read_history(logs, tmp_path / "cache").sessions) == 1
        assert len(list(newest_first(logs, tmp_path / "cache"))) == 1


def test_a_log_that_vanishes_or_may_not_be_read_is_named(tmp_path: Path) -> None:
    logs = tmp_path / "transcripts"
    logs.mkdir()
    (logs / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    (logs / "folder.jsonl").mkdir()
    for _ in range(2):
        found = read_history(logs, tmp_path / "cache")
        assert [u.name for u in found.unreadable] == ["folder.jsonl", "gone.jsonl"]
        assert all("cannot be read" in u.problem for u in found.unreadable)
    assert read_history(tmp_path / "none", tmp_path / "cache") == History()
