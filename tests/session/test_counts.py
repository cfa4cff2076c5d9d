"""Distributions over a count, against enumeration and known sums."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.session import counts

CHANCES = st.lists(st.floats(0, 1), max_size=9)


@given(CHANCES)
def test_poisson_binomial_equals_the_enumeration_of_all_outcomes(chances: list[float]) -> None:
    brute = [0.0] * (len(chances) + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        mass = math.prod(p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True))
        brute[sum(outcome)] += mass
    assert counts.poisson_binomial(chances) == pytest.approx(brute, abs=1e-12)


def test_poisson_binomial_by_hand() -> None:
    # 0.5 and 0.2: none 0.5 * 0.8 = 0.4; both 0.5 * 0.2 = 0.1; one 1 - 0.4 - 0.1 = 0.5
    assert counts.poisson_binomial([0.5, 0.2]) == pytest.approx([0.4, 0.5, 0.1])
    assert counts.poisson_binomial([]) == [1.0]


@given(st.integers(0, 60), st.floats(0.1, 60), st.floats(0.1, 60))
def test_beta_binomial_sums_to_one_and_has_its_mean(n: int, a: float, b: float) -> None:
    dist = counts.beta_binomial(n, a, b)
    assert len(dist) == n + 1
    assert min(dist) >= 0
    assert math.fsum(dist) == pytest.approx(1.0, abs=1e-9)
    mean = math.fsum(k * p for k, p in enumerate(dist))
    assert mean == pytest.approx(n * a / (a + b), abs=1e-7)  # n a / (a + b)


def test_beta_binomial_by_hand() -> None:
    # A uniform rate makes every count alike: 1 / (n + 1).
    assert counts.beta_binomial(4, 1, 1) == pytest.approx([0.2] * 5)
    # One trial at Beta(0.5, 1.5): success 0.5 / 2 = 0.25.
    assert counts.beta_binomial(1, 0.5, 1.5) == pytest.approx([0.75, 0.25])
    # Two at Beta(0.5, 0.5): C(2,k) B(k + .5, 2.5 - k) / B(.5, .5) = 3/8, 1/4, 3/8.
    assert counts.beta_binomial(2, 0.5, 0.5) == pytest.approx([0.375, 0.25, 0.375])


def test_beta_binomial_of_a_bank_of_thousands() -> None:
    assert math.fsum(counts.beta_binomial(3000, 0.5, 0.5)) == pytest.approx(1.0, abs=1e-6)


@given(CHANCES, CHANCES)
def test_convolving_is_the_distribution_of_the_sum(left: list[float], right: list[float]) -> None:
    joined = counts.convolve(counts.poisson_binomial(left), counts.poisson_binomial(right))
    assert joined == pytest.approx(counts.poisson_binomial([*left, *right]), abs=1e-12)


@pytest.mark.parametrize(
    ("target", "expected"),
    [(-1, 1.0), (0, 1.0), (1, 0.9), (2, 0.7), (3, 0.4), (4, 0.0), (99, 0.0)],
)
def test_at_least(target: int, expected: float) -> None:
    # of [.1 .2 .3 .4]: 1 or more .2 + .3 + .4 = .9; 2 or more .7; 3 or more .4
    assert counts.at_least([0.1, 0.2, 0.3, 0.4], target) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("dist", "level", "expected"),
    [
        ([1.0], 0.95, (0, 0)),
        ([0.0, 0.0, 1.0], 0.95, (2, 2)),
        ([0.2] * 5, 0.5, (1, 3)),  # tails of .25: .2 fits below 1, .4 does not
        ([0.02, 0.96, 0.02], 0.95, (1, 1)),  # .02 < .025 on both sides
        ([0.03, 0.94, 0.03], 0.95, (0, 2)),
        ([0.5, 0.5], 0.95, (0, 1)),
    ],
)
def test_interval_by_hand(dist: list[float], level: float, expected: tuple[int, int]) -> None:
    assert counts.interval(dist, level) == expected


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.sampled_from([0.5, 0.8, 0.95]))
def test_an_interval_holds_its_level_and_no_end_can_be_spared(
    chances: list[float], level: float
) -> None:
    dist = counts.poisson_binomial(chances)
    low, high = counts.interval(dist, level)
    assert 0 <= low <= high <= len(chances)
    tail = (1 - level) / 2
    assert math.fsum(dist[low : high + 1]) >= level - 1e-9
    assert math.fsum(dist[:low]) <= tail + 1e-9
    assert math.fsum(dist[high + 1 :]) <= tail + 1e-9
    assert math.fsum(dist[: low + 1]) > tail - 1e-9
    assert math.fsum(dist[high:]) > tail - 1e-9
