"""From readings to levels and the chance of passing."""

from __future__ import annotations

import pytest
from samples import question

from interviewer.grading.chances import logistic, logit
from interviewer.grading.offline import deciding
from interviewer.grading.offline.deciding import Beside, Decision, Headed
from interviewer.grading.offline.encoders import ClaimReading

PLAIN = Decision()


def test_calibration_moves_the_odds_and_shares_out_the_rest() -> None:
    # asserted 0.5 has log odds 0; 2 * 0 + 1 = 1; half is 0.2 of the other 0.5
    reading = ClaimReading(0.2, 0.2, 0.5, 0.1)
    yes, half = deciding.calibrated(reading, Decision(slope=2.0, offset=1.0))
    assert yes == pytest.approx(logistic(1.0))
    assert half == pytest.approx((1 - logistic(1.0)) * 0.4)
    assert deciding.calibrated(ClaimReading(0.0, 0.0, 1.0, 0.0), PLAIN)[1] == 0.0


def test_a_claim_with_a_head_is_weighed_by_weights_of_its_own() -> None:
    reading = ClaimReading(0.5, 0.0, 0.5, 0.0)
    headed = Headed(asserted=1.0, contradicted=0.0, absent=-1.0, head=0.5, offset=0.25)
    # log odds of 0.5 are 0: 0 - 0 + 0.5 * 3 + 0.25
    yes, _ = deciding.calibrated(reading, Decision(headed=headed), Beside(head=3.0))
    assert yes == pytest.approx(logistic(1.75))


@pytest.mark.parametrize(
    ("yes", "half", "level"),
    [(0.6, 0.0, "met"), (0.5, 0.2, "met"), (0.2, 0.2, "partial"), (0.2, 0.1, "unmet")],
)
def test_levels_follow_from_expected_credit(yes: float, half: float, level: str) -> None:
    # 0.6; 0.5 + 0.1; 0.2 + 0.1 = 0.3; 0.2 + 0.05
    assert deciding.level_of(yes, half, PLAIN) == level


def test_similarity_counts_as_much_as_was_fitted() -> None:
    asked = question(weights={"a": 1.0})
    decision = Decision(passing_slope=0.5, passing_offset=-1.0, similarity=2.0)
    # met with 0.8: chance 0.8; 0.5 * logit(0.8) - 1 + 2 * 0.3
    found = deciding.passing(asked, [(0.8, 0.0)], [], 0.3, decision)
    assert found == pytest.approx(logistic(0.5 * logit(0.8) - 1.0 + 0.6))
    without = deciding.passing(asked, [(0.8, 0.0)], [], None, decision)
    assert without == pytest.approx(logistic(0.5 * logit(0.8) - 1.0))
