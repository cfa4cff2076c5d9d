"""What is typed, as it stands on the screen of a real pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player import ALT_ENTER, ENTER, Player
from prompt_toolkit.layout.screen import Char
from vt_screen import VtScreen

from interviewer.interview.keyboard.word_wrap import fill

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


def screen(at: Player, columns: int) -> VtScreen:
    return VtScreen(columns).feed(at.seen)


def typed_rows(shown: VtScreen) -> list[str]:
    """The rows of the last prompt, without its mark."""
    first = max(n for n, line in enumerate(shown.lines) if line.startswith("›"))
    rows = []
    for line in shown.lines[first:]:
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
    assert shown.cursor == (shown.lines.index("  the XYsea"), len("  the XY"))
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


@given(st.text("ab \t世👩\u200d🔬é\u0301", max_size=120), st.integers(8, 30))
def test_a_row_ends_within_a_word_only_where_the_word_is_longer(text: str, row: int) -> None:
    rows = rows_of(text, row)
    assert "".join(rows) == text
    for one, following in pairwise(rows):
        if one[-1:] in LETTERS and following[:1] in LETTERS:
            assert len(one.split()[-1]) + len(following.split()[0]) >= row
