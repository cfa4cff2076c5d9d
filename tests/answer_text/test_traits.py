"""What an answer's text is like."""

from __future__ import annotations

import pytest
from samples import question

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content


def general_to(asked: str, answer: str) -> bool:
    one = question(1)
    wanted = [c.statement for c in one.criteria]
    return traits.is_general(answer, asked, wanted=wanted, prompt=one.prompt)


def test_initials_stand_for_their_words() -> None:
    statement = "The model is pretrained with next sentence prediction."
    assert traits.spelled_out("MLM and NSP", statement) == {*content("next sentence prediction")}
    assert traits.spelled_out("masked words, IDF", statement) == set()
    # 3 of the 5 words (model, pretrained, next, sentence, predict)
    assert traits.touched(
        "NSP, of course", statement, prompt="Why is the sky blue?"
    ) == pytest.approx(3 / 5)


@pytest.mark.parametrize(
    ("answer", "general"),
    [
        ("Well, the function ranks, and in practice people find that it works well.", True),
        ("The function ranks by how often a term is in the document, over its length.", False),
        ("It leverages a robust and powerful approach that handles various complex aspects.", True),
        ("It is the first, the big one, since that was measured over the whole winter.", False),
        ("A robust, powerful, scalable approach.", False),
    ],
)
def test_words_that_fit_anything_make_a_general_answer(answer: str, general: bool) -> None:
    assert general_to("Which function ranks?", answer) is general


@pytest.mark.parametrize(
    ("text", "back", "both", "fault"),
    [
        ("No, wait: it grows.", True, False, False),
        ("It shrinks. Correction: it grows.", True, False, False),
        ("Adam adds a bias correction for the first steps.", False, False, False),
        ("I mean, the gradient gets small.", False, False, False),
        ("I meant what I said: it is sorted.", False, False, False),
        ("It grows, or maybe it shrinks.", False, True, False),
        ("Either it grows or it shrinks, I forget.", False, True, False),
        ("A transaction either commits or is rolled back.", False, False, False),
        ("A correlation could be positive or negative.", False, False, False),
        ("What does it avoid, and what goes wrong?", False, False, True),
        ("And without an index, how is the row found?", False, False, False),
        ("What limits how deep it can get?", False, False, False),
    ],
)
def test_words_of_a_field_are_no_talk(text: str, back: bool, both: bool, fault: bool) -> None:
    assert traits.takes_back(text) is back
    assert traits.both_ways(text) is both
    assert traits.asks_for_a_fault(text) is fault


def test_vague_words_that_were_asked_for_are_none() -> None:
    asked = "How does the process handle writes in such a system, and which methods?"
    answer = (
        "The process of the process writes pages to a system journal before the system commits."
    )
    assert not general_to(asked, answer)
