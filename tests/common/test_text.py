"""Text from outside, made safe to show."""

from __future__ import annotations

import io
import re

import pytest
from hostile import HOSTILE, NASTY, SPECIAL, bare, unsafe
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from interviewer.common import text as texts
from interviewer.common.console import make_console, show
from interviewer.common.text import duration, markdown, markdown_block, one_line, plural, printable


@given(HOSTILE)
@example("".join(NASTY))
def test_nothing_shown_can_drive_the_terminal(text: str) -> None:
    for shown in (printable(text), one_line(text), markdown(text), markdown_block(text)):
        assert not unsafe(shown)
        shown.encode("utf-8")
    assert "\n" not in one_line(text)
    assert printable(printable(text)) == printable(text)


@given(HOSTILE)
def test_escaped_text_holds_no_markdown(text: str) -> None:
    assert not SPECIAL & set(bare(markdown(text)))
    assert "\n" not in markdown(text)
    for line in markdown_block(text).split("\n"):
        assert line == ">" or line.startswith("> ")
        assert not SPECIAL & set(bare(line[2:]))
        assert not line.strip("> ") or line[2:3].strip()  # no indent, so no code block


@given(HOSTILE)
def test_escaping_changes_nothing_that_is_read(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", markdown(text)) == one_line(text)


@pytest.mark.parametrize("text", ["👩‍🔬 ok", "नमस्ते", "עברית", "naïve café", "τ → ∑ ≈ ½", "e\u0301"])
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("tab\tstays", "tab\tstays"),
        ("a\x00b\u202ec", "abc"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(0, "one two three"), (13, "one two three"), (12, "one two thr…"), (5, "one…"), (1, "o…")],
)
def test_one_line_is_cut_with_an_ellipsis(limit: int, expected: str) -> None:
    assert one_line(" one\n two\tthree ", limit) == expected


@given(HOSTILE, st.integers(2, 50))
def test_a_limit_is_kept(text: str, limit: int) -> None:
    assert len(one_line(text, limit)) <= limit


def test_a_block_keeps_its_line_breaks() -> None:
    assert markdown_block("one\n\n  two*") == "> one  \n>   \n> two\\*"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0:00"), (-5, "0:00"), (65.9, "1:05"), (599, "9:59"), (3723, "1:02:03")],
)
def test_duration(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def test_plural() -> None:
    assert [plural(n, "answer") for n in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]


def shown(text: str, tone: str = "plain", **options: object) -> str:
    stream = io.StringIO()
    console = make_console(stream)
    console.width = 60
    if options:
        console = Console(file=stream, markup=False, emoji=False, width=60, **options)  # type: ignore[arg-type]
    show(console, text, tone)  # type: ignore[arg-type]
    return stream.getvalue()


@given(HOSTILE)
def test_the_console_reads_no_markup_and_lets_no_control_through(text: str) -> None:
    out = shown(text)
    assert not unsafe(out)
    visible = [c for c in printable(text) if not c.isspace() and c.isprintable()]
    assert [c for c in out if not c.isspace() and c.isprintable()] == visible


def test_a_coloured_console_colours_only_by_tone() -> None:
    out = shown("\x1b[31mred [green]x[/]", "good", force_terminal=True, color_system="standard")
    assert "\x1b[32m" in out  # green, by the tone
    assert "\x1b[31m" not in out
    assert "[green]x[/]" in out


@pytest.mark.parametrize("tone", ["title", "question", "probe", "hint", "good", "note", "warning"])
def test_every_tone_is_wrapped_to_the_width(tone: str) -> None:
    out = shown("wide " * 60 + "x" * 200, tone)
    assert max(map(len, out.splitlines())) <= 60
    assert out.count("x") == 200


def test_the_escaped_characters_are_the_ones_markdown_knows() -> None:
    assert all(markdown(c) == f"\\{c}" for c in SPECIAL)
    assert texts.markdown("plain words, 'quoted'; 100%") == "plain words, 'quoted'; 100%"
