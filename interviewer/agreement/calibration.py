"""Whether a grader that says 0.8 is right eight times in ten.

Here `given` of the pairs is a stated probability and `truth` is 1 where it came true, else 0.
"""

from __future__ import annotations

import numpy as np

from interviewer.agreement.agreement import Floats, Ints, Pairs
from interviewer.common.base import Value

BIN_COUNT = 10


class Bin(Value):
    """Statements of about the same probability.

    low, high: the edges, the lower one included. count: how many. stated: their mean probability;
    observed: the share that came true. Both in [0, 1].
    """

    low: float
    high: float
    count: int
    stated: float
    observed: float


def _bins(pairs: Pairs) -> Ints:
    return np.clip((pairs.given * BIN_COUNT).astype(np.int64), 0, BIN_COUNT - 1)


def ece(pairs: Pairs, counts: Floats) -> Floats:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    held = np.eye(BIN_COUNT)[_bins(pairs)]
    gaps = pairs.sums(held * (pairs.given - pairs.truth)[:, None], counts)
    total = pairs.sums(np.ones((len(pairs), 1)), counts)[:, 0]
    return np.where(total > 0, np.abs(gaps).sum(axis=1) / np.where(total > 0, total, 1), np.nan)


def brier(pairs: Pairs, counts: Floats) -> Floats:
    """The mean squared gap between stated probability and what happened (Brier 1950)."""
    squared = (pairs.given - pairs.truth) ** 2
    both = pairs.sums(np.column_stack([squared, np.ones(len(pairs))]), counts)
    return np.where(both[:, 1] > 0, both[:, 0] / np.where(both[:, 1] > 0, both[:, 1], 1), np.nan)


def reliability(pairs: Pairs) -> tuple[Bin, ...]:
    """The bins that hold anything, lowest first."""
    at = _bins(pairs)
    out = []
    for index in range(BIN_COUNT):
        here = at == index
        if here.any():
            out.append(
                Bin(
                    low=index / BIN_COUNT,
                    high=(index + 1) / BIN_COUNT,
                    count=int(here.sum()),
                    stated=float(pairs.given[here].mean()),
                    observed=float(pairs.truth[here].mean()),
                )
            )
    return tuple(out)
