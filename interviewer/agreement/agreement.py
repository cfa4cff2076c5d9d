"""How far two gradings of the same answers agree.

Every metric takes `Pairs` and `counts`, and returns one value per row of `counts`: how often each
cluster (question) is taken. A row of ones gives the metric itself, the rows of a bootstrap its
sampling distribution, by the same arithmetic. NaN stands for "undefined" inside this module and
its neighbours only; `number` turns it into None at the border.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BINS = 5
"""Scores in [0, 1] are rounded to the nearest quarter, halves up: 0..4."""

MET = 2
"""Levels as numbers: unmet 0, partial 1, met 2."""


@dataclass(frozen=True)
class Pairs:
    """The same things graded twice.

    truth, given: shape (n,): what people said, what the grader said. cluster: shape (n,), from 0:
    the question each belongs to. clusters: how many questions there are.
    """

    truth: Floats
    given: Floats
    cluster: Ints
    clusters: int

    @classmethod
    def of(
        cls, truth: Sequence[float], given: Sequence[float], cluster: Sequence[int] | None = None,
        clusters: int | None = None,
    ) -> Self:  # fmt: skip
        """Pairs from plain sequences; without `cluster` each pair is a question of its own."""
        index = np.arange(len(truth)) if cluster is None else np.asarray(cluster, dtype=np.int64)
        size = clusters if clusters is not None else int(index.max(initial=-1)) + 1
        return cls(np.asarray(truth, float), np.asarray(given, float), index.astype(np.int64), size)

    def __len__(self) -> int:
        return len(self.truth)

    def sums(self, features: Floats, counts: Floats) -> Floats:
        """Sums over the pairs of `features` (n, f), each weighted by its cluster: (rows, f)."""
        grouped = np.zeros((self.clusters, features.shape[1]))
        np.add.at(grouped, self.cluster, features)
        return np.asarray(counts @ grouped, dtype=np.float64)


Metric = Callable[[Pairs, Floats], Floats]


def number(value: float) -> float | None:
    """The value, or None if it is undefined."""
    return float(value) if math.isfinite(value) else None


def once(pairs: Pairs) -> Floats:
    """Every cluster once: shape (1, clusters)."""
    return np.ones((1, pairs.clusters))


def point(metric: Metric, pairs: Pairs) -> float | None:
    """The metric over all pairs; None where it is undefined."""
    return number(metric(pairs, once(pairs))[0]) if len(pairs) else None


def binned(scores: Floats) -> Ints:
    """Scores in [0, 1] as 0..4: 0.5 is 2, 0.125 is 1 (halves go up)."""
    return np.clip(np.floor(scores * (BINS - 1) + 0.5), 0, BINS - 1).astype(np.int64)


def _over(top: Floats, bottom: Floats) -> Floats:
    """Quotient, NaN where the bottom is not positive."""
    safe = np.where(bottom > 0, bottom, 1.0)
    return np.where(bottom > 0, top / safe, np.nan)


def _rate(
    pairs: Pairs, counts: Floats, hit: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]
) -> Floats:
    """The share of the pairs in `of` that are also in `hit`."""
    both = pairs.sums(np.column_stack([hit & of, of]).astype(float), counts)
    return _over(both[:, 0], both[:, 1])


def _kappa(pairs: Pairs, counts: Floats, truth: Ints, given: Ints, distance: Floats) -> Floats:
    """1 - observed / expected disagreement over a k x k table; k from `distance` (k, k)."""
    k = len(distance)
    table = pairs.sums(np.eye(k * k)[truth * k + given], counts).reshape(-1, k, k)
    total = table.sum(axis=(1, 2))
    expected = table.sum(axis=2)[:, :, None] * table.sum(axis=1)[:, None, :]
    observed = (table * distance).sum(axis=(1, 2))
    return 1.0 - _over(observed * total, (expected * distance).sum(axis=(1, 2)))


def qwk(pairs: Pairs, counts: Floats) -> Floats:
    """Quadratic weighted kappa of scores binned to 0..4 (Cohen 1968).

    Undefined when both graders use one and the same bin throughout.
    """
    steps = np.arange(BINS, dtype=np.float64)
    distance = (steps[:, None] - steps[None, :]) ** 2
    return _kappa(pairs, counts, binned(pairs.truth), binned(pairs.given), distance)


def level_kappa(pairs: Pairs, counts: Floats) -> Floats:
    """Cohen's kappa over unmet / partial / met, unweighted (Cohen 1960)."""
    return _kappa(
        pairs, counts, pairs.truth.astype(np.int64), pairs.given.astype(np.int64), 1.0 - np.eye(3)
    )


def met_kappa(pairs: Pairs, counts: Floats) -> Floats:
    """Cohen's kappa of met against not met; partial counts as not met."""
    truth, given = (pairs.truth >= MET).astype(np.int64), (pairs.given >= MET).astype(np.int64)
    return _kappa(pairs, counts, truth, given, 1.0 - np.eye(2))


def exact(pairs: Pairs, counts: Floats) -> Floats:
    """The share of scores in the same bin."""
    gap = np.abs(binned(pairs.truth) - binned(pairs.given))
    return _rate(pairs, counts, gap == 0, gap >= 0)


def adjacent(pairs: Pairs, counts: Floats) -> Floats:
    """The share of scores in the same bin or the next one."""
    gap = np.abs(binned(pairs.truth) - binned(pairs.given))
    return _rate(pairs, counts, gap <= 1, gap >= 0)


def precision(pairs: Pairs, counts: Floats) -> Floats:
    """Of the claims the grader found met, the share that people did too."""
    return _rate(pairs, counts, pairs.truth >= MET, pairs.given >= MET)


def recall(pairs: Pairs, counts: Floats) -> Floats:
    """Of the claims people found met, the share that the grader did too."""
    return _rate(pairs, counts, pairs.given >= MET, pairs.truth >= MET)


def accuracy(pairs: Pairs, counts: Floats) -> Floats:
    """The share of equal values (here: passed or not, as 0 and 1)."""
    return _rate(pairs, counts, pairs.truth == pairs.given, pairs.truth == pairs.truth)


def false_pass(pairs: Pairs, counts: Floats) -> Floats:
    """Of the answers people fail (truth 0), the share the grader passes."""
    return _rate(pairs, counts, pairs.given > 0, pairs.truth == 0)


def false_fail(pairs: Pairs, counts: Floats) -> Floats:
    """Of the answers people pass (truth 1), the share the grader fails."""
    return _rate(pairs, counts, pairs.given == 0, pairs.truth > 0)


def bias(pairs: Pairs, counts: Floats) -> Floats:
    """The mean of given - truth: positive is lenient."""
    total = pairs.sums(np.column_stack([pairs.given - pairs.truth, np.ones(len(pairs))]), counts)
    return _over(total[:, 0], total[:, 1])


def _correlation(w: Floats, x: Floats, y: Floats) -> Floats:
    """Weighted product-moment correlation along the last axis; all of shape (rows, n)."""
    total = w.sum(axis=1, keepdims=True)
    total = np.where(total > 0, total, np.nan)
    dx = x - (w * x).sum(axis=1, keepdims=True) / total
    dy = y - (w * y).sum(axis=1, keepdims=True) / total
    sx, sy = (w * dx * dx).sum(axis=1), (w * dy * dy).sum(axis=1)
    # Below this the spread is rounding error of equal values.
    flat = (sx < 1e-12) | (sy < 1e-12)
    return _over((w * dx * dy).sum(axis=1), np.where(flat, 0.0, np.sqrt(sx * sy)))


def pearson(pairs: Pairs, counts: Floats) -> Floats:
    """Product-moment correlation; undefined when one side never varies."""
    w = counts[:, pairs.cluster]
    return _correlation(w, pairs.truth[None, :], pairs.given[None, :])


def _midranks(values: Floats, w: Floats) -> Floats:
    """Ranks of `values` (n,) where each counts w times (rows, n), ties share their mean rank."""
    _, inverse, sizes = np.unique(values, return_inverse=True, return_counts=True)
    order = np.argsort(inverse, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.add.reduceat(w[:, order], starts, axis=1)
    ranks = np.cumsum(group, axis=1) - group + (group + 1.0) / 2.0
    return np.asarray(ranks[:, inverse], dtype=np.float64)


def spearman(pairs: Pairs, counts: Floats) -> Floats:
    """Rank correlation with mean ranks for ties (Spearman 1904)."""
    w = counts[:, pairs.cluster]
    return _correlation(w, _midranks(pairs.truth, w), _midranks(pairs.given, w))


def auc(pairs: Pairs, counts: Floats) -> Floats:
    """The chance that a passed answer (truth 1) is scored above a failed one, ties half.

    The rank-sum form of the area under the ROC curve (Hanley & McNeil 1982).
    """
    w = counts[:, pairs.cluster]
    good, poor = w * (pairs.truth > 0), w * (pairs.truth <= 0)
    ranks = _midranks(pairs.given, w)
    goods, poors = good.sum(axis=1), poor.sum(axis=1)
    wins = (good * ranks).sum(axis=1) - goods * (goods + 1.0) / 2.0
    return _over(wins, goods * poors)
