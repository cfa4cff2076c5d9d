"""Fit the heads of the shipped bank anew, on the encoder as it is.

    python training/fit_heads.py

Reads heads.npz, the graded answers to the bank that neither measure nor fit the decision, sayings that
are right and near to right, and answers to questions of other sections, which say nothing here. Moves
each head from where it stands: a logistic regression on the encoder's states whose offset is what the
head said so far, with a penalty on the change. Writes heads.npz, and prints how well claims are told of
answers that no head was fitted to, and of sayings, before and after.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import numpy as np
import torch
from make_encoder import WEIGHTS
from reader_compose import Twins, apart, twins
from reader_sources import bank_rows, fits_decision, is_lesson, plain, read_jsonl, withheld_answer
from ship import write_manifest
from sklearn.metrics import roc_auc_score

from interviewer.bank.bank_files import load_bank
from interviewer.grading.offline.onnx_heads import OnnxHeads
from interviewer.grading.offline.word_table import WordTable

BANK = ROOT / "rubrics" / "multimodal-embeddings"
PENALTY = 20.0
"""On the squared change of a head, in units of the states' spread."""
WIDTH = 384
"""Of the encoder's states."""
TRUTH = {"met": 1.0, "partial": 0.5, "unmet": 0.0}
STRAYS = 80
"""Answers to questions of other sections that each head is fitted to, as saying nothing; those of quick-fire
questions to none, since these ask what others ask."""


def moved(
    states: np.ndarray, said: np.ndarray, truth: np.ndarray
) -> tuple[np.ndarray, float, float]:
    """The change of a head's weights, of its bias, and what its old word is multiplied by.

    states: shape (answers, width), standardised. said: the log-odds so far. truth: chances.
    """
    x, old, y = (torch.tensor(v, dtype=torch.float32) for v in (states, said, truth))
    change = torch.zeros(x.shape[1], requires_grad=True)
    bias, scale = torch.zeros(1, requires_grad=True), torch.ones(1, requires_grad=True)
    fit = torch.optim.LBFGS([change, bias, scale], max_iter=60, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        fit.zero_grad()
        odds = scale * old + x @ change + bias
        told = torch.nn.functional.binary_cross_entropy_with_logits(odds, y, reduction="sum")
        found = told + PENALTY * change.square().sum() + 0.5 * (scale - 1).square().sum()
        found.backward()
        return found

    fit.step(loss)
    return change.detach().numpy(), bias.item(), scale.item()


def main() -> None:
    heads = OnnxHeads(WEIGHTS, WordTable.load(WEIGHTS / "words.npz"))
    bank = load_bank(BANK)
    rows = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]] + bank_rows()
    states = states_of(heads, [str(r["answer"]) for r in rows])
    kept_back = np.array([withheld_answer(r) for r in rows])
    # The first heads were fitted to all but these.
    unheard = np.array([str(r["id"]).startswith("v6-") or is_lesson(r) for r in rows])
    deciding = np.array([fits_decision(str(r["id"])) for r in rows]) & ~kept_back
    taught = ~(kept_back | deciding)
    mean, spread = states.mean(0), states.std(0) + 1e-6
    stored = dict(np.load(WEIGHTS / "heads.npz"))
    matrix, offsets = stored["weight"].T.copy(), stored["bias"].copy()
    told: dict[str, list[tuple[bool, float, float]]] = {
        "kept back": [], "of the decision": [], "sayings": [],
    }  # fmt: skip
    said, unseen, rng = twins(), twins("decide"), random.Random(0)
    for question in bank.questions:
        mine = np.array([int(r["question"]) == question.id for r in rows])
        others = {q.id for q in bank.questions if apart(question, q)}
        far = [i for i, r in enumerate(rows) if taught[i] and int(r["question"]) in others]
        strays = states[rng.sample(far, min(STRAYS, len(far)))]
        for claim in (*question.criteria, *question.misconceptions):
            column = heads.column(question.prompt, claim.statement)
            if column is None:
                continue
            truth = np.array([truth_of(r, claim.id) for r in rows])
            first, offset = stored["weight"].T[:, column], stored["bias"][column]
            before, fitted = states @ first + offset, mine & taught
            short, right = sayings(heads, said.get((question.prompt, claim.statement)))
            seen = np.concatenate([states[fitted], short, strays])
            change, bias, scale = moved(
                (seen - mean) / spread, seen @ first + offset,
                np.concatenate([truth[fitted], right, np.zeros(len(strays))]),
            )  # fmt: skip
            matrix[:, column] = scale * matrix[:, column] + change / spread
            offsets[column] = scale * offsets[column] + bias - (change / spread) @ mean
            after = states @ matrix[:, column] + offsets[column]
            short, right = sayings(heads, unseen.get((question.prompt, claim.statement)))
            told["sayings"] += zip(
                right == 1.0, short @ first + offset, short @ matrix[:, column] + offsets[column],
                strict=True,
            )  # fmt: skip
            for name, chosen in (("kept back", kept_back), ("of the decision", deciding & unheard)):
                told[name] += [
                    (truth[i] == 1.0, before[i], after[i]) for i in np.flatnonzero(mine & chosen)
                ]
    for name, claims in told.items():
        right, *odds = zip(*claims, strict=True)
        print(name, len(right), "AUC", *(round(roc_auc_score(right, o), 4) for o in odds))
    stored |= {"weight": matrix.T.astype(np.float32), "bias": offsets.astype(np.float32)}
    np.savez(WEIGHTS / "heads.npz", **stored)
    write_manifest()


def states_of(heads: OnnxHeads, texts: list[str]) -> np.ndarray:
    """The encoder's states of those texts, shape (texts, width)."""
    encoded = heads._tokenizer.encode_batch(texts)
    found = [np.asarray(heads.run(e), np.float32).reshape(-1) for e in encoded]
    return np.array(found, np.float32).reshape(len(texts), WIDTH)


def sayings(heads: OnnxHeads, pair: Twins | None) -> tuple[np.ndarray, np.ndarray]:
    """The states of what says a claim and of what is near to it and wrong, and which is which."""
    right, wrong = (pair.right, pair.wrong) if pair else ((), ())
    truth = np.array([1.0] * len(right) + [0.0] * len(wrong))
    return states_of(heads, [*right, *wrong]), truth


def truth_of(row: dict[str, object], claim: str) -> float:
    """The chance that a fair grader finds the claim said."""
    verdicts = plain(row["verdicts"])
    if claim in verdicts:
        return TRUTH[verdicts[claim]]
    return float(claim in row["misconceptions"])


if __name__ == "__main__":
    main()
