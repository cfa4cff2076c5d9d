"""What is read from a file: within bounds, from plain files only, as text of one encoding."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import bank, question

from interviewer.bank.bank_files import load_bank, source_digest
from interviewer.chat.chat_record import Records
from interviewer.check.asag_files import load_set
from interviewer.check.gold_files import load_gold
from interviewer.cli.interviews.answers import read_script
from interviewer.cli.settings import load_settings
from interviewer.common import files
from interviewer.errors import InputError, InterviewerError
from interviewer.history.session_index import read_history
from interviewer.session.log_file import read_log

BANK = bank([question(1), question(2)])


def _section(path: Path) -> object:
    (path.parent / "bank.yaml").write_text(
        f'id: t\nversion: "1"\ntitle: T\nsections: [{{id: A, title: T, file: {path.name}}}]\n'
    )
    return load_bank(path.parent)


LOADERS: dict[str, Callable[[Path], object]] = {
    "section.yaml": _section,
    "bank.yaml": lambda path: load_bank(path.parent),
    "log.jsonl": read_log,
    "answers.jsonl": read_script,
    "gold.jsonl": lambda path: load_gold(path, BANK),
    "set.jsonl": lambda path: load_set("set", [path]),
    "config.toml": lambda path: load_settings(path, {}),
    "x.calls.jsonl": Records.load,
}


@pytest.fixture(params=LOADERS)
def spot(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Callable[[Path], object]]:
    """A path that does not exist yet, and the loader for what will stand there."""
    return tmp_path / request.param, LOADERS[request.param]


def refused(spot: tuple[Path, Callable[[Path], Any]], words: str) -> InterviewerError:
    path, load = spot
    with pytest.raises(InterviewerError, match=words) as caught:
        load(path)
    assert caught.value.exit_code == 1
    assert caught.value.hint
    return caught.value


def test_a_pipe_is_refused_and_not_waited_for(spot: Any) -> None:
    os.mkfifo(spot[0])
    refused(spot, "not a plain file|no bank here")


@pytest.mark.parametrize("target", ["/dev/zero", "/"])
def test_a_link_to_what_never_ends_or_is_no_file_is_refused(spot: Any, target: str) -> None:
    spot[0].symlink_to(target)
    if spot[0].name == "x.calls.jsonl" and target == "/":
        with pytest.raises(InterviewerError, match="there is no"):
            spot[1](spot[0])
        return
    refused(spot, "not a plain file|no bank here")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_with_what_to_do(spot: Any, encoding: str) -> None:
    if spot[0].name == "x.calls.jsonl" or spot[0].name == "log.jsonl":
        pytest.skip("the program alone writes these")
    spot[0].write_bytes('{"question": 1, "answer": "x"}\n'.encode(encoding))
    assert "UTF-8" in (refused(spot, "looks like UTF-16").hint or "")


def test_a_line_that_is_no_utf_8_is_named(spot: Any) -> None:
    spot[0].write_bytes(b"\n\n# caf\xe9\n")
    error = refused(spot, "not UTF-8|no event|no recorded call")
    assert error.where is not None
    assert error.where.line == 3


def test_links_to_plain_files_are_followed_and_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"\xef\xbb\xbftext")
    (tmp_path / "link").symlink_to("there")
    assert files.read_bounded(tmp_path / "link", 7, InputError) == b"\xef\xbb\xbftext"
    assert files.read_text(tmp_path / "link", 7, InputError) == "text"
    with pytest.raises(InputError, match="the file is larger than 6 bytes") as caught:
        files.read_bounded(tmp_path / "link", 6, InputError)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff", "nowhere/x"])
def test_a_name_that_the_system_refuses_is_an_error_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        files.read_bounded(tmp_path / name, 9, InputError)
    assert not files.is_plain(tmp_path / name)


def test_the_size_that_the_system_tells_is_not_trusted() -> None:
    path = Path("/proc/self/maps")  # a plain file of size 0
    if not path.exists():
        pytest.skip("no /proc here")
    assert path.stat().st_size == 0
    with pytest.raises(InputError, match="larger than 100 bytes"):
        files.read_bounded(path, 100, InputError)


def test_standard_input_is_bounded_and_never_fails_to_decode() -> None:
    def stream(data: bytes) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(data), "ascii")

    assert files.read_stream(stream(b"\xef\xbb\xbfcaf\xe9\r\nx"), 99, InputError) == "caf\ufffd\nx"
    assert files.read_stream(io.StringIO("é"), 99, InputError) == "é"
    assert files.read_stream(None, 99, InputError) == ""
    with pytest.raises(InputError, match="more than 2 bytes"):
        files.read_stream(stream(b"abc"), 2, InputError)


def test_odd_neighbours_of_a_bank_are_no_part_of_it(tiny_folder: Path) -> None:
    before = source_digest(tiny_folder)
    os.mkfifo(tiny_folder / "pipe.yaml")
    (tiny_folder / "zero.yaml").symlink_to("/dev/zero")
    (tiny_folder / "big.yaml").write_bytes(b"#" * 8_000_001)
    assert source_digest(tiny_folder) == before
    assert len(load_bank(tiny_folder).questions) == 3


def test_an_odd_file_among_the_logs_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    found = read_history(tmp_path, None)
    assert [u.name for u in found.unreadable] == ["pipe.jsonl", "zero.jsonl"]
    assert all("not a plain file" in u.problem for u in found.unreadable)
