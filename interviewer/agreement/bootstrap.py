"""Intervals by drawing questions anew: answers to one question are not independent of each other.

Cluster bootstrap with percentile intervals (Efron & Tibshirani 1993; Field & Welsh 2007). The seed
is fixed, so the same items always give the same interval.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from interviewer.agreement.agreement import Floats, Metric, Pairs, number, point
from interviewer.common.base import Value

DRAWS = 1000
SEED = 20240607
LEVEL = 0.95
_CELLS = 1_000_000
"""Draws times pairs held in memory at once."""

Interval = tuple[float, float]


class Difference(Value):
    """One metric of two graders on the same items.

    value: left - right. close: too close to call, because the interval holds 0 or there is none.
    """

    value: float | None
    interval: Interval | None
    close: bool


def draws(clusters: int) -> Floats:
    """How often each cluster is drawn, `clusters` at a time with replacement: (DRAWS, clusters)."""
    chances = np.full(clusters, 1.0 / clusters)
    return np.random.default_rng(SEED).multinomial(clusters, chances, size=DRAWS).astype(np.float64)


def interval(metric: Metric, pairs: Pairs, counts: Floats) -> Interval | None:
    """The central 95% of the metric over those draws; None with fewer than two questions.

    None also where no draw differs from another: when nothing went wrong in the sample, drawing
    from it cannot say how much goes wrong outside it.
    """
    found = _central(_drawn(metric, pairs, counts), pairs)
    return None if found is None or found[1] - found[0] < 1e-12 else found


def difference(metric: Metric, left: Pairs, right: Pairs, counts: Floats) -> Difference:
    """Paired bootstrap: both graders see the same draws of the same questions."""
    a, b = point(metric, left), point(metric, right)
    if a is None or b is None:
        return Difference(value=None, interval=None, close=True)
    gaps = _drawn(metric, left, counts) - _drawn(metric, right, counts)
    span = _central(gaps, left)
    close = span is None or span[0] <= 0.0 <= span[1]
    return Difference(value=a - b, interval=span, close=close)


def _drawn(metric: Metric, pairs: Pairs, counts: Floats) -> Floats:
    if not len(pairs):
        return np.full(len(counts), np.nan)
    return np.concatenate([metric(pairs, rows) for rows in _chunks(counts, len(pairs))])


def _chunks(counts: Floats, width: int) -> Iterator[Floats]:
    step = max(1, _CELLS // max(1, width))
    for start in range(0, len(counts), step):
        yield counts[start : start + step]


def _central(values: Floats, pairs: Pairs) -> Interval | None:
    kept = values[np.isfinite(values)]
    # Where most draws leave the metric undefined, the rest are no fair sample.
    if len(np.unique(pairs.cluster)) < 2 or len(kept) * 2 < len(values):
        return None
    tail = 100.0 * (1.0 - LEVEL) / 2.0
    low, high = (number(v) for v in np.percentile(kept, [tail, 100.0 - tail]))
    return None if low is None or high is None else (low, high)
