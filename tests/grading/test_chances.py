"""Log odds, and the chance that a score reaches one half."""

import pytest
import samples

from interviewer.grading import scoring
from interviewer.grading.chances import chance_of_half, logistic, logit, passing_of
from interviewer.grading.grades import Ungraded, Verdict


@pytest.mark.parametrize("p", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_logit_undoes_logistic(p):
    assert logistic(logit(p)) == pytest.approx(p)


def test_logistic_stands_extremes():
    assert 0 < logistic(-1e6) < 1e-20
    assert logistic(1e6) == pytest.approx(1.0)


def test_the_probability_of_passing():
    question = samples.question(
        weights={"heavy": 2.0, "light": 1.0}, misconceptions=[("wrong", 0.25)]
    )
    # two criteria of weights 2 and 1, a misconception that costs 0.25; pass from 0.5 on.
    # 2/3 alone passes unless the wrong claim is made: 0.667 - 0.25 = 0.417 fails;
    # both: 1 - 0.25 passes; 1/3 alone never passes.
    # p = 0.6, 0.5, wrong 0.2: both 0.3 + heavy alone and no wrong claim 0.6 * 0.5 * 0.8 = 0.24
    sure = [(0.6, 0.0), (0.5, 0.0)]
    assert chance_of_half(question, sure, [0.2]) == pytest.approx(0.54, abs=0.005)


def test_half_a_point_counts_for_half():
    question = samples.question(weights={"a": 1.0, "b": 1.0})
    # a is half met for sure (0.25); b met 0.3 (0.75 passes), half met 0.5 (0.5 passes), else 0.25
    assert chance_of_half(question, [(0.0, 1.0), (0.3, 0.5)], []) == pytest.approx(0.8)


def test_verdicts_give_a_chance_unless_one_is_missing():
    question = samples.question(weights={"a": 1.0, "b": 1.0})
    sure = {
        name: Verdict(criterion=name, level=level, credit=0.0, confidence=0.9)
        for name, level in (("a", "met"), ("b", "unmet"))
    }
    # met 0.9 and 0.1; one of two is half: 1 - 0.1 * 0.9 = 0.91
    assert passing_of(question, sure) == pytest.approx(0.91)
    assert passing_of(question, sure | {"b": Ungraded(criterion="b", cause="timeout")}) is None
    assert passing_of(question, {"a": sure["a"]}) is None


@pytest.mark.parametrize(
    ("chance", "score", "told"),
    [(0.3, 0.5, 0.5), (0.8, 0.5, 0.8), (0.7, 0.49, 0.499), (0.1, 0.0, 0.1), (0.7, None, 0.7)],
)
def test_the_chance_lies_on_the_side_of_the_score(chance, score, told):
    assert scoring.sided(chance, score) == told


def test_of_a_group_the_best_count():
    question = samples.question(
        weights={"heart": 1.0, "a": 1.0, "b": 1.0, "c": 1.0},
        groups=({"of": ("a", "b", "c"), "enough": 1},),
    )
    # heart and the best of the group earn one half each. Half of the group's credit is 1/4 in all.
    # Nothing of the heart: passes where at least one of three is met: 1 - 0.5 * 0.6 * 0.8 = 0.76.
    members = [(0.5, 0.0), (0.4, 0.0), (0.2, 0.0)]
    assert chance_of_half(question, [(0.0, 0.0), *members], []) == pytest.approx(0.76)
    # Half of the heart, surely (1/4), and half of one (1/4) or more: 1 - 0.7 * 1 * 1 = 0.3.
    assert chance_of_half(
        question, [(0.0, 1.0), (0.1, 0.2), (0.0, 0.0), (0.0, 0.0)], []
    ) == pytest.approx(0.3)
    # Two of three needed: of three, each met with 1/2: 3/8 + 1/8 = 1/2 for both, 3/8 for one.
    two = samples.question(
        weights=dict.fromkeys("abc", 1.0), groups=({"of": tuple("abc"), "enough": 2},)
    )
    assert chance_of_half(two, [(0.5, 0.0)] * 3, []) == pytest.approx(7 / 8)
