"""From what a model says to probabilities: the fitted curves of judges."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from interviewer.common.base import Value
from interviewer.grading.chances import logistic, logit

EDGE = 0.01
"""Neither side may be surer than this when two are weighed."""


class Curve(Value):
    """From a share of Yes to a calibrated probability (Platt 1999).

    probability = 1 / (1 + exp(-(slope * log odds + offset))); `misconception` is added to the offset
    of wrong claims, which far fewer answers make.
    """

    slope: float = 1.0
    offset: float = 0.0
    misconception: float = 0.0

    def probability(self, share: float, *, misconception: bool = False) -> float:
        """The calibrated probability for that share of Yes."""
        offset = self.offset + (self.misconception if misconception else 0.0)
        return logistic(self.slope * logit(share) + offset)


def centred(asserted: Sequence[float], denied: Sequence[float]) -> Curve:
    """The curve of a model that nobody has fitted one to: its middle is one half.

    A small model leans to one word: the odds of Yes order claims, but one half of them lies nowhere
    near the middle, and taken as they are every claim fails. asserted, denied: its shares of Yes for
    claims that are known to be asserted, and not to be. Half way between the medians of their log
    odds becomes probability one half. The idea is that of contextual calibration (Zhao et al. 2021).
    The curve that changes nothing where a side is empty, or where the model does not tell the sides
    apart and so shows no middle.
    """
    if not asserted or not denied:
        return Curve()
    yes, no = median(map(logit, asserted)), median(map(logit, denied))
    return Curve(offset=-(yes + no) / 2) if yes > no else Curve()


class Weights(Value):
    """A logistic regression on the log odds of the offline grader and of a judge."""

    offline: float = 0.7
    judge: float = 0.3
    offset: float = 0.0

    def probability(self, offline: float, judge: float) -> float:
        """The probability that the claim is asserted."""
        return logistic(
            self.offline * logit(offline, EDGE) + self.judge * logit(judge, EDGE) + self.offset
        )
