"""`interviewer replay`: at once, from a question, by a run, strictly, and by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from player import CTRL_C, CTRL_D, ENTER, Player
from samples import BLUE

Call = Callable[..., Any]
LEFT, RIGHT = "\x1b[D", "\x1b[C"


@pytest.fixture
def log(tiny_run: Call, answers: Path) -> Path:
    """A finished session on the tiny bank, with its transcript."""
    found: Path = tiny_run("--answers", answers)[1]
    return found


def test_replay_marks_evidence_and_shows_every_verdict(call: Call, log: Path) -> None:
    lines = log.read_bytes().replace(b'"evidence":null', b'"evidence":{"start":0,"end":13}', 1)
    log.write_bytes(lines)
    out = call("replay", log).out
    assert "› ⟦the sky is bi⟧{1: unmet}g" in out
    assert "· 2 unmet (1.00): Short wavelengths are scattered" in out
    assert "(score 0.00)" in out
    assert "☞ " in out


def test_replay_starts_at_a_question(call: Call, log: Path) -> None:
    ran = call("replay", log, "--question", 2)
    assert (ran.code, ran.out.strip().splitlines()[0]) == (0, "Question 2 of 3")
    assert "daytime" not in ran.out
    wrong = call("replay", log, "--question", 9)
    assert wrong.code == 2
    assert "It asked: 1, 2, 3." in wrong.err


def test_replay_shows_another_run(call: Call, log: Path) -> None:
    wrong = call("replay", log, "--run", 1)
    assert (wrong.code, "There is 0;" in wrong.err) == (2, True)
    call("regrade", log, "--grader", "overlap")
    ran = call("replay", log, "--run", 1)
    assert ran.code == 0
    assert "As graded in run 1 by overlap 1." in ran.out


def test_stepping_without_a_terminal_shows_all_of_it(call: Call, log: Path) -> None:
    ran = call("replay", log, "--step")
    assert (ran.code, ran.out) == (0, call("replay", log).out)
    assert "no terminal to step in" in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ("--step", "--speed", 2), ("--strict", "--step"), ("--strict", "--question", 1),
        ("--strict", "--run", 1), ("--md", "x.md"), ("--speed", "nan"), ("--speed", "inf"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together(call: Call, log: Path, args: tuple[object, ...]) -> None:
    assert call("replay", log, *args).code == 2


def test_strict_holds_the_transcript_to_the_log(call: Call, log: Path) -> None:
    ran = call("replay", "--strict", log)
    assert ran.code == 0
    assert ran.out.endswith(f"and {log.stem}.md is what they say, byte for byte.\n")
    md = log.with_suffix(".md")
    other = md.with_name("other.md")
    md.rename(other)
    missing = call("replay", log, "--strict")
    assert missing.code == 1
    assert "the transcript cannot be read: No such file" in missing.err
    assert "'interviewer report FILE' writes it" in missing.err
    assert call("replay", log, "--strict", "--md", other).code == 0


@pytest.mark.parametrize(
    ("change", "line", "shown"),
    [
        (lambda t: t.replace("Tiny", "Tidy", 1), 1, ("'# Tiny grill'", "'# Tidy grill'")),
        (lambda t: t.replace("\n", "\r\n", 1), 1, ("'# Tiny grill'", "'# Tiny grill\\r'")),
        (lambda t: t + "\n", None, ("(nothing: the text ends before)", "''")),
        (lambda t: "", 1, ("'# Tiny grill'", "''")),
    ],
)
def test_strict_shows_the_first_line_that_differs(
    call: Call, log: Path, change: Callable[[str], str], line: int | None, shown: tuple[str, str]
) -> None:
    md = log.with_suffix(".md")
    text = md.read_bytes().decode()
    md.write_bytes(change(text).encode())
    ran = call("replay", "--strict", log)
    assert (ran.code, ran.out) == (1, "")
    assert f"{md}:{line or text.count(chr(10)) + 2}: the transcript is not" in ran.err
    assert f"by the log:  {shown[0]}\n  in the file: {shown[1]}\n" in ran.err


def test_strict_names_a_line_that_was_edited(call: Call, log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b'"seq":3,', b'"seq": 3,', 1))
    assert call("replay", log).code == 0
    ran = call("replay", log, "--strict")
    assert ran.code == 1
    assert f"{log}:4: this line is not how the program writes its event" in ran.err


@pytest.fixture
def step(home: dict[str, str], tmp_path: Path, log: Path) -> Iterator[Callable[..., Player]]:
    """Starts a stepwise replay of the session in a terminal of its own."""
    players: list[Player] = []

    def start(*args: object, **options: Any) -> Player:
        players.append(Player("replay", log, "--step", *args, home=home, cwd=tmp_path, **options))
        return players[-1]

    yield start
    for player in players:
        player.child.close(force=True)


def test_stepping_by_keys(step: Callable[..., Player]) -> None:
    at = step().wait("Tiny grill", "1/18")
    at.press(" ").wait("Question 1 of 3", "question 1", "2/18")
    at.press(RIGHT).wait("the sky is big", "3/18").press(ENTER).wait("score 0.00", "4/18")
    at.press(LEFT).wait("Question 1 of 3", "the sky is big", "3/18")
    at.press("x", "7", "\x7f", "9", ENTER).wait("question 9 was not asked")
    at.press("3", ENTER).wait("Question 3 of 3", "question 3")
    at.press("2g").wait("Question 2 of 3", "Why does ice float").press("g").wait("1/18")
    at.press("q")
    assert at.leave() == 0


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), (CTRL_D, 0)])
def test_leaving_by_control_keys(step: Callable[..., Player], key: str, code: int) -> None:
    at = step("--question", 2).wait("Question 2 of 3", "question 2")
    at.press(key)
    assert at.leave() == code


def test_a_narrow_terminal(step: Callable[..., Player]) -> None:
    at = step("--question", 1, columns=30).wait("Question 1 of 3", "2/18")
    for number in range(3, 19):
        at.press(" ").wait(f"{number}/18")
    at.press(" ", "q")
    assert at.leave() == 0
    assert BLUE.split()[0] in at.text
