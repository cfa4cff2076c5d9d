"""What is typed, as it stands on the screen of a real pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pyte
import pytest
from fake_answers import HANG
from fake_server import FakeServer
from hypothesis import example, given
from hypothesis import strategies as st
from player import ALT_ENTER, ENTER, ROWS, Player
from prompt_toolkit.layout.screen import Char
from samples import ICE

from interviewer.interview.keyboard.word_wrap import fill
from interviewer.session.log_file import read_log

LONG = (
    "Sunlight is scattered by the molecules of the atmosphere, and the shorter a wavelength is the"
    " more strongly it is scattered, which is why the sky overhead looks blue"
)
LETTERS = {"a", "b"}
LEFT = "\x1b[D"


def rows_of(text: str, row: int) -> list[str]:
    """The rows that the library makes of a line with its filling."""
    for before, blanks in reversed(fill(text, row)):
        text = text[:before] + "\0" * blanks + text[before:]
    rows, column = [""], 0
    for char in text:
        width = 1 if char == "\0" else Char(char).width
        if column + width > row:
            rows.append("")
            column = 0
        rows[-1] += char
        column += width
    return [found.replace("\0", "") for found in rows]


def screen(at: Player, columns: int) -> pyte.Screen:
    shown = pyte.Screen(columns, ROWS)
    pyte.Stream(shown).feed(at.seen)
    return shown


def typed_rows(shown: pyte.Screen) -> list[str]:
    """The rows of the last prompt, without its mark."""
    lines = [line.rstrip() for line in shown.display]
    first = max(n for n, line in enumerate(lines) if line.startswith("›"))
    rows = []
    for line in lines[first:]:
        if not line.startswith(("› ", "  ")):
            break
        rows.append(line[2:])
    return rows


@pytest.mark.parametrize("columns", [40, 57, 90])
def test_words_wrap_at_blanks_while_they_are_typed(
    sit: Callable[..., Player], columns: int
) -> None:
    at = sit("run", "--questions", 3, columns=columns).wait("Question 1 of 1").prompt()
    at.press(LONG).settle()
    rows = typed_rows(screen(at, columns))
    assert len(rows) > 1
    assert max(map(len, rows)) <= columns - 3
    at.press(ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == [LONG]
    assert [word for row in rows for word in row.split()] == LONG.split()


def test_the_cursor_stands_where_the_next_letter_goes(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3, columns=40).wait("Question 1 of 1").prompt()
    at.press("One hundred degrees at the level of the sea").settle()
    at.press(LEFT * 3, "XY").settle()
    shown = screen(at, 40)
    rows = typed_rows(shown)
    assert rows == ["One hundred degrees at the level of", "the XYsea"]
    assert shown.display[shown.cursor.y].rstrip() == "  the XYsea"
    assert shown.cursor.x == len("  the XY")
    at.press(ALT_ENTER, "and more", ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == ["One hundred degrees at the level of the XY\nand moresea"]


def test_a_word_longer_than_the_screen_is_broken_and_kept(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3, columns=40).wait("Question 1 of 1").prompt()
    word = "x" * 90
    at.press(f"It is {word} then").settle().press(ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == [f"It is {word} then"]
    assert rows_of(f"It is {word} then", 38) == ["It is ", "x" * 38, "x" * 38, f"{'x' * 14} then"]


def events(at: Player) -> list[str]:
    return [e.event for e in read_log(at.log).events]


def test_keys_behind_an_enter_wait_in_the_follow_up(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 1, "--probes", 1).wait("Question 1 of 1").prompt()
    at.press("the sky is big\rand molec\x7fcules do\r\r")
    at.wait("↳", "Typed early; Enter submits it.").prompt().wait("and molecules do").settle()
    assert events(at)[-1] == "probed"
    at.press(" that", ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == ["the sky is big", "and molecules do that"]


def test_keys_before_a_question_are_not_its_answer(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "2-3", "--probes", 0).wait("Question 1 of 2").prompt()
    at.press(f"{ICE}\rone more thing\r")
    at.wait("Question 2 of 2", "Typed before the question was there, and not taken:")
    at.wait("one more thing").prompt().settle()
    assert events(at)[-1] == "asked"
    at.press("One hundred degrees.", ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == [ICE, "One hundred degrees."]


def test_keys_pressed_while_a_model_thinks_wait_in_the_prompt(sit: Callable[..., Player]) -> None:
    with FakeServer(default=HANG) as server:
        model = ("--model", "openai:fake", "--base-url", server.url, "--judge", "offline")
        at = sit("run", "--questions", 1, "--probes", 1, *model, "--deadline", 1.5)
        at.wait("Question 1 of 1").prompt().press("the sky is big", ENTER).wait("thinking")
        at.press("molecules scatter", ENTER, "the light")
        at.wait("↳", "Typed early; Enter submits it.").prompt().settle()
        assert typed_rows(screen(at, 90))[:2] == ["molecules scatter", "the light"]
        assert events(at)[-1] == "probed"
        at.press(ENTER).wait("last question")
        assert at.leave() == 0
    assert at.said == ["the sky is big", "molecules scatter\nthe light"]


def test_a_yes_typed_before_it_was_asked_for_is_none(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3).wait("Question 1 of 1").prompt()
    at.press("/quit\ry\r").wait("[y/N]").prompt().settle()
    assert events(at)[-1] == "asked"
    at.press(ENTER).prompt().press("One hundred degrees.", ENTER).wait("last question")
    assert at.leave() == 0


def test_an_empty_enter_is_asked_about_once(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "2-3", "--probes", 0).wait("Question 1 of 2").prompt()
    at.press(ENTER).wait("Nothing came through. Say what you have, or /skip.").prompt()
    at.press(ICE, ENTER).wait("Question 2 of 2").prompt()
    at.press("  ", ENTER).wait("Nothing came through").prompt().settle()
    assert events(at)[-1] == "asked"
    at.press(ENTER).wait("No answer", "last question")
    assert at.leave() == 0
    assert at.said == [ICE]
    assert events(at)[-2:] == ["skipped", "closed"]


@given(st.text("ab \t世👩\u200d🔬é\u0301", max_size=120), st.integers(8, 30))
@example("aa\t世世世世世世世世世\u200daa", 24)
def test_a_row_ends_within_a_word_only_where_the_word_is_longer(text: str, row: int) -> None:
    rows = rows_of(text, row)
    assert "".join(rows) == text
    for one, following in pairwise(rows):
        if one[-1:] in LETTERS and following[:1] in LETTERS:
            assert len(one.split()[-1]) + len(following.split()[0]) >= row
