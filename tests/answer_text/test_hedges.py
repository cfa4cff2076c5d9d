"""What an answer says once its hedges are out of the way."""

from __future__ import annotations

import pytest
from hostile import HOSTILE
from hypothesis import given

from interviewer.answer_text.hedges import assent_asked, is_reported, unhedged

PLAIN = "the rare words count more"
HEDGED = [
    "I think the rare words count more.",
    "Maybe the rare words count more?",
    "hmm, probably the rare words count more",
    "I'm not sure, but the rare words count more I guess.",
    "I don't know, maybe the rare words count more?",
    "If I remember correctly, the rare words count more.",
    "the rare words count more, is that the idea?",
    "the rare words count more, right?",
    "The rare words count more, or am I wrong?",
    "the rare words count more. Is that right?",
    "the rare words count more, or something like that",
    "Is it that the rare words count more?",
    "so I'd say the rare words probably count more, no?",
    "I’d guess that the rare words count more, if that makes sense.",
]
AS_IT_IS = [
    "The rare words count more.",
    "either the rare or the common words, I think",
    "Maybe the order survives, maybe not.",
    "The order survives, right? No, wrong.",
    "You'd think the order survives, but you'd be wrong.",
    "I don't think the order survives",
    "I think so.",
    "I think not.",
    "They think the order survives.",
    "I'm not sure whether it is the log",
    "The order survives, or not?",
    "Is it the left one or the right?",
    "How would you do that?",
    "right?",
    "",
]


@pytest.mark.parametrize("said", HEDGED)
def test_a_hedged_answer_says_what_it_says(said: str) -> None:
    plain = unhedged(said)
    assert len(plain) == len(said)
    kept = " ".join(plain.split()).casefold().strip(" .,")
    for filler in ("hmm, ", "so "):
        kept = kept.removeprefix(filler)
    assert kept == PLAIN


@pytest.mark.parametrize("said", AS_IT_IS)
def test_a_choice_a_denial_and_a_question_stay(said: str) -> None:
    assert unhedged(said) == said


@pytest.mark.parametrize(
    ("said", "check"),
    [
        ("The log, right?", "right"),
        ("It is lost. Is that the idea?", "Is that the idea"),
        ("It is lost, or am I wrong?", "or am I wrong"),
        ("The order survives, doesn't it?", "doesn't it"),
        ("Rare words win, am I on the right track?", "am I on the right track"),
        ("It is lost.", ""),
        ("Is that right?", ""),
        ("Do you want the left or the right?", ""),
    ],
)
def test_what_asks_for_assent(said: str, check: str) -> None:
    assert assent_asked(said) == check


@given(HOSTILE)
def test_every_offset_stays(said: str) -> None:
    plain = unhedged(said)
    assert len(plain) == len(said)
    assert all(new in (old, " ", ".") for old, new in zip(said, plain, strict=True))
    assert assent_asked(said).casefold() in said.replace("’", "'").casefold()


@pytest.mark.parametrize(
    ("said", "reported"),
    [
        ("A friend said that it normalizes the scores, but he mixes such things up.", True),
        ("I heard it once in a talk.", True),
        ("People say the order is lost.", True),
        ("My professor told me that the order is lost.", True),
        ("Hume argues we never perceive necessity. He says it is a habit of mind.", False),
        ("People claim damages when the contract is breached.", False),
        ("In a mixture, an expert is told which tokens it gets.", False),
        ("The order is lost, as I said.", False),
        ("The paper has two losses.", False),
    ],
)
def test_what_others_say_is_told_apart(said: str, reported: bool) -> None:
    assert is_reported(said) is reported
