"""Whether an answer stops before it has said what it announced."""

from __future__ import annotations

import pytest

from interviewer.answer_text.unfinished import unfinished


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("So, two stages. First you only train the projector.", "second"),
        ("There are two ways: the first one is to freeze it.", "second"),
        ("There are three reasons: one is that it is faster.", "rest"),
        ("I see several problems, firstly the labels cost money.", "rest"),
        ("So basically two phases, in phase one you align the small one.", "second"),
        ("It does that in two steps, first you cluster them.", "second"),
        ("There is the encoder, and then there's", "more"),
        ("The one half clusters. And the rest, hmm", "more"),
        ("Um, let me think about this for a second.", "more"),
        ("Sorry, lost my train of thought.", "more"),
        ("I see several problems. Firstly, the labels cost money.", "rest"),
        ("First, the image goes through the encoder.", "next"),
        ("On the one hand it is cheap.", "other"),
        ("One of them is the masked words.", "other"),
        ("It has two objectives.", "more"),
        ("It scales with the batch because", "more"),
        ("It is cheaper, and", "more"),
        ("It is cheaper, so,", "more"),
        ("The parts are these:", "more"),
        ("It depends on the size...", "more"),
        ("It depends on the size…", "more"),
        ("It is a loss over the, um", "more"),
        ("A loss on pairs. Let me think.", "more"),
        ("Let me think aloud. It is a loss on pairs.", "more"),
        ("Let me think aloud. It helped nothing on the tasks. So it was dropped.", None),
        ("They cluster it. More on that in a second.", "more"),
    ],
)
def test_who_announces_more_and_stops_is_not_through(answer: str, expected: str | None) -> None:
    assert unfinished(answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "...",
        "I think so",
        "First you train the projector, then both.",
        "There are two stages: alignment, then tuning on instructions.",
        "It has two encoders, one for images and one for text.",
        "Two stages. First the projector, and the second one tunes both.",
        "On the one hand it is cheap, on the other it is coarse.",
        "They fail in different ways, that is the main reason.",
        "It was first introduced for translation.",
        "Let me think. It is the temperature.",
        "You would use it for recommenders, for example.",
        "With k equal to one everything is in one group, and it is flat.",
        "It tells you nothing about any one of them, and the rare word counts.",
        "It uses a softmax, and so on.",
        "First, is it about the loss?",
        "It does for sentences what the plain one does not do so well.",
        "One of them is high and one of them is low.",
        "The product is small if one of them is near zero.",
        "Masked words, segments, two losses",
        "Two objectives. One: guess a hidden word. Two: tell whether it is the second.",
    ],
)
def test_who_is_through_is_not_asked_to_go_on(answer: str) -> None:
    assert unfinished(answer) is None
