"""A log in any state either replays or is reported with its line; never anything else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moves import MOVES, play
from pydantic import ValidationError
from report_parts import transcript_of
from scene_parts import screen, whole_story

from interviewer.errors import TranscriptError
from interviewer.replay.scenes import scenes
from interviewer.session.events import EVENT, Asked, Event
from interviewer.session.log_file import Lines, check_canonical, read_log

WHOLE = [EVENT.dump_json(event) + b"\n" for event in whole_story().events]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage") / "one.jsonl"


def lines_of(events: list[Event]) -> list[bytes]:
    return [EVENT.dump_json(event) + b"\n" for event in events]


def replay(path: Path, data: bytes) -> int | None:
    """Read, replay and render; the line that was reported, or None if all went well."""
    path.write_bytes(data)
    try:
        read = read_log(path)
    except TranscriptError as error:
        return error.where.line if error.where and error.where.file == str(path) else -1
    assert screen(scenes(read.events))
    assert transcript_of(read.session)
    return None


@given(MOVES, st.randoms(use_true_random=False))
def test_any_reordering_is_reported(
    path: Path, moves: list[tuple[str, str, str]], by: random.Random
) -> None:
    lines = lines_of(play(moves).events)
    mixed = lines.copy()
    by.shuffle(mixed)
    first = next((i for i, (a, b) in enumerate(zip(lines, mixed, strict=True)) if a != b), None)
    assert replay(path, b"".join(mixed)) == (None if first is None else first + 1)


@given(st.randoms(use_true_random=False))
def test_any_reordering_of_later_events_is_reported(path: Path, by: random.Random) -> None:
    mixed = WHOLE.copy()
    by.shuffle(mixed)
    first = next((i for i, (a, b) in enumerate(zip(WHOLE, mixed, strict=True)) if a != b), None)
    assert replay(path, b"".join(mixed)) == (None if first is None else first + 1)


@pytest.mark.parametrize("gone", range(len(WHOLE)))
def test_any_dropped_line_is_reported(path: Path, gone: int) -> None:
    last = gone == len(WHOLE) - 1  # what is left is a valid prefix
    found = replay(path, b"".join(WHOLE[:gone] + WHOLE[gone + 1 :]))
    assert found == (None if last else gone + 1)


@given(st.integers(0, len(WHOLE) - 1), st.data())
def test_any_corrupted_byte_is_reported_or_harmless(
    path: Path, at: int, data: st.DataObject
) -> None:
    """A changed letter of an answer is sound as far as the log goes; it may not crash anything."""
    line = bytearray(WHOLE[at])
    line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.integers(0, 255))
    found = replay(path, b"".join([*WHOLE[:at], bytes(line), *WHOLE[at + 1 :]]))
    assert found is None or found >= at + 1


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=40))
def test_any_line_replaced_by_noise_is_reported(path: Path, at: int, noise: bytes) -> None:
    found = replay(path, b"".join([*WHOLE[:at], noise + b"\n", *WHOLE[at + 1 :]]))
    blank = not noise.removeprefix(b"\xef\xbb\xbf" if at == 0 else b"").strip()
    last = at == len(WHOLE) - 1  # a blank line instead of it leaves a valid prefix
    if blank:
        assert found == (None if last else at + 2 + noise.count(b"\n"))
    else:
        assert found is not None
        assert at + 1 <= found <= at + 1 + noise.count(b"\n")


@given(st.integers(1, sum(map(len, WHOLE))))
def test_a_log_cut_anywhere_replays(path: Path, size: int) -> None:
    data = b"".join(WHOLE)[:size]
    found = replay(path, data)
    assert found is None or size < len(WHOLE[0])  # not even the first event is there


@pytest.mark.parametrize("at", range(len(WHOLE)))
@pytest.mark.parametrize("change", ["space", "order", "float", "escape"])
def test_a_line_that_is_not_canonical_is_named(path: Path, at: int, change: str) -> None:
    line = WHOLE[at]
    other = {
        "space": line.replace(b'"seq":', b'"seq": ', 1),
        "order": b'{"event"' + line.split(b'"event"', 1)[1][:-2] + b"," + line[1:].split(b',"event"')[0] + b"}\n",
        "float": line.replace(b".0", b".00", 1),
        "escape": line.replace(b"A small", b"\\u0041 small", 1),
    }[change]  # fmt: skip
    path.write_bytes(b"".join([*WHOLE[:at], other, *WHOLE[at + 1 :]]))
    read = read_log(path)
    if other == line:
        check_canonical(read)
        return
    with pytest.raises(TranscriptError, match="not how the program writes") as caught:
        check_canonical(read)
    assert caught.value.where is not None
    assert caught.value.where.line == at + 1


def test_a_log_from_before_a_field_was_known_is_canonical(path: Path) -> None:
    old = [line.replace(b',"bank":null}', b"}") for line in WHOLE]
    assert old != WHOLE
    path.write_bytes(b"".join(old))
    check_canonical(read_log(path))
    path.write_bytes(b"".join(old) + b'{"torn')
    with pytest.raises(TranscriptError, match="cut off") as caught:
        check_canonical(read_log(path))
    assert caught.value.where is not None
    assert caught.value.where.line == len(old) + 1


def outcome(read: Callable[[bytes], Event], line: bytes) -> object:
    """The event, or what is wrong with the line."""
    try:
        return read(line)
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)


ASKED = next(line[:-1] for line in WHOLE if b'"event":"asked"' in line)
ODD_ASKED = [
    ASKED.replace(b'"seq":1', b'"seq":01'),
    ASKED.replace(b'"seq":1', b'"seq":9999999999999'),
    re.sub(rb'"at":"[^"]*"', b'"at":"yesterday"', ASKED),
    re.sub(rb'"at":"[^"]*"', b'"at":"2026-03-01T09:00:00+02:00"', ASKED),
    ASKED[:-1] + b',"seq":7}',
    ASKED[:-1] + b',"at":"2020-01-01T00:00:00Z"}',
    ASKED[:-1] + b',"event":"closed"}',
    ASKED[:-1] + b" }",
    ASKED + b" ",
    ASKED[:-1],
]


@pytest.mark.parametrize("line", ODD_ASKED)
@pytest.mark.parametrize("before", [ASKED, None])
def test_a_question_met_before_hides_nothing_of_its_line(line: bytes, before: bytes | None) -> None:
    lines = Lines()
    for _ in range(2):
        outcome(lines.event, before or line)
        assert outcome(lines.event, line) == outcome(EVENT.validate_json, line)


@given(st.data())
def test_noise_in_a_question_met_before_is_noticed(data: st.DataObject) -> None:
    lines = Lines()
    lines.event(ASKED)
    at = data.draw(st.integers(0, len(ASKED)))
    line = (
        ASKED[:at] + data.draw(st.binary(max_size=3)) + ASKED[at + data.draw(st.integers(0, 3)) :]
    )
    assert outcome(lines.event, line) == outcome(EVENT.validate_json, line)


def test_a_question_asked_in_many_logs_is_one_value() -> None:
    lines = Lines()
    first, other = (lines.event(ASKED.replace(b'"seq":1', b'"seq":%d' % n)) for n in (1, 5))
    assert isinstance(first, Asked)
    assert isinstance(other, Asked)
    assert (first.seq, other.seq) == (1, 5)
    assert first.question is other.question
