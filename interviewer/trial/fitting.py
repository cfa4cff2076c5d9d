"""Fit a judge to people: a curve for what it says, and weights for it beside the offline grader.

Logistic regression on log odds (Platt 1999), by Newton's method. How good a fit is, is told by fits
that have not seen the question (cross-validation by question).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from interviewer.agreement import agreement
from interviewer.agreement.agreement import Floats, Pairs
from interviewer.grading.chances import logit
from interviewer.grading.judges.fusing import EDGE, Curve, Weights
from interviewer.grading.judges.judge_data import FitFigures

FOLDS = 5
LEAST = 12
"""Claims that people call asserted, and as many that they do not: below, nothing can be fitted."""

_RIDGE = 0.5
"""How strongly a fit is drawn to what is known beforehand: like half a claim's worth of doubt."""

_SURE = 1e-4
_STILL = 1e-8
_PRIOR_CURVE = (1.0, -1.0, 0.0)
_PRIOR_WEIGHTS = (Weights().offline, Weights().judge, Weights().offset)


@dataclass(frozen=True)
class JudgedClaim:
    """One claim of one answer. judged, offline: probabilities. truth: 1, 0.5 or 0. wrong: whether it
    is a misconception.
    """

    question: int
    judged: float
    offline: float
    truth: float
    wrong: bool


class FittedTo(NamedTuple):
    """What was fitted, with figures without it and with it, the latter cross-validated."""

    fitted: tuple[float, ...]
    before: FitFigures
    after: FitFigures


def enough(pairs: Sequence[JudgedClaim]) -> bool:
    """Whether there are claims of either kind to fit to."""
    asserted = sum(p.truth == 1.0 for p in pairs)
    return asserted >= LEAST and len(pairs) - asserted >= LEAST


def fit(
    columns: Sequence[Floats], truth: Floats, prior: Sequence[float] = (), ridge: float = _RIDGE
) -> Floats:
    """Logistic regression: a weight per column, then the offset.

    prior: the weights that a fit to nothing would give, nought if not given.
    """
    x = np.column_stack([*columns, np.ones(len(truth))])
    known = np.asarray(prior, dtype=np.float64) if len(prior) else np.zeros(x.shape[1])

    def loss(at: Floats) -> float:
        z = x @ at
        return float(
            (np.logaddexp(0.0, z) - truth * z).sum() + ridge / 2 * ((at - known) ** 2).sum()
        )

    weights = known.copy()
    for _ in range(60):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -40, 40)))
        slope = x.T @ (p - truth) + ridge * (weights - known)
        curve = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1])
        step = np.linalg.solve(curve, slope)
        # Far from the best a whole step may lead away from it.
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _STILL:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() < _STILL:
            break
    return weights


def predict(weights: Floats, columns: Sequence[Floats]) -> Floats:
    """The probabilities by those weights."""
    x = np.column_stack([*columns, np.ones(len(columns[0]))])
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x @ weights, -40, 40))))


def crossed(
    columns: Sequence[Floats], truth: Floats, groups: npt.NDArray[np.int64], prior: Sequence[float]
) -> Floats:
    """Predictions for each question by a fit that has not seen it."""
    _, index = np.unique(groups, return_inverse=True)
    out = predict(np.asarray(prior, dtype=np.float64), columns)
    for fold in range(FOLDS):
        held = index % FOLDS == fold
        if held.any() and (~held).any():
            fitted = fit([c[~held] for c in columns], truth[~held], prior)
            out[held] = predict(fitted, [c[held] for c in columns])
    return out


def figures_of(probabilities: Floats, truth: Floats) -> FitFigures:
    """How good those probabilities are; half asserted counts as not asserted for the AUC."""
    asserted = (truth == 1.0).astype(np.float64)
    return FitFigures(
        auc=agreement.point(agreement.auc, Pairs.of(list(asserted), list(probabilities))),
        brier=float(((probabilities - truth) ** 2).mean()),
        right=float(((probabilities >= 0.5) == (truth >= 0.75)).mean()),
    )


def curve_to(pairs: Sequence[JudgedClaim]) -> FittedTo:
    """Slope, offset of misconceptions and offset of a `Curve`."""
    truth, groups = _truth(pairs), _groups(pairs)
    columns = [log_odds((p.judged for p in pairs), _SURE), _flags(pairs)]
    after = crossed(columns, truth, groups, _PRIOR_CURVE)
    raw = np.asarray([p.judged for p in pairs])
    fitted = tuple(float(w) for w in fit(columns, truth, _PRIOR_CURVE))
    return FittedTo(fitted, figures_of(raw, truth), figures_of(after, truth))


def curve_of(fitted: Sequence[float]) -> Curve:
    """The curve by what `curve_to` fitted. A slope below zero would turn the judge about: it is none."""
    slope, misconception, offset = (round(value, 4) for value in fitted)
    return Curve(slope=max(0.0, slope), offset=offset, misconception=misconception)


def weights_to(pairs: Sequence[JudgedClaim], curve: Curve | None) -> tuple[Weights, FittedTo]:
    """The weights of `fused`; before: the offline grader alone. A judge that would count against
    itself counts for nothing."""
    truth, groups = _truth(pairs), _groups(pairs)
    judged = (
        p.judged if curve is None else curve.probability(p.judged, misconception=p.wrong)
        for p in pairs
    )
    ours = np.asarray([p.offline for p in pairs])
    columns = [log_odds((p.offline for p in pairs), EDGE), log_odds(judged, EDGE)]
    offline, judge, offset = (float(w) for w in fit(columns, truth, _PRIOR_WEIGHTS))
    after = crossed(columns, truth, groups, _PRIOR_WEIGHTS)
    if judge < 0.0:
        alone = (1.0, 0.0)
        offline, offset = (float(w) for w in fit(columns[:1], truth, alone))
        judge, after = 0.0, crossed(columns[:1], truth, groups, alone)
    found = FittedTo((offline, judge, offset), figures_of(ours, truth), figures_of(after, truth))
    weights = Weights(offline=round(offline, 4), judge=round(judge, 4), offset=round(offset, 4))
    return weights, found


def _truth(pairs: Sequence[JudgedClaim]) -> Floats:
    return np.asarray([p.truth for p in pairs], dtype=np.float64)


def _groups(pairs: Sequence[JudgedClaim]) -> npt.NDArray[np.int64]:
    return np.asarray([p.question for p in pairs], dtype=np.int64)


def _flags(pairs: Sequence[JudgedClaim]) -> Floats:
    return np.asarray([float(p.wrong) for p in pairs])


def log_odds(values: Iterable[float], edge: float = EDGE) -> Floats:
    """Their log odds, kept that far from certainty."""
    return np.asarray([logit(v, edge) for v in values])
