"""Which of two things an answer puts on which side."""

from __future__ import annotations

import time

import pytest

from interviewer.grading.offline.phrasing.roles import roles_of, turned_round

LOSS = "SigLIP replaces CLIP's softmax loss with a sigmoid loss."
NET = "Word2Vec is a shallow neural network, not a transformer or a deep network."
SUM = "king − man + woman ≈ queen."
CBOW = "CBOW predicts the center word from its context words."


@pytest.mark.parametrize(
    ("claim", "answer", "turned"),
    [
        (LOSS, "Softmax replaces sigmoid.", True),
        (LOSS, "softmax instead of sigmoid", True),
        (LOSS, "the sigmoid is replaced by a softmax", True),
        (LOSS, "not sigmoid but softmax", True),
        (LOSS, "Sigmoid replaces softmax.", False),
        (LOSS, "softmax gets replaced by a sigmoid per pair", False),
        (LOSS, "instead of the softmax you have a sigmoid per pair", False),
        (LOSS, "It isn't that softmax replaces sigmoid.", False),
        (LOSS, "Softmax replaces sigmoid. No: sigmoid replaces softmax.", False),
        (LOSS, "It replaces pairs with batches.", False),
        (NET, "Deep transformer, not a shallow NN.", True),
        (NET, "a shallow network, not a transformer", False),
        (NET, "shallow, and not deep", False),
        (SUM, "king + man - woman = queen", True),
        (SUM, "King plus man minus woman gives queen", True),
        (SUM, "king-man+woman=queen", False),
        # king - man - queen + woman = 0 has the signs of the claim
        (SUM, "king - man = queen - woman", False),
        (SUM, "queen - woman = king - man", False),
        (SUM, "paris + france - italy = rome", False),
        (CBOW, "CBOW predicts the context from the center, skip-gram the other way.", True),
        (CBOW, "cbow takes the center word and predicts the context", True),
        (CBOW, "CBOW tries to guess the context words given the center word.", True),
        (CBOW, "CBOW takes the context words and predicts the center.", False),
        (CBOW, "Skip-gram predicts the context from the center word.", False),
        (CBOW, "CBOW does not predict the context from the center.", False),
        (
            CBOW,
            "CBOW predicts the context from the center, no, CBOW predicts the center from context.",
            False,
        ),
    ],
)
def test_exchanged_sides_are_told(claim: str, answer: str, turned: bool) -> None:
    assert turned_round([roles_of(claim)], roles_of(answer)) is turned


def test_most_texts_have_no_sides() -> None:
    assert not roles_of("Two retrievers make different mistakes.")
    assert roles_of(SUM)
    assert roles_of(CBOW)


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 20_000,
        "a - " * 20_000 + "= b",
        "not" + " " * 50_000 + "but",
        "x" * 50_000 + " instead of y",
        "replaces with " * 5_000,
        "a=" * 20_000,
        "a predicts b " * 4_000,
        "a takes b and " * 4_000,
        "x" * 50_000 + " predicts y from z",
        "predict " + "y " * 20_000 + "from z",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    roles_of(text)
    assert time.process_time() - begun < 1.0
