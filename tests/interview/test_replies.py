"""What a typed line means before anybody grades it."""

from __future__ import annotations

import ast
import re

import pytest
from house_parts import ROOT
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


def phrases() -> list[str]:
    """Every text in the code of the interview that is a sentence; regular expressions are none."""
    texts = []
    for path in sorted((ROOT / "interview").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        texts += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
        ]
    return [text for text in texts if re.match(r"[ A-Z“'/]", text) and " " in text.strip()]


def test_a_command_that_the_interviewer_names_is_one() -> None:
    named = {name for text in phrases() for name in re.findall(r"(?<![\w/.])/([a-z]+)", text)}
    assert {"pause", "dispute", "help", "skip"} <= named
    assert named <= set(replies.COMMANDS)


def test_who_speaks_of_a_pause_names_the_command_for_it() -> None:
    spoken = [text for text in phrases() if re.search(r"\b(?:pause|stop|quit)\b", text)]
    assert spoken
    for text in spoken:
        assert re.findall(r"/[a-z]+", text) in ([], ["/pause"]), text
        assert "/pause" in text or not re.search(r"\b(?:you|we) can\b", text, re.IGNORECASE), text
