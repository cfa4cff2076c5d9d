"""Session logs on disk: what is written stays, what is damaged is reported with its line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import PYTHON, Story, bank, question

from interviewer.errors import TranscriptError
from interviewer.session.events import EVENT, Asked, Closed
from interviewer.session.log_file import LogFile, check_canonical, read_log, session_files

BANK = bank([question(1), question(2)])
STORY = Story(BANK).play(1).probe("big").answer("more\nthan 👩‍🔬 one line").graded()
LINES = [EVENT.dump_json(e) + b"\n" for e in STORY.events]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "transcripts" / "one.jsonl"


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def test_what_is_appended_is_read_back(path: Path) -> None:
    with LogFile.create(path) as log:
        for count, event in enumerate(STORY.events, start=1):
            log.append(event)
            assert read_log(path).events == tuple(STORY.events[:count])  # at once, not at close
    read = read_log(path)
    assert read.session == STORY.session
    assert read.torn == ""
    assert path.read_bytes() == b"".join(LINES)
    assert path.read_bytes().count(b"\n") == len(STORY.events)


def test_a_log_is_for_its_owner_only(path: Path) -> None:
    LogFile.create(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_file_is_never_written_over(path: Path) -> None:
    write(path, b"precious")
    with pytest.raises(TranscriptError, match="cannot be written") as caught:
        LogFile.create(path)
    assert "--transcripts" in (caught.value.hint or "")
    assert path.read_bytes() == b"precious"


def test_a_log_goes_on_where_it_stopped(path: Path) -> None:
    write(path, b"".join(LINES))
    log, read = LogFile.reopen(path)
    with log:
        log.append(Closed(seq=len(LINES), at=STORY.events[0].at))
    assert read.session == STORY.session
    assert path.read_bytes().startswith(b"".join(LINES))
    assert read_log(path).session.closed is not None


@given(st.data())
def test_a_torn_last_line_is_tolerated_wherever_it_was_cut(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = data.draw(st.integers(1, len(LINES) - 1))
    cut = data.draw(st.integers(1, len(LINES[whole]) - 1))
    torn = LINES[whole][:cut]
    path = write(tmp_path_factory.mktemp("torn") / "one.jsonl", b"".join(LINES[:whole]) + torn)
    read = read_log(path)
    assert read.events == tuple(STORY.events[:whole])
    assert read.torn == torn.decode("utf-8", "replace")
    log, again = LogFile.reopen(path)
    with log:
        log.append(STORY.events[whole])
    assert again.torn == read.torn
    assert read_log(path).events == tuple(STORY.events[: whole + 1])
    assert read_log(path).torn == ""
    assert path.with_suffix(".torn").read_bytes() == torn + b"\n"  # kept aside


def test_two_torn_lines_are_both_kept(path: Path) -> None:
    write(path, LINES[0] + b"first")
    LogFile.reopen(path)[0].close()
    assert path.with_suffix(".torn").read_bytes() == b"first\n"
    write(path, path.read_bytes() + b"second")
    LogFile.reopen(path)[0].close()
    assert path.with_suffix(".torn").read_bytes() == b"first\nsecond\n"
    assert path.read_bytes() == LINES[0]


@pytest.mark.parametrize("line", range(len(LINES)))
@pytest.mark.parametrize(
    "damage",
    [
        b"{}",
        b"null",
        b"\xff\xfe",
        b'{"seq": 1}',
        b'{"event": "sung"}',
        b"[" * 5000,
        LINES[1][:-9],
    ],
    ids=["{}", "null", "bytes", "no-event", "unknown-event", "deep", "cut"],
)
def test_a_damaged_line_is_reported_with_its_number(path: Path, line: int, damage: bytes) -> None:
    write(path, b"".join([*LINES[:line], damage + b"\n", *LINES[line + 1 :]]))
    for read in (read_log, LogFile.reopen):
        with pytest.raises(TranscriptError, match="no event of a session") as caught:
            read(path)
        assert caught.value.where is not None
        assert (caught.value.where.file, caught.value.where.line) == (str(path), line + 1)
        wanted = "copy them" if line else "no log of a session"
        assert wanted in (caught.value.hint or "")
    before = path.read_bytes()
    assert b"".join(LINES[:line]) in before  # and nothing is mended behind one's back


def test_what_an_editor_leaves_behind_is_passed_over_but_not_canonical(path: Path) -> None:
    whole = write(path, b"".join(LINES))
    plain = read_log(whole)
    for data, line in (
        (b"\xef\xbb\xbf" + b"".join(LINES), 1),
        (b"\n".join(LINES), 2),
        (b"".join(LINES) + b" \t\n\r\n", len(LINES) + 1),
        (b"".join(LINES).replace(b"\n", b"\r\n"), 1),
    ):
        read = read_log(write(path, data))
        assert (read.events, read.torn) == (plain.events, "")
        with pytest.raises(TranscriptError, match="not how the program writes") as caught:
            check_canonical(read)
        assert caught.value.where is not None
        assert caught.value.where.line == line
        log, again = LogFile.reopen(path)
        log.close()
        assert again.events == plain.events


@pytest.mark.parametrize("gone", range(1, len(LINES) - 1))
def test_a_missing_line_is_reported(path: Path, gone: int) -> None:
    write(path, b"".join(LINES[:gone] + LINES[gone + 1 :]))
    with pytest.raises(
        TranscriptError, match=f"event {gone + 1} follows event {gone - 1}"
    ) as caught:
        read_log(path)
    assert caught.value.where is not None
    assert caught.value.where.line == gone + 1


@pytest.mark.parametrize("at", range(len(LINES) - 1))
def test_exchanged_lines_are_reported(path: Path, at: int) -> None:
    lines = LINES.copy()
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    write(path, b"".join(lines))
    with pytest.raises(TranscriptError) as caught:
        read_log(path)
    assert caught.value.where is not None
    assert caught.value.where.line == at + 1


def test_an_unknown_field_or_version_is_reported(path: Path) -> None:
    write(path, LINES[0].replace(b'"log_version":1', b'"log_version":2'))
    with pytest.raises(TranscriptError, match="log_version"):
        read_log(path)
    write(path, LINES[0].replace(b'"session":', b'"sessions":'))
    with pytest.raises(TranscriptError, match="session"):
        read_log(path)


@pytest.mark.parametrize("data", [b"", b"torn from the very first"])
def test_a_log_without_an_event_is_reported(path: Path, data: bytes) -> None:
    with pytest.raises(TranscriptError, match="holds no event") as caught:
        read_log(write(path, data))
    assert "may be deleted" in (caught.value.hint or "")


def test_a_missing_file_or_a_folder_is_reported(path: Path, tmp_path: Path) -> None:
    for read in (read_log, LogFile.reopen):
        with pytest.raises(TranscriptError, match="cannot be"):
            read(path)
        with pytest.raises(TranscriptError, match="cannot be"):
            read(tmp_path)


def test_only_one_holds_a_log(path: Path) -> None:
    with LogFile.create(path) as log:
        log.append(STORY.events[0])
        with pytest.raises(TranscriptError, match="another terminal"):
            LogFile.reopen(path)
        log.append(STORY.events[1])  # and the refused one did no harm
        assert len(read_log(path).events) == 2  # reading needs no lock
    LogFile.reopen(path)[0].close()


def test_the_lock_dies_with_its_process(path: Path) -> None:
    import subprocess

    write(path, LINES[0])
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from interviewer.session.log_file import LogFile\n"
        "LogFile.reopen(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([PYTHON, "-c", code, str(path)], check=False, timeout=100)
    assert done.returncode == -9
    LogFile.reopen(path)[0].close()


def test_a_full_disk_is_said_and_what_was_written_stays(path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    write(path, b"".join(LINES[:3]))
    log = LogFile(path, os.open(full, os.O_WRONLY))
    with log, pytest.raises(TranscriptError, match="could not be written") as caught:
        log.append(STORY.events[3])
    assert "Make room" in (caught.value.hint or "")
    assert read_log(path).events == tuple(STORY.events[:3])


def test_sessions_are_listed_newest_first(tmp_path: Path) -> None:
    for name in ("2025-01-02-a.jsonl", "2025-01-10-b.jsonl", "2025-01-02-a.md", "x.torn"):
        (tmp_path / name).write_text("")
    assert [p.name for p in session_files(tmp_path)] == [
        "2025-01-10-b.jsonl",
        "2025-01-02-a.jsonl",
    ]
    assert list(session_files(tmp_path / "none")) == []


def test_questions_are_kept_as_asked(path: Path) -> None:
    with LogFile.create(path) as log:
        for event in STORY.events:
            log.append(event)
    asked = [e for e in read_log(path).events if isinstance(e, Asked)]
    assert asked[0].question == BANK.question(1)
