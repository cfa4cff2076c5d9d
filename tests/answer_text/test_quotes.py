"""Quotes found in an answer whatever dashes, ligatures and forms of letters stand in either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.answer_text import quotes

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"


@given(st.sampled_from(DASHES), st.sampled_from(DASHES))
def test_one_kind_of_dash_on_both_sides(said: str, quoted: str) -> None:
    answer = f"It is well{said}known: x {said} y."
    for quote in (f"well{quoted}known", f"x {quoted} y"):
        found = quotes.find(quote, answer)
        assert found is not None
        assert found.of(answer).replace(said, quoted) == quote


@pytest.mark.parametrize(
    ("quote", "answer", "words"),
    [
        ("efficient", "an e\ufb03cient way", "e\ufb03cient"),
        ("e\ufb03cient", "an efficient way", "efficient"),
        ("x2 \uff0b 1", "is x\u00b2 + 1 there", "x\u00b2 + 1"),
        ("\uff34he loss", "the loss falls", "the loss"),
    ],
)
def test_forms_that_are_compatible_are_the_same(quote: str, answer: str, words: str) -> None:
    found = quotes.find(quote, answer)
    assert found is not None
    assert found.of(answer) == words


@pytest.mark.parametrize(
    ("quote", "answer"),
    [("wellknown", "well-known"), ("cafe", "the café"), ("ef", "an e\ufb03cient way")],
)
def test_other_words_are_not(quote: str, answer: str) -> None:
    assert quotes.find(quote, answer) is None
