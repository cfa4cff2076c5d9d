"""How a text stands to a claim whose words it uses."""

from __future__ import annotations

import math

import pytest

from interviewer.grading.offline.phrasing.stance import (
    NEUTRAL,
    StanceModel,
    ngrams,
    sentence_of,
    sentences_of,
)

CLAIM = "A lower temperature makes the distribution sharper."
MODEL = StanceModel(
    offset=-1.0,
    known=frozenset({"it", "is", "false", "that", "true", "do", "not", "know", "whether", "no"}),
    grams={"false that §": 3.0, "whether §": 2.5, "§ $": -0.5, "$ no": 4.0},
    opposites={"higher": frozenset({"lower"}), "flatter": frozenset({"sharper"})},
)


def stance(text: str, *wordings: str):
    return MODEL.stance(sentences_of(text), [sentence_of(w) for w in (CLAIM, *wordings)])


def test_the_frame_is_what_is_left_beside_the_claim() -> None:
    # Offset -1, "false that §" 3, "§ $" -0.5; then "whether §" 2.5 for it; then neither.
    assert stance(f"It is false that {CLAIM[0].lower()}{CLAIM[1:]}").against == 1.5
    assert stance(f"I do not know whether {CLAIM[0].lower()}{CLAIM[1:]}").against == 1.0
    assert stance(CLAIM).against == -1.5


def test_a_short_sentence_after_it_is_part_of_the_frame() -> None:
    # Offset -1, "§ $" -0.5, "$ no" 4.
    assert stance(f"{CLAIM} No.").against == 2.5
    far = f"{CLAIM} Something else that has nothing at all to do with it and is quite long, no."
    assert stance(far).against == -1.5


@pytest.mark.parametrize(
    ("text", "opposed", "renumbered", "crossed"),
    [
        (CLAIM, 0, 0, 0),
        ("A higher temperature makes the distribution sharper.", 1, 0, 0),
        ("A higher temperature makes the distribution flatter.", 2, 0, 0),
        ("A distribution makes the lower temperature sharper.", 0, 0, 2),
    ],
)
def test_what_stands_in_place_of_its_words(
    text: str, opposed: int, renumbered: int, crossed: int
) -> None:
    found = stance(text)
    assert (found.opposed, found.renumbered, found.crossed) == (opposed, renumbered, crossed)


def test_another_number_in_the_same_place() -> None:
    said = sentences_of("Of the tokens 25% are masked.")
    found = MODEL.stance(said, [sentence_of("Of the tokens 15% are masked.")])
    assert found.renumbered == 1


def test_the_nearest_wording_is_what_it_is_held_against() -> None:
    text = "A higher temperature flattens it."
    assert stance(text, "A higher temperature flattens it.").opposed == 0


@pytest.mark.parametrize("text", ["", "   ", "?!", "Two plus two equals four.", "\x00\ud800"])
def test_where_no_word_is_shared_it_is_neutral(text: str) -> None:
    assert stance(text) == NEUTRAL


def test_long_texts_are_bounded() -> None:
    found = stance(f"{CLAIM[:-1]} {'and more of it ' * 20_000}. {CLAIM} " * 3)
    assert math.isfinite(found.against)


def test_runs_of_up_to_three_tokens() -> None:
    assert set(ngrams(["a", "b", "c"])) == {"a", "b", "c", "a b", "b c", "a b c"}


def test_a_point_inside_a_sentence_does_not_end_it() -> None:
    found = sentences_of("It is false that it is 0.1 or e.g. less. So what?\nYes")
    assert [s.written[0] for s in found] == ["it", "so", "yes"]
    assert {"false", "less"} <= set(found[0].written)
