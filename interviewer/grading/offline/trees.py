"""Gradient-boosted trees and a logistic calibration, as plain data.

The trees are fitted elsewhere (LightGBM); here they are only added up. Source of the calibration:
Platt (1999), Probabilistic outputs for support vector machines.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from interviewer.common.base import Value
from interviewer.grading.chances import logistic


class Tree(Value):
    """A binary tree in arrays. Node i goes left when values[feature[i]] <= threshold[i].

    A negative child -k-1 is leaf k.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    leaf: tuple[float, ...]

    def value(self, row: tuple[float, ...]) -> float:
        """The leaf that the row falls into."""
        if not self.feature:
            return self.leaf[0]
        node = 0
        while node >= 0:
            below = row[self.feature[node]] <= self.threshold[node]
            node = self.left[node] if below else self.right[node]
        return self.leaf[-node - 1]


class Forest(Value):
    """Trees over named features, and the logistic curve from their sum to a probability.

    probability = 1 / (1 + exp(-(slope * sum + offset)))
    """

    features: tuple[str, ...]
    trees: tuple[Tree, ...]
    slope: float = 1.0
    offset: float = 0.0

    def probability(self, values: Mapping[str, float]) -> float:
        """The probability for those feature values; KeyError if one is absent."""
        row = tuple(values[name] for name in self.features)
        total = math.fsum(tree.value(row) for tree in self.trees)
        return logistic(self.slope * total + self.offset)
