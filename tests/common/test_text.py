"""Text from outside, made safe to show."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from hostile import HOSTILE, IGNORED, NASTY, SHAPING, unsafe
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from interviewer.common.console import make_console, show
from interviewer.common.text import (
    duration,
    is_seen,
    json_text,
    letter,
    one_line,
    plural,
    printable,
    shown_of,
)


@given(HOSTILE)
@example("".join(NASTY))
def test_nothing_shown_can_drive_the_terminal(text: str) -> None:
    for shown in (printable(text), one_line(text)):
        assert not unsafe(shown)
        shown.encode("utf-8")
    assert "\n" not in one_line(text)
    assert printable(printable(text)) == printable(text)


HONEST = [
    *("👩‍🔬 ok", "🏳️‍🌈", "👩🏽‍🚀", "🙂‍↔️", "1️⃣ #️⃣", "❤️ ⚖︎ ™️ ⁉️", "नमस्ते", "क्\u200dष", "می\u200cخواهم"),
    *("עברית", "naïve café", "τ → ∑ ≈ ½", "e\u0301", "\u0600١٢"),
]


@pytest.mark.parametrize("text", HONEST)
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
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("pay\u200b\u2060\ufeff\xadload \U000e0068\U000e0069.", "payload ."),
        ("w\u200da\u200ct\ufe0fe\ufe0er 1\ufe0f a\ufe00", "water 1 a"),
        ("👩\u200d\u200d\ufe0f\u200dx", "👩\ufe0fx"),
        ("❤\ufe0f\ufe0f\ufe0e", "❤\ufe0f"),
        ("\u200d", ""),
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


def test_of_all_of_unicode_only_what_is_seen_stays() -> None:
    """Letters, marks, numbers, punctuation, symbols and spaces, and the format characters that
    stand as signs before digits; hangul fillers, selectors and the like are letters or marks that
    show nothing."""
    signs = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    for code in range(sys.maxunicode + 1):
        char, kind = chr(code), unicodedata.category(chr(code))
        shown = printable(f"a{char}b")
        if kind in ("Cc", "Cs", "Cf", "Zl", "Zp") and code not in signs and char not in "\n\t":
            assert shown in ("ab", "a\nb"), hex(code)
            assert not is_seen(char)
        elif kind[0] in "LNPSZ" and code not in IGNORED:
            assert shown == f"a{char}b", hex(code)
            assert is_seen(char)
    for code in IGNORED:
        assert printable(f"a{chr(code)}b") == "ab", hex(code)
        assert not is_seen(chr(code))


@given(
    HOSTILE | st.text(st.sampled_from("a1\r\n\u200b\u200c\u200d\ufe0f\u20e3👩🔬❤ک"), max_size=12)
)
def test_what_is_shown_of_each_character(text: str) -> None:
    shown = shown_of(text)
    assert len(shown) == len(text)
    assert "".join(shown) == printable(text)
    assert printable(printable(text)) == printable(text)


@given(HOSTILE)
@example("".join(NASTY))
@example("".join(map(chr, range(0x20))) + "\x7f\x80\x9b\u202e\u2028\U000e0041\ufeff")
def test_json_is_seen_and_says_the_same(text: str) -> None:
    data = {text: [text, 1, None]}
    for written in (json_text(data), json_text(json.dumps(data, ensure_ascii=False))):
        assert not unsafe(written)
        assert not set(SHAPING) & set(written)
        assert json.loads(written) == json.loads(json.dumps(data))  # which joins surrogates
    assert json_text({"a": "é"}) == '{"a": "é"}'


def test_numbers_that_are_none_are_no_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"a": float("nan")})


@given(HOSTILE, st.integers(2, 50))
def test_a_limit_is_kept(text: str, limit: int) -> None:
    assert len(one_line(text, limit)) <= limit


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


def test_letters() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]
