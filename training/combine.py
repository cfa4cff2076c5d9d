"""Fit the combiner: boosted trees over the features of a claim, and the calibrations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import table
import train_reader as R
import train_scorer as T
from pairs import rubric_rows
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import GroupKFold
from tokenizers import Tokenizer

from interviewer.agreement.agreement import binned
from interviewer.bank.questions import Bank
from interviewer.grading.claims import credit_of
from interviewer.grading.offline.exemplars import claims_of
from interviewer.grading.offline.features import BANK, GENERAL
from interviewer.grading.offline.offline_grader import Combiner, pass_probability
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder
from interviewer.grading.offline.trees import Forest, Tree, logistic, logit
from interviewer.grading.offline.word_table import WordTable

RISING = {
    "scorer",
    "statement_cosine",
    "statement_recall",
    "reader",
    "reader_span",
    "gram_accept",
    "gram_margin",
    "telling",
    "telling_worst",
}
FALLING = {"number_clash", "hedges"}
OPTIONS = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 8,
    "min_data_in_leaf": 25,
    "lambda_l2": 3.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "monotone_constraints_method": "advanced",
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "seed": 1,
    "verbose": -1,
}
ROUNDS = 120
CREDIT_LOW = (0.05,)
"""Below it nothing is earned, so that a trace of doubt is no credit."""
CREDIT_HIGH = (0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


def matrix(rows: Sequence[table.Row], names: Sequence[str]) -> np.ndarray:
    return np.asarray([[r.values[n] for n in names] for r in rows])


def fit(rows: Sequence[table.Row], names: Sequence[str]) -> lgb.Booster:
    """Boosted trees with a rising or falling effect where only one direction makes sense."""
    constraints = [1 if n in RISING else -1 if n in FALLING else 0 for n in names]
    data = lgb.Dataset(
        matrix(rows, names), np.asarray([r.target for r in rows]), free_raw_data=False
    )
    return lgb.train({**OPTIONS, "monotone_constraints": constraints}, data, ROUNDS)


def cross_predict(rows: Sequence[table.Row], names: Sequence[str], folds: int = 5) -> np.ndarray:
    """Raw sums for every row from trees that never saw its question."""
    groups = [r.question for r in rows]
    out = np.zeros(len(rows))
    for train, test in GroupKFold(folds).split(rows, groups=groups):
        booster = fit([rows[i] for i in train], names)
        out[test] = booster.predict(matrix([rows[i] for i in test], names), raw_score=True)
    return out


def platt(sums: np.ndarray, targets: np.ndarray) -> tuple[float, float]:
    """Slope and offset; a half target counts once on either side with half the weight."""
    x = np.concatenate([sums, sums])[:, None]
    y = np.concatenate([np.ones(len(sums)), np.zeros(len(sums))])
    weight = np.concatenate([targets, 1 - targets])
    model = LogisticRegression(C=1e4).fit(x, y, sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def as_forest(booster: lgb.Booster, names: Sequence[str], slope: float, offset: float) -> Forest:
    """The same trees as plain data."""
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


class _Heads:
    """A torch reader as `ports.ClaimReader`."""

    name = "reader-fold"

    def __init__(self, model: R.Reader, tokenizer: Tokenizer, bank: Bank):
        self._model, self._tokenizer, self._bank = model, tokenizer, bank
        at = R.columns(bank)
        self._columns = {
            (q.prompt, c.statement): at[q.id, c.id] for q in bank.questions for c in claims_of(q)
        }

    def column(self, prompt: str, statement: str) -> int | None:
        return self._columns.get((prompt, statement))

    def read(self, texts: Sequence[str]) -> np.ndarray:
        return R.predict(self._model, self._tokenizer, self._bank, texts).numpy()


def run(
    scorer: T.Scorer,
    reader: R.Reader,
    rows: Sequence[dict[str, Any]],
    bank: Bank,
    weights: Path,
) -> None:
    """Fit on answers that neither encoder has seen, and write combiner.json."""
    folder = Path(__file__).parent / "general"
    exams = [
        item
        for path in sorted(folder.glob("*.jsonl"))
        for item in table.exam_items(rubric_rows(path, reserved=True), path.stem)
    ]
    embedder = OnnxEmbedder(weights, WordTable.load(weights / "words.npz"))
    pair_tokenizer = T.make_tokenizer(weights / "tokenizer.json")
    heads = _Heads(reader, T.make_tokenizer(weights / "tokenizer.json"), bank)

    def score(pairs: Sequence[tuple[str, str]]) -> list[float]:
        return T.predict(scorer, pair_tokenizer, pairs)

    gold = table.make_rows(table.gold_items(rows, bank), bank, embedder.embed, score, heads)
    outside = table.make_rows(exams, bank, embedder.embed, score, heads)
    combiner = fit_all(gold, outside, bank)
    (weights / "combiner.json").write_text(combiner.model_dump_json() + "\n")


def fit_all(gold: Sequence[table.Row], outside: Sequence[table.Row], bank: Bank) -> Combiner:
    """Both forests with their calibrations, and the calibration of passing."""
    forests = {}
    for name, rows, used in (("bank", gold, BANK), ("general", [*gold, *outside], GENERAL)):
        sums = cross_predict(rows, used)
        targets = np.asarray([r.target for r in rows])
        slope, offset = platt(sums, targets)
        forests[name] = as_forest(fit(rows, used), used, slope, offset)
        if name == "bank":
            chances = [logistic(slope * s + offset) for s in sums]
    slope, offset = passing_calibration(gold, chances, bank)
    low, high = credit_bounds(gold, chances, bank)
    return Combiner(
        **forests,
        credit_low=low,
        credit_high=high,
        passing_slope=slope,
        passing_offset=offset,
    )


def credit_bounds(
    rows: Sequence[table.Row], chances: Sequence[float], bank: Bank
) -> tuple[float, float]:
    """The probabilities between which credit rises that give the scores closest to people's: the
    highest QWK.
    """
    truth = scores(rows, [r.target for r in rows], bank)
    best = (-1.0, 0.0, 1.0)
    for low in CREDIT_LOW:
        for high in CREDIT_HIGH:
            credits = [credit_of(p, low, high) for p in chances]
            agreed = cohen_kappa_score(
                binned(truth), binned(scores(rows, credits, bank)), weights="quadratic"
            )
            best = max(best, (float(agreed), low, high))
    return best[1], best[2]


def scores(rows: Sequence[table.Row], credits: Sequence[float], bank: Bank) -> np.ndarray:
    """The score of each answer, in the order the answers first appear."""
    earned: dict[str, float] = {}
    for row, credit in zip(rows, credits, strict=True):
        question = bank.question(int(row.question.removeprefix("bank-")))
        total = sum(c.weight for c in question.criteria)
        worth = {c.id: c.weight / total for c in question.criteria}
        worth |= {m.id: -m.cost for m in question.misconceptions}
        earned[row.item] = earned.get(row.item, 0.0) + worth[row.claim] * credit
    return np.clip(np.asarray(list(earned.values())), 0.0, 1.0)


def passing_calibration(
    rows: Sequence[table.Row], chances: Sequence[float], bank: Bank
) -> tuple[float, float]:
    """From the naive probability of passing to how often people passed the answer."""
    by_item: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        by_item.setdefault(row.item, []).append(i)
    naive, truth = [], []
    for at in by_item.values():
        question = bank.question(int(rows[at[0]].question.removeprefix("bank-")))
        naive.append(logit(pass_probability(question, [chances[i] for i in at]), 0.005))
        truth.append(
            pass_probability(
                question,
                [
                    float(rows[i].target >= 0.75) if rows[i].misconception else rows[i].target
                    for i in at
                ],
            )
            >= 0.5
        )
    slope, offset = platt(np.asarray(naive), np.asarray(truth, dtype=float))
    return round(slope, 4), round(offset, 4)
