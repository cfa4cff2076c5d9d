"""Which words of an answer are shown as what carried a point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.telling.quotations import presentable

CLAIM = "The task is too easy to teach the model much."


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("The task is too easy", "The task is too easy"),
        ("The task is too easy, actually, hmm, before that", "The task is too easy"),
        ("so the task is too easy and", "the task is too easy"),
        ("um, the task is too easy, I think, and then you look at some other things", "the task is too easy"),
        ("it is hard, no wait, the task is too easy", "the task is too easy"),
        ("The task is too easy, sorry", ""),
        ("easy", ""),
        ("BM25", "BM25"),
        ("hmm", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_was_broken_off_or_filled_in_is_not_shown(words: str, shown: str) -> None:
    assert presentable(words, CLAIM) == shown


@pytest.mark.parametrize(
    ("after", "is_shown"),
    [
        (", sorry, I swapped them", False),
        ("... no wait, the other one", False),
        (" and so on", True),
    ],
)
def test_what_is_taken_back_right_after_is_not_shown(after: str, is_shown: bool) -> None:
    assert bool(presentable("The task is too easy", CLAIM, after)) is is_shown


@given(st.text(), st.text())
def test_what_is_shown_stands_in_the_words(words: str, after: str) -> None:
    assert presentable(words, CLAIM, after) in words
