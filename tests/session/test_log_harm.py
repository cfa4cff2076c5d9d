"""A log that another program deletes, moves or changes while a session writes to it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import ScriptedChat
from samples import Story, bank, question

from interviewer.chat.call_files import calls_file
from interviewer.chat.chat_record import RecordedChat
from interviewer.chat.messages import ChatRequest, Message
from interviewer.errors import TranscriptError
from interviewer.session.log_file import LogFile, read_log

ASKED = ChatRequest((Message("user", "Hello?"),))
STORY = Story(bank([question(1), question(2)])).play(1).probe("big").answer("more").graded()


def delete(path: Path) -> None:
    path.unlink()


def remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def move(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


def move_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 7)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def add(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"a half li")


def save_anew(path: Path) -> None:
    """As an editor does: another file takes the name."""
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


GONE = [delete, remove_folder, move, move_folder]
CHANGED = [cut, empty, add, save_anew]
Harm = Callable[[Path], None]


@pytest.mark.parametrize("after", [1, 3, len(STORY.events) - 1])
@pytest.mark.parametrize("harm", [*GONE, *CHANGED])
def test_nothing_said_is_lost(tmp_path: Path, harm: Harm, after: int) -> None:
    path = tmp_path / "transcripts" / "one.jsonl"
    told: list[str] = []
    with LogFile.create(path) as log:
        log.tell = told.append
        for event in STORY.events[:after]:
            log.append(event)
        harm(path)
        left = path.read_bytes() if path.exists() else None
        for event in STORY.events[after:]:
            log.append(event)
        assert len(told) == 1
        assert str(log.path) in told[0]
        assert read_log(log.path).events == tuple(STORY.events)
        assert log.path.parent == path.parent
        assert (log.path == path) is (harm in GONE)
        if left is not None:
            assert path.read_bytes() == left
            assert "stays as it is" in told[0]
        with pytest.raises(TranscriptError, match="another terminal"):
            LogFile.reopen(log.path)
    assert stat_mode(log.path) == 0o600


def stat_mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_harm_after_harm(tmp_path: Path) -> None:
    told: list[str] = []
    with LogFile.create(tmp_path / "one.jsonl") as log:
        log.tell = told.append
        for event, harm in zip(STORY.events, [*CHANGED, delete, move], strict=False):
            log.append(event)
            harm(log.path)
        log.append(STORY.events[6])
        assert read_log(log.path).events == tuple(STORY.events[:7])
    assert len(told) == 6
    assert len({*told}) == 5  # a deleted log is written again under its own name


def test_a_log_that_was_reopened(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    with LogFile.create(path) as log:
        for event in STORY.events[:3]:
            log.append(event)
    with path.open("ab") as file:
        file.write(b"torn")
    log, _ = LogFile.reopen(path)
    with log:
        log.append(STORY.events[3])
        assert log.path == path
        path.unlink()
        for event in STORY.events[4:]:
            log.append(event)
    assert read_log(path).events == tuple(STORY.events)


def test_a_folder_that_cannot_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "transcripts" / "one.jsonl"
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    with LogFile.create(path) as log:
        log.append(STORY.events[0])
        shutil.rmtree(path.parent)
        path.parent.write_text("in the way")
        log.append(STORY.events[1])
        assert log.path == spare / "one.jsonl"
        assert read_log(log.path).events == tuple(STORY.events[:2])
        shutil.rmtree(spare)
        spare.write_text("in the way")
        with pytest.raises(TranscriptError, match="cannot be written again"):
            log.append(STORY.events[2])


@pytest.mark.parametrize("harm", [delete, remove_folder, move, *CHANGED])
def test_the_calls_of_models_stay_beside_the_log(tmp_path: Path, harm: Harm) -> None:
    path = tmp_path / "transcripts" / "one.jsonl"
    with LogFile.create(path) as log:
        chat = RecordedChat(ScriptedChat(["a", "b", "c"]), calls_file(path))
        for event in STORY.events[:3]:
            log.append(event)
        chat.chat(ASKED)
        before = calls_file(path).read_bytes()
        harm(path)
        log.append(STORY.events[3])
        chat.chat(ASKED)
        harm(log.path)
        log.append(STORY.events[4])
        chat.chat(ASKED)
    kept = calls_file(log.path).read_bytes()
    gone_too = harm is remove_folder
    assert kept.count(b"\n") == (1 if gone_too else 3)
    assert kept.startswith(before) is not gone_too
    assert len(list(path.parent.glob("*.calls.jsonl"))) == 1


def test_calls_that_lie_in_the_way_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "one-2.calls.jsonl"
    other.write_text("of another")
    with LogFile.create(tmp_path / "one.jsonl") as log:
        chat = RecordedChat(ScriptedChat(["a"]), calls_file(log.path))
        log.append(STORY.events[0])
        add(log.path)
        log.append(STORY.events[1])
        chat.chat(ASKED)
    assert other.read_text() == "of another"
    assert (tmp_path / "one.calls.jsonl").read_bytes().count(b"\n") == 1
