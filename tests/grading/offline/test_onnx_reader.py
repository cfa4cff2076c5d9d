"""The shipped reader of claims: what holds of any text, and what it must hear."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewer.grading.offline.onnx_reader import CLAIMS, OnnxClaimReader, answer_passages
from interviewer.specs import embedders

ASKED = "What are the limitations of bag of words?"
CLAIM = "Word order is lost."


@cache
def reader() -> OnnxClaimReader:
    return OnnxClaimReader(embedders.weights_folder(), embedders.word_table())


def asserted(answer: str, claim: str = CLAIM, put: str = "") -> float:
    return reader().read(ASKED, put, [claim], answer)[0].asserted


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("Word order is lost.", "It is false that word order is lost."),
        ("It loses the order.", "I do not know whether it loses the order."),
        ("It loses the order.", "Two plus two equals four."),
    ],
)
def test_an_assertion_is_heard_above_what_only_looks_like_one(yes: str, no: str) -> None:
    assert asserted(yes) > max(0.5, asserted(no) + 0.2)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
@example("")
@example("word \ud800 order")
@example("\U0001f642" * 50)
@example("order " * 900)
def test_any_text_gets_probabilities_and_words_that_lie_in_it(text: str) -> None:
    both = reader().read(ASKED, text[:50], [CLAIM, text[:80] or "x"], text)
    for found in both:
        total = found.absent + found.half + found.asserted + found.contradicted
        assert total == pytest.approx(1.0, abs=1e-4)
        for start, end, weight in found.words:
            assert 0 <= start <= end <= len(text)
            assert 0.0 <= weight <= 1.0


def test_lone_surrogates_are_read_as_replacement_characters() -> None:
    assert asserted("word \ud800 order is lost") == asserted("word \ufffd order is lost")


def test_more_claims_than_fit_are_read_in_groups() -> None:
    long = "Word order is lost because only the counts of the words are kept. " * 2
    claims = [f"{long} {n}" for n in range(16)]
    assert sum(len(c.split()) for c in claims) > 2 * CLAIMS
    found = reader().read(ASKED, "", [*claims, CLAIM], "Word order is lost.")
    assert len(found) == len(claims) + 1
    assert reader().read(ASKED, "", [], "Word order is lost.") == []


def test_what_is_said_late_in_a_long_answer_is_heard() -> None:
    rambling = "I once worked on a search engine for old books, and it was slow. " * 30
    assert asserted(rambling) < 0.5 < asserted(f"{rambling} And word order is lost.")


@given(
    st.lists(
        st.sampled_from(["one two three.", "word", "and so on,", "\n", "x" * 30]), max_size=300
    )
)
def test_passages_leave_no_word_out(parts: list[str]) -> None:
    text = " ".join(parts)
    kept = [False] * len(text)
    for passage in answer_passages(text):
        assert text[passage.start : passage.end] == passage.text
        kept[passage.start : passage.end] = [True] * len(passage)
    assert not [c for c, inside in zip(text, kept, strict=True) if c.isalnum() and not inside]
