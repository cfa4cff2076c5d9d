"""From readings to levels and the chance of passing."""

from __future__ import annotations

import math

import pytest
from samples import question

from interviewer.grading.chances import logistic, logit
from interviewer.grading.offline import deciding
from interviewer.grading.offline.deciding import Beside, Decision, Straight
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.exemplars import Nearness
from interviewer.grading.offline.trees import Forest, Tree

PLAIN = Decision()


def stump(feature: str, low: float, high: float) -> Forest:
    """Log odds of `low` up to a value of 0.5 of that feature, of `high` above."""
    tree = Tree(feature=(0,), threshold=(0.5,), left=(-1,), right=(-2,), leaf=(low, high))
    return Forest(features=(feature,), trees=(tree,))


def test_without_trees_the_reader_is_taken_at_its_word() -> None:
    assert deciding.calibrated(ClaimReading(0.2, 0.2, 0.5, 0.1), PLAIN) == (0.5, 0.2)


def test_trees_move_the_odds_and_the_rest_is_shared_out() -> None:
    # asserted 0.5 has log odds 0, so the left leaf; half is 0.2 of the other 0.5
    decision = Decision(plain=stump("asserted", 1.0, 2.0))
    yes, half = deciding.calibrated(ClaimReading(0.2, 0.2, 0.5, 0.1), decision)
    assert yes == pytest.approx(logistic(1.0))
    assert half == pytest.approx((1 - logistic(1.0)) * 0.4)
    assert deciding.calibrated(ClaimReading(0.0, 0.0, 1.0, 0.0), decision)[1] == 0.0


@pytest.mark.parametrize(
    ("feature", "beside", "wrong", "odds"),
    [
        ("head", Beside(head=3.0), False, 2.0),
        ("head", Beside(head=-3.0), False, -1.0),
        ("shared_accept", Beside(Nearness(shared_accept=0.6), head=0.0), False, 2.0),
        ("near_reject", Beside(Nearness(near_reject=0.4), head=0.0), False, -1.0),
        ("wrong", Beside(head=0.0), True, 2.0),
    ],
)
def test_a_claim_with_a_head_has_trees_of_its_own(
    feature: str, beside: Beside, wrong: bool, odds: float
) -> None:
    decision = Decision(headed=stump(feature, -1.0, 2.0))
    yes, _ = deciding.calibrated(ClaimReading(1.0, 0.0, 0.0, 0.0), decision, beside, wrong=wrong)
    assert yes == pytest.approx(logistic(odds))


def test_a_level_is_as_sure_as_its_line_says() -> None:
    line = Straight(slope=2.0, offset=-1.0)
    decision = Decision(sure={"met": line}, plain_sure={"unmet": line})
    # logit(0.8) = ln 4, so logistic(2 ln 4 - 1) = 16 / (16 + e) = 0.855
    met = deciding.sureness("met", 0.8, 0.0, decision, headed=True)
    assert met == pytest.approx(16 / (16 + math.e))
    # 1 - 0.1 - 0.1 = 0.8
    unmet = deciding.sureness("unmet", 0.1, 0.1, decision)
    assert unmet == pytest.approx(16 / (16 + math.e))


def test_a_level_that_was_chosen_is_never_less_sure_than_one_of_three() -> None:
    decision = Decision(plain_sure={"met": Straight(slope=1.0, offset=-9.0)})
    assert deciding.sureness("met", 0.4, 0.3, decision) == pytest.approx(1 / 3)


def test_without_a_line_a_level_is_as_sure_as_its_chance() -> None:
    assert deciding.sureness("met", 0.8, 0.1, PLAIN, headed=True) == 0.8
    assert deciding.sureness("unmet", 0.25, 0.25, PLAIN) == 0.5
    assert deciding.sureness("partial", 0.2, 0.3, PLAIN) == 0.5
    assert deciding.sureness("partial", 0.2, 0.6, PLAIN) == 0.6


@pytest.mark.parametrize(
    ("yes", "half", "level"),
    [(0.6, 0.0, "met"), (0.5, 0.2, "met"), (0.2, 0.2, "partial"), (0.2, 0.1, "unmet")],
)
def test_levels_follow_from_expected_credit(yes: float, half: float, level: str) -> None:
    # 0.6; 0.5 + 0.1; 0.2 + 0.1 = 0.3; 0.2 + 0.05
    assert deciding.level_of(yes, half, PLAIN) == level


def test_a_claim_with_a_head_has_thresholds_of_its_own() -> None:
    decision = Decision(met=0.4, partial=0.2, plain_met=0.8, plain_partial=0.6)
    assert deciding.level_of(0.5, 0.0, decision, headed=True) == "met"
    assert deciding.level_of(0.5, 0.0, decision) == "unmet"


def test_similarity_counts_as_much_as_was_fitted() -> None:
    asked = question(weights={"a": 1.0})
    decision = Decision(passing_slope=0.5, passing_offset=-1.0, similarity=2.0)
    # met with 0.8: chance 0.8; 0.5 * logit(0.8) - 1 + 2 * 0.3
    found = deciding.passing(asked, [(0.8, 0.0)], [], 0.3, decision)
    assert found == pytest.approx(logistic(0.5 * logit(0.8) - 1.0 + 0.6))
    without = deciding.passing(asked, [(0.8, 0.0)], [], None, decision)
    assert without == pytest.approx(logistic(0.5 * logit(0.8) - 1.0))
