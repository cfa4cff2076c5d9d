"""What is taken back in mid-speech."""

from __future__ import annotations

import pytest
from hostile import HOSTILE
from hypothesis import given

from interviewer.answer_text.repairs import repaired, withdrawn

REPAIRED = [
    ("An upper bound, I mean a lower bound on it.", "a lower bound on it."),
    ("It makes it flatter, hang on, other way round, it makes it sharper.", "It makes it sharper."),
    ("Four billion, sorry, four hundred million.", "four hundred million."),
    ("tf times log of df over N. No, N over df.", "tf times log of df over N over df."),
    ("King minus woman plus man, no, minus man plus woman.", "King minus man plus woman."),
    ("It drops the newest, no, the oldest one.", "It drops the oldest one."),
    ("Exact is log N, no, scratch that, exact is N times d.", "exact is N times d."),
    ("More gives more bias, wait no, the other way round: less bias.", "More gives less bias."),
    ("First you tune everything, no wait, only the projector.", "only the projector."),
    ("They are for reading, no, scratch that, for writing.", "They are for writing."),
    ("An upper bound – no – a lower bound.", "a lower bound."),
]  # fmt: skip
AS_IT_IS = [
    "There is no order, no grammar, no syntax.",
    "Mutual exclusion, hold-and-wait, no preemption.",
    "It needs no labels, no, really none.",
    "They share the kitchen, I mean call stack.",
    "You hear it is an SVD. No, it's SGD.",
    "Then it is a sigmoid, no, that was the other model.",
    "Sorry, I do not know.",
    "",
]


@pytest.mark.parametrize(("said", "meant"), REPAIRED)
def test_what_is_taken_back_goes_and_the_rest_keeps_its_place(said: str, meant: str) -> None:
    blanked = repaired(said)
    assert len(blanked) == len(said)
    assert " ".join(blanked.split()).casefold() == meant.casefold()


@pytest.mark.parametrize("said", AS_IT_IS)
def test_what_only_looks_like_it_stays(said: str) -> None:
    assert repaired(said) == said


@given(HOSTILE)
def test_any_text_has_spans_in_order_inside_it(text: str) -> None:
    ends = 0
    for span in withdrawn(text):
        assert ends <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        ends = span.end
