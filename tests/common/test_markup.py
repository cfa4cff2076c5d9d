"""Text in Markdown, read back by a parser of CommonMark with GitHub's tables and strikethrough."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hostile import HOSTILE, NASTY, unsafe
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_reader import PARSER, QUOTED, skeleton, words

from interviewer.common.markup import cell, markdown, markdown_block
from interviewer.common.text import one_line, printable

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
MARKS = st.text(st.sampled_from(f"{PUNCTUATION}{PUNCTUATION} \nab1é²\u00a0\u2028—“"), max_size=14)
WORDS = (
    HOSTILE
    | MARKS
    | st.lists(st.sampled_from(list("*_~`$[]()<>!&#;ax \n")), max_size=12).map("".join)
)


# Where words from outside stand in a transcript, and what the line is made of.
PLACES = [
    "# {}",
    "### Question 1: {}",
    "{}",
    "- {}",
    "- met (0.90, “{}”): {}",
    "*Hint:* {}",
    "**A full answer.** {}",
    "({}: {})",
    "1. Question 2: {} Missing: {}",
]


@pytest.mark.parametrize("place", PLACES)
@given(WORDS)
@example("".join(NASTY))
@example("*a* __b__ ~~c~~ ~d~ `e` <b>f</b> <!-- g --> &lt; [h](i) ![j](k) \\* a\\")
@example("_")
@example("[a]: http://x")
def test_words_are_read_as_they_are_and_are_no_markup(place: str, text: str) -> None:
    line, shown = place.replace("{}", markdown(text)), one_line(text)
    model = place.replace("{}", "HERE" if shown else "")
    assert skeleton(line) == skeleton(model)
    assert words(line) == words(model).replace("HERE", shown)
    assert not unsafe(line)


@given(WORDS, WORDS)
@example("a|b\\|c", "|")
def test_words_stay_in_their_cell(one: str, two: str) -> None:
    table = "| x | y |\n|---|---|\n| {} | {} |\n"
    made = table.format(cell(one), cell(two))
    assert skeleton(made) == skeleton(
        table.format(*("a" if one_line(t) else "" for t in (one, two)))
    )
    cells = [t.content for t in PARSER.parse(made) if t.type == "inline"]
    shown = [words(text) if text else "" for text in cells[2:]]
    assert shown == [one_line(one), one_line(two)]


def lines_of(text: str) -> Iterable[str]:
    return (line.strip() for line in printable(text).split("\n"))


@given(WORDS)
@example("".join(NASTY))
@example("a\n===\nb\n---\n| a | b |\n|---|---|\n:--\n```\n~~~\n    code\n1. x\n+ y\n> z\n#")
@example("a\n\n[b\nc]: d")
def test_a_block_is_paragraphs_with_their_lines(text: str) -> None:
    assert set(skeleton(markdown_block(text))) <= QUOTED
    shown = words(markdown_block(text).replace("\n>   \n", "\n>\n"))
    assert shown.replace("\n", "") == "".join(lines_of(text))
    assert not unsafe(markdown_block(text))


def test_a_block_keeps_its_line_breaks() -> None:
    assert markdown_block("one\n\n  two*") == "> one  \n>   \n> two\\*"
    assert skeleton(markdown_block("one\ntwo")).count("hardbreak") == 1


def test_the_parser_would_notice() -> None:
    for text in ("*a*", "a ~~b~~", "<b>", "[a](b)", "`a`", "&lt;"):
        assert (skeleton(text), words(text)) != (skeleton("a"), text)
    assert skeleton("# a") != skeleton("a")


@pytest.mark.parametrize(
    "text",
    [
        "It took 4:56, from 2026-11-29 to 1:02:03.",
        "P(a|b) = 0.5 * (x - y)^2 + z!",
        "snake_case, C#, #12, a < b > c, king − man + woman ≈ queen",
        "about ~5 minutes for $3, AT&T & co, f(x)[0], {y}",
        "see www or http: no link; me @ home",
        "2026 was a year, v1.2-3, e.g. this (that).",
    ],
)
def test_what_is_no_markup_stays_as_it_is(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.example", "https\\://x.example"),
        ("www.x.example", "www\\.x.example"),
        ("me@x.example", "me\\@x.example"),
        (":smile: a:b:", "\\:smile: a\\:b:"),
        ("from $x$ to $$y$$", "from $x\\$ to \\$\\$y\\$\\$"),
        ("1. one", "1\\. one"),
        ("2026. was", "2026\\. was"),
        ("-", "\\-"),
        ("C #", "C \\#"),
        ("[x] done", "\\[x] done"),
    ],
)
def test_what_github_makes_of_it_is_escaped_too(text: str, expected: str) -> None:
    assert markdown(text) == expected
