"""What settled answers teach: leave-one-out memory, leans, and weights."""

from __future__ import annotations

import pytest
from learn_parts import strict, taught, unit

from interviewer.grading.offline.layer import NOT_NEAR, SIGNALS
from interviewer.learning import lessons

NEAR, LEAN = SIGNALS.index("near"), SIGNALS.index("lean")
UP, DOWN = unit(1.0, 0.0), unit(0.0, 1.0)


def test_an_answer_is_not_remembered_to_itself() -> None:
    (alone,) = lessons.lessons([taught("a", 1, 0.2, "met", parts=[UP])])
    assert (alone.values[0][NEAR], alone.values[0][LEAN]) == (0.0, 0.0)


def test_the_others_to_the_same_question_are() -> None:
    found = lessons.lessons(
        [
            taught("a", 1, 0.2, "met", parts=[UP]),
            taught("b", 1, 0.2, "unmet", parts=[DOWN]),
            taught("c", 1, 0.5, "met", parts=[UP]),
            taught("d", 2, 0.5, "unmet", parts=[UP]),
        ]
    )
    # "a": the cosine to "c", met, is 1; to "b", unmet, 0, which counts as the floor
    assert found[0].values[0][NEAR] == pytest.approx(1.0 - NOT_NEAR, abs=1e-3)
    # gaps: b 0 - 0.2, c 1 - 0.5; two answers and two more without a gap
    assert found[0].values[0][LEAN] == pytest.approx((-0.2 + 0.5) / 4)
    # "b" is like nothing that met it, and nothing else was unmet
    assert found[1].values[0][NEAR] == pytest.approx(0.0, abs=1e-6)
    # nobody else answered question 2
    assert found[3].values[0][NEAR] == 0.0


def test_half_met_is_near_to_nothing_and_leans_half() -> None:
    found = lessons.lessons(
        [
            taught("a", 1, 0.2, "met", parts=[UP]),
            taught("b", 1, 0.1, "partial", parts=[UP]),
        ]
    )
    assert found[0].values[0][NEAR] == 0.0
    assert found[0].values[0][LEAN] == pytest.approx((0.5 - 0.1) / 3)
    assert found[1].truth == (0.5,)


def test_a_grader_that_is_too_strict_is_moved_up_and_one_that_is_right_hardly() -> None:
    constant = SIGNALS.index("constant")
    assert lessons.weights_of(lessons.lessons(strict())).criterion[constant] > 0.5
    right = [
        taught(f"{n}-{at}", n, 0.02 if at else 0.98, "unmet" if at else "met")
        for n in range(1, 13)
        for at in (0, 1)
    ]
    assert abs(lessons.weights_of(lessons.lessons(right)).criterion[constant]) < 0.1


def test_nothing_settled_is_no_change() -> None:
    weights = lessons.weights_of([])
    assert set(weights.criterion) | set(weights.misconception) == {0.0}
    assert lessons.memory([]) == ()
