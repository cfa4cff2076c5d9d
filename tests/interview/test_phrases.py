"""Which of the candidate's words are taken up in speech."""

from __future__ import annotations

import pytest
from samples import question

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Criterion
from interviewer.interview.telling.phrases import spoken

CLAIM = (
    "One part is sparse retrieval such as BM25, fitted by squared error; a narrow cone with fewer"
    " effective dimensions, where a query and a positive passage of the training data match."
)
ASKED = question(
    1, prompt="What is in it?", criteria=(Criterion(id="one", statement=CLAIM),), probes=()
)


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ("Squared error between them.", ""),  # "them"
        ("Squared error.", "squared error"),
        ("You have sparse retrieval, BM25", "BM25"),
        ("I take BM25", ""),
        ("effective dimension is small", ""),
        ("effective dimensions shrink", ""),
        ("so the query matches a passage", ""),
        ("a query and a positive passage", "positive passage"),
        ("narrow cone", "narrow cone"),
        ("passage trained on data", ""),
        ("sparse", ""),  # one word that is no name
        ("narrow banana", ""),  # no word of the bank
        ("sparse retrieval of the query of the passage of data", ""),  # too long
        ("what we call BM25 retrieval", ""),
    ],
)
def test_a_short_noun_phrase_is_taken_up_and_nothing_else(answer: str, taken: str) -> None:
    assert spoken(answer, Evidence(start=0, end=len(answer)), CLAIM, ASKED) == taken


def test_without_known_words_nothing_is_taken_up() -> None:
    assert spoken("BM25", None, CLAIM, ASKED) == ""


def test_words_that_do_not_carry_the_claim_are_not_taken_up() -> None:
    answer = "BM25 retrieval"
    assert spoken(answer, Evidence(start=0, end=len(answer)), "It is a narrow cone.", ASKED) == ""
