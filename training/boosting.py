"""Boosted trees over named features (LightGBM), as the plain data that ships."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm as lgb
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from interviewer.grading.offline.trees import Forest, Tree

Rows = Sequence[dict[str, float]]
RISING = frozenset({"asserted", "head"})
FALLING = frozenset(
    {"contradicted", "absent", "against", "opposed", "renumbered", "crossed", "broken", "senseless"}
)
ROUNDS = 90
OPTIONS = {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 8, "max_depth": 3,
    "min_data_in_leaf": 25, "lambda_l2": 5.0, "verbosity": -1, "seed": 0, "deterministic": True,
    "num_threads": 1,
}  # fmt: skip


def fit(rows: Rows, truth: np.ndarray, weight: np.ndarray) -> lgb.Booster:
    """Trees that rise or fall with what can only speak for or against."""
    names = list(rows[0])
    signs = [1 if n in RISING else -1 if n in FALLING else 0 for n in names]
    data = lgb.Dataset(_matrix(rows), truth, weight=weight, feature_name=names)
    return lgb.train({**OPTIONS, "monotone_constraints": signs}, data, ROUNDS)


def crossed(
    rows: Rows, truth: np.ndarray, weight: np.ndarray, groups: Sequence[str], folds: int = 5
) -> np.ndarray:
    """Raw sums for every row, from trees that never saw its group."""
    out = np.zeros(len(rows))
    for train, test in GroupKFold(folds).split(rows, groups=groups):
        booster = fit([rows[i] for i in train], truth[train], weight[train])
        out[test] = booster.predict(_matrix([rows[i] for i in test]), raw_score=True)
    return out


def platt(sums: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """The slope and offset from sums to log-odds."""
    model = LogisticRegression(C=1e4).fit(sums[:, None], truth, sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def forest(booster: lgb.Booster, names: Sequence[str], slope: float, offset: float) -> Forest:
    """The trees as plain data."""
    trees = []
    for info in booster.dump_model()["tree_info"]:
        columns: dict[str, list[Any]] = {
            k: [] for k in ("feature", "threshold", "left", "right", "leaf")
        }
        _walk(info["tree_structure"], columns)
        trees.append(Tree(**{k: tuple(v) for k, v in columns.items()}))
    return Forest(
        features=tuple(names), trees=tuple(trees), slope=round(slope, 6), offset=round(offset, 6)
    )


def _matrix(rows: Rows) -> np.ndarray:
    return np.array([list(row.values()) for row in rows])


def _walk(node: dict[str, Any], columns: dict[str, list[Any]]) -> int:
    if "leaf_value" in node:
        columns["leaf"].append(round(float(node["leaf_value"]), 7))
        return -len(columns["leaf"])
    at = len(columns["feature"])
    columns["feature"].append(int(node["split_feature"]))
    columns["threshold"].append(float(node["threshold"]))
    columns["left"].append(0)
    columns["right"].append(0)
    columns["left"][at] = _walk(node["left_child"], columns)
    columns["right"][at] = _walk(node["right_child"], columns)
    return at
