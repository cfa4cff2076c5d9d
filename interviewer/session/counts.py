"""How many of a set of questions a candidate answers: distributions over a count.

A distribution is a list of probabilities, index = count.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache


def poisson_binomial(chances: Iterable[float]) -> list[float]:
    """The distribution of the number of successes in independent trials with those chances."""
    dist = [1.0]
    for p in chances:
        grown = [0.0] * (len(dist) + 1)
        for count, mass in enumerate(dist):
            grown[count] += mass * (1.0 - p)
            grown[count + 1] += mass * p
        dist = grown
    return dist


@lru_cache(maxsize=1024)  # a history asks for the same few hundred again and again
def beta_binomial(trials: int, alpha: float, beta: float) -> tuple[float, ...]:
    """The distribution of successes in `trials` trials whose common rate is Beta(alpha, beta)."""
    if trials == 0:
        return (1.0,)

    def log_beta(a: float, b: float) -> float:
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    base = log_beta(alpha, beta) + math.log(trials + 1)
    return tuple(
        math.exp(log_beta(k + alpha, trials - k + beta) - log_beta(k + 1, trials - k + 1) - base)
        for k in range(trials + 1)
    )


def convolve(left: Sequence[float], right: Sequence[float]) -> list[float]:
    """The distribution of the sum of two independent counts."""
    out = [0.0] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            out[i + j] += a * b
    return out


def at_least(dist: Sequence[float], target: int) -> float:
    """The probability of `target` or more, in [0, 1]."""
    return min(1.0, max(0.0, math.fsum(dist[max(0, target) :])))


def interval(dist: Sequence[float], level: float = 0.95) -> tuple[int, int]:
    """The central interval that holds at least `level` of the mass, ends included."""
    tail = (1.0 - level) / 2
    low = high = 0
    below = 0.0
    for count, mass in enumerate(dist):
        if below + mass > tail:
            low = count
            break
        below += mass
    above = 0.0
    for count in range(len(dist) - 1, -1, -1):
        if above + dist[count] > tail:
            high = count
            break
        above += dist[count]
    return low, max(low, high)
