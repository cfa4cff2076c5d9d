"""Whether a layer is used: cross-validation by question decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from learn_parts import BANK, conclude, heard, strict, taught

from interviewer.grading.offline import layer
from interviewer.grading.offline.layer import Gain, LayerInUse
from interviewer.learning import learning, lessons
from interviewer.learning.learning import Learned, why_not
from interviewer.learning.lessons import Taught


def learn(answers: list[Taught]) -> Learned:
    return learning.learn(BANK, answers, conclude, weights="w", embedder="e")


def test_a_grader_that_is_too_strict_is_helped() -> None:
    found = learn(strict())
    assert found.why == ""
    assert found.layer is not None
    # before: nothing is met, so that kappa is 0 and half of the answers pass wrongly
    gain = found.gains["kappa"]
    assert (gain.before, gain.after) == (0.0, 1.0)
    assert found.gains["accuracy"].before == 0.5
    made = found.layer
    assert (made.answers, made.questions, made.bank) == (48, 12, BANK.id)
    assert made.criteria == layer.criteria_digest(BANK)
    # and so is an answer that it never saw
    (now,) = LayerInUse(made).moved(heard(3, 0.3))
    (wrong,) = LayerInUse(made).moved(heard(3, 0.05))
    assert now[0] > 0.5 > wrong[0]


def test_a_grader_that_is_right_is_left_alone() -> None:
    right = [
        taught(f"{n}-{at}", n, 0.1 if at % 2 else 0.9, "unmet" if at % 2 else "met")
        for n in range(1, 13)
        for at in range(4)
    ]
    found = learn(right)
    assert found.layer is not None
    assert found.why == "cross-validation does not show that it helps"


def test_answers_settled_by_a_coin_teach_nothing() -> None:
    coin = [
        taught(f"{n}-{at}", n, 0.3, "met" if (n * 7 + at * 5) % 3 == 0 else "unmet")
        for n in range(1, 13)
        for at in range(4)
    ]
    assert learn(coin).why != ""


@pytest.mark.parametrize("answers", [strict()[:9], strict(8)[:16], []])
def test_too_few_answers_or_questions_teach_nothing(answers: list[Taught]) -> None:
    found = learn(answers)
    assert found.layer is None
    assert found.why == "it takes 10 settled answers to 3 questions at least"


def test_what_people_said_of_a_question_is_not_fitted_to_when_it_is_graded() -> None:
    found = lessons.lessons(strict())
    lied = [
        replace(one, truth=(1.0 - (one.truth[0] or 0.0),)) if one.question == 1 else one
        for one in found
    ]
    honest, other = (learning.cross_validated(these, conclude) for these in (found, lied))
    assert honest[:4] == other[:4]
    # whereas all weights together would notice
    assert lessons.weights_of(found) != lessons.weights_of(lied)


def gain(difference: float, interval: tuple[float, float] | None) -> Gain:
    return Gain(before=0.5, after=0.5 + difference, difference=difference, interval=interval)


@pytest.mark.parametrize(
    ("kappa", "passed", "used"),
    [
        (gain(0.1, (0.05, 0.15)), gain(0.0, None), True),
        (gain(0.1, (-0.01, 0.2)), gain(0.1, (0.05, 0.2)), True),
        (gain(0.1, (-0.01, 0.2)), gain(0.1, (0.0, 0.2)), False),
        (gain(0.1, None), gain(0.1, None), False),
        (gain(0.1, (0.05, 0.15)), gain(-0.01, (-0.1, 0.1)), False),
        (gain(-0.01, (-0.1, 0.1)), gain(0.1, (0.05, 0.15)), False),
        (Gain(before=None, after=None, difference=None, interval=None),
         gain(0.1, (0.05, 0.15)), True),
    ],
)  # fmt: skip
def test_one_must_be_higher_beyond_doubt_and_neither_lower(
    kappa: Gain, passed: Gain, used: bool
) -> None:
    assert (why_not({"kappa": kappa, "accuracy": passed}) == "") is used
