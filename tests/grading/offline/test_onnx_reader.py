"""The shipped reader of claims: what holds of any text, and what it must hear."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import bank, question

from interviewer.bank.questions import Criterion
from interviewer.grading.claims import probability_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.onnx_reader import (
    CLAIMS,
    PART,
    PARTS,
    OnnxClaimReader,
    answer_passages,
    joined,
)
from interviewer.specs import embedders, graders

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


LONG = (
    "Bag of words loses the order of the words in the sentence entirely. "
    "Its vectors are as long as the vocabulary and nearly all of their entries are zero. "
    "Two words that mean nearly the same share no dimension and are orthogonal to each other. "
    "Rare words take up as much room as frequent ones unless they are weighted by frequency. "
    "A word that was not seen in training has no dimension of its own and is dropped. "
    "The size of the counts depends on how long the document is unless they are normalised. "
    "A negation is counted like any other word, so that its scope is gone. "
)
"""118 tokens, and a claim that has more than 120 is read in parts."""


@pytest.mark.parametrize(
    "claim",
    [
        LONG + "Names of several words fall apart into their words.",
        "Word order is lost. " * 40,
        "one sentence that goes on and on " * 40,
        "語" * 700,
        "Short. " + "x y " * 200 + ". Short.",
        "... " * 200,
    ],
    ids=lambda claim: claim[:24],
)
def test_the_parts_of_a_long_claim_leave_no_token_out(claim: str) -> None:
    parts = reader()._parts(claim)
    assert len(parts) > 1
    assert max(map(len, parts)) <= PART
    assert [token for part in parts for token in part] == reader()._ids(claim)
    (found,) = reader().read(ASKED, "", [claim], LONG)
    total = found.absent + found.half + found.asserted + found.contradicted
    assert total == pytest.approx(1.0, abs=1e-4)


def test_a_claim_without_an_end_is_read_in_so_many_parts() -> None:
    assert len(reader()._parts("Word order is lost. " * 400)) == PARTS


def test_what_a_long_claim_ends_with_is_read() -> None:
    names, zeros = (
        reader().read(ASKED, "", [f"{LONG}{CLAIM} {end}"], "Names of words fall apart.")[0]
        for end in ("Names of several words fall apart into their words.", "It is all zeros.")
    )
    assert names != zeros


def test_the_parts_of_a_claim_are_joined_as_one() -> None:
    said = ClaimReading(0.1, 0.1, 0.7, 0.1, ((0, 2, 0.9), (3, 5, 0.1)))
    left_out = ClaimReading(0.8, 0.1, 0.05, 0.05, ((3, 5, 0.4), (6, 8, 0.2)))
    denied = ClaimReading(0.1, 0.0, 0.1, 0.8)
    # Absent 0.1, asserted 0.05 and contradicted 0.1 leave 0.75 for half of it being said.
    assert joined([said, left_out]) == ClaimReading(
        0.1, pytest.approx(0.75), 0.05, 0.1, ((0, 2, 0.9), (3, 5, 0.4), (6, 8, 0.2))
    )
    assert joined([said, denied]) == ClaimReading(0.1, 0.0, 0.1, 0.8, said.words)
    assert joined([said]) is said


def test_a_long_claim_is_met_by_who_says_all_of_it_and_not_by_who_says_a_part() -> None:
    statement = f"{LONG}Names of several words fall apart into their words."
    asked = question(prompt=ASKED, criteria=(Criterion(id="all", statement=statement),), probes=[])
    grader = graders.make_grader("offline:unaided", bank([asked]))

    def chance(answer: str) -> float:
        (verdict,) = grader.grade(GradeRequest(asked, answer, asked.prompt)).graded
        return probability_of(verdict)

    assert chance(statement) > 0.4 > 2 * chance(LONG.partition(". ")[0])


def test_what_is_said_late_in_a_long_answer_is_heard() -> None:
    rambling = "I once worked on a search engine for old books, and it was slow. " * 30
    assert asserted(rambling) < 0.1
    assert asserted(f"{rambling} And word order is lost.") > 0.4


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
