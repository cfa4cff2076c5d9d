"""What a typed line means before anybody grades it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview import replies


@pytest.mark.parametrize("name", ["repeat", "hint", "skip", "why", "pause", "quit", "help"])
def test_commands(name: str) -> None:
    assert replies.command(f"/{name}") == name
    assert replies.command(f"  /{name.upper()} \n") == name
    assert name in replies.COMMANDS


@pytest.mark.parametrize(
    "line",
    ["", "hint", "/", "//hint", "/hint please", "/usr/bin", "/a1", "a /hint", "/hint\n/skip", "/é"],
)
def test_what_is_no_command(line: str) -> None:
    assert replies.command(line) is None


def test_an_unknown_command_is_not_taken_for_an_answer() -> None:
    assert replies.command("/hnit") == "hnit"
    assert "hnit" not in replies.COMMANDS


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "  \n ",
        "I don't know",
        "I dont know.",
        "i don’t know this one",
        "I do not remember that",
        "um, well, I don't really know, sorry",
        "don't know",
        "no idea",
        "I've got no clue!",
        "idk",
        "Dunno...",
        "pass",
        "I forgot",
        "I have forgotten it",
        "not sure",
        "I'm not sure...",
        "I give up",
        "can't remember",
        "honestly no idea",
        "???",
        "No idea, sorry.",
    ],
)
def test_does_not_know(answer: str) -> None:
    assert replies.says_unknown(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know the name, but it divides by the document frequency",
        "I'm not sure, is it cosine similarity?",
        "nothing is learned, it only counts",
        "pass the hidden state to the decoder",
        "we do not know the labels in advance",
        "No idea why it works but you take the log",
        "it forgets",
        "the model is not sure",
        "um, the softmax",
        "no",
    ],
)
def test_an_answer_that_only_sounds_like_it(answer: str) -> None:
    assert not replies.says_unknown(answer)


def test_a_long_answer_is_never_taken_for_not_knowing() -> None:
    assert not replies.says_unknown("I don't know" + "." * 200)


@pytest.mark.parametrize(
    "piece", ["um ", "um,", " ", ".", "so ", "so", "uh", "sorry ", "i mean ", "don't know "]
)
def test_no_short_line_takes_long(piece: str) -> None:
    begun = time.perf_counter()
    for head in ("", "idk", "um "):
        replies.says_unknown((head + piece * 200)[:115] + "x")
    assert time.perf_counter() - begun < 2.0


@given(st.text(max_size=200))
def test_any_text_has_a_meaning(text: str) -> None:
    name = replies.command(text)
    assert name is None or name.isalpha()
    assert isinstance(replies.says_unknown(text), bool)
