"""Sentences against words in no order, and sentences that are apart from the subject."""

from __future__ import annotations

import pytest

from interviewer.grading.offline.phrasing.sense import SenseModel, apart

MODEL = SenseModel(
    offset=-0.5,
    common=frozenset({"the", "of", "is"}),
    grams={"of the": -1.0, "the of": 2.0, "of of": 1.5},
)
SUBJECT = frozenset({"order", "word", "bag"})
SMALL = frozenset("that is not so i take it back the a of different".split())


def test_words_that_are_not_common_stand_by_their_ending() -> None:
    said = "The order of the words, is lost: 512 generalisations, used as-is."
    assert " ".join(MODEL.skeleton(said)) == "the ~er of the ~s is ~ # ~s ~ ~ is"


@pytest.mark.parametrize(
    ("text", "odds"),
    [
        # Offset -0.5 and "of the" -1; "the of" 2 and "of of" 1.5 in place of it.
        ("The order of the words is lost.", -1.5),
        ("lost the of of words is order", 3.0),
        ("order words lost", 0.0),
        ("", 0.0),
    ],
)
def test_small_words_tell_whether_there_is_an_order(text: str, odds: float) -> None:
    assert MODEL.senseless(text) == pytest.approx(odds)


def test_it_is_bounded() -> None:
    wild = MODEL.model_copy(update={"offset": 90.0})
    assert wild.senseless("one two three four five six") == 5.0


def test_what_has_nothing_to_do_with_the_subject_is_apart() -> None:
    text = "Word order is lost. Bees can see ultraviolet light."
    assert [s.text for s in apart(text, SUBJECT, SMALL)] == ["Bees can see ultraviolet light"]


@pytest.mark.parametrize(
    "text",
    [
        "Word order is lost. I take that back.",
        "Word order is lost. Scrap that entire explanation.",
        "Word order is lost. That is so of a different bag.",
        "Bees can see ultraviolet light.",
        "Bees can see ultraviolet light. Two plus two equals four.",
    ],
    ids=[
        "a retraction",
        "one in other words",
        "a word of the subject",
        "nothing else",
        "nothing of the subject at all",
    ],
)
def test_what_may_turn_another_sentence_round_or_is_all_there_is_stays(text: str) -> None:
    assert apart(text, SUBJECT, SMALL) == []
