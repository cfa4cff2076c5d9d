"""Logistic regression that begins at no change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.learning.layer_fitting import fitted

FREE = np.asarray([-np.inf])


def fit_one(truth: list[float], penalty: float, offset: float = 0.0) -> float:
    rows = np.ones((len(truth), 1))
    start = np.full(len(truth), offset)
    return float(fitted(rows, np.asarray(truth), start, np.asarray([penalty]), FREE)[0])


def test_nothing_to_learn_from_is_no_change() -> None:
    none = fitted(np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.ones(2), np.zeros(2))
    assert none.tolist() == [0.0, 0.0]


def test_what_is_right_already_is_left_alone() -> None:
    # half of them true at log odds 0: the slope at 0 is 2 * 0.5 - 1 = 0
    assert fit_one([1.0, 0.0], 1.0) == pytest.approx(0.0, abs=1e-6)


def test_the_slope_is_nought_where_it_ends() -> None:
    # sum(p - y) + penalty * w = 0 with p = 1 / (1 + exp(-w)): three true of three, penalty 1.5
    w = fit_one([1.0, 1.0, 1.0], 1.5)
    assert 3 * (1 / (1 + np.exp(-w)) - 1) + 1.5 * w == pytest.approx(0.0, abs=1e-6)
    assert w > 0


def test_a_greater_penalty_moves_less_and_more_answers_move_more() -> None:
    assert 0 < fit_one([1.0] * 5, 50.0) < fit_one([1.0] * 5, 4.0) < fit_one([1.0] * 50, 4.0)


def test_a_bound_holds_and_the_others_make_up_for_it() -> None:
    rows = np.asarray([[1.0, 1.0], [-1.0, 1.0]] * 20)
    truth = np.asarray([0.0, 1.0] * 20)  # the first column speaks against what it says
    w = fitted(rows, truth, np.ones(40), np.full(2, 0.1), np.asarray([0.0, -np.inf]))
    assert w[0] == 0.0
    # the constant alone: the mean of p is 0.5, so that 1 + w is about 0
    assert w[1] == pytest.approx(-1.0, abs=0.05)


@given(
    st.lists(
        st.tuples(st.floats(-9, 9), st.floats(-2, 2), st.sampled_from([0.0, 0.5, 1.0])),
        min_size=1,
        max_size=30,
    )
)
def test_it_always_ends_within_its_bounds_and_no_worse_than_it_began(
    found: list[tuple[float, float, float]],
) -> None:
    offset = np.asarray([a for a, _, _ in found])
    rows = np.asarray([[b, 1.0] for _, b, _ in found])
    truth = np.asarray([y for _, _, y in found])
    w = fitted(rows, truth, offset, np.full(2, 0.5), np.asarray([-0.1, -np.inf]))

    def loss(weights: np.ndarray) -> float:
        z = offset + rows @ weights
        return float(np.sum(np.logaddexp(0, z) - truth * z) + 0.25 * np.sum(weights**2))

    assert np.isfinite(w).all()
    assert w[0] >= -0.1
    assert loss(w) <= loss(np.zeros(2)) + 1e-9
