"""What a typed line means before anybody grades it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview import replies


@pytest.mark.parametrize(
    "name", ["repeat", "hint", "skip", "undo", "why", "dispute", "pause", "quit", "help"]
)
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


@given(st.text(max_size=200))
def test_any_text_has_a_meaning(text: str) -> None:
    name = replies.command(text)
    assert name is None or name.isalpha()
