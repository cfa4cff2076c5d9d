"""Logistic regression that begins at no change: ridge towards 0, with bounds, by Newton's method."""

from __future__ import annotations

import numpy as np

from interviewer.agreement.agreement import Floats

MOST_STEPS = 100
_SMALL = 1e-7


def fitted(rows: Floats, truth: Floats, offset: Floats, penalty: Floats, least: Floats) -> Floats:
    """The weights w >= least that minimise

        sum(log(1 + exp(z)) - truth * z) + sum(penalty * w^2) / 2,  z = offset + rows @ w

    rows: shape (n, k). truth: (n,), in [0, 1]. offset: (n,), the log odds that no change leaves. penalty,
    least: (k,), penalty > 0 and least <= 0. A convex problem, solved by projected Newton steps with
    a line search (Bertsekas 1982); without rows the weights are 0.
    """
    found = np.zeros(rows.shape[1])
    value = _loss(found, rows, truth, offset, penalty)
    for _ in range(MOST_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(offset + rows @ found, -60.0, 60.0)))
        slope = rows.T @ (chance - truth) + penalty * found
        free = ~((found <= least) & (slope > 0))
        if np.abs(slope[free]).max(initial=0.0) < _SMALL:
            break
        held = rows[:, free]
        curve = (held * (chance * (1.0 - chance))[:, None]).T @ held + np.diag(penalty[free])
        step = np.zeros_like(found)
        step[free] = -np.linalg.solve(curve, slope[free])
        length = 1.0
        while length > _SMALL:
            tried = np.maximum(found + length * step, least)
            now = _loss(tried, rows, truth, offset, penalty)
            if now < value:
                break
            length /= 2.0
        else:
            break
        found, value = tried, now
    return found


def _loss(w: Floats, rows: Floats, truth: Floats, offset: Floats, penalty: Floats) -> float:
    z = offset + rows @ w
    return float(np.sum(np.logaddexp(0.0, z) - truth * z) + 0.5 * np.sum(penalty * w * w))
