"""Fit the heads of the shipped bank anew, on the encoder as it is.

    python training/fit_heads.py

Reads heads.npz and the graded answers to the bank that neither measure nor fit the decision, and moves
each head from where it stands: a logistic regression on the encoder's states whose offset is what the
head said so far, with a penalty on the change. Writes heads.npz, and prints how well claims are told of
answers that no head was fitted to, before and after.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import numpy as np
import torch
from make_encoder import WEIGHTS
from reader_sources import bank_rows, fits_decision, is_lesson, plain, read_jsonl, withheld_answer
from ship import write_manifest
from sklearn.metrics import roc_auc_score

from interviewer.bank.bank_files import load_bank
from interviewer.grading.offline.onnx_heads import OnnxHeads
from interviewer.grading.offline.word_table import WordTable

BANK = ROOT / "rubrics" / "multimodal-embeddings"
PENALTY = 20.0
"""On the squared change of a head, in units of the states' spread."""
TRUTH = {"met": 1.0, "partial": 0.5, "unmet": 0.0}


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
    encoded = heads._tokenizer.encode_batch([str(r["answer"]) for r in rows])
    states = np.array([np.asarray(heads.run(e), np.float32).reshape(-1) for e in encoded])
    kept_back = np.array([withheld_answer(r) for r in rows])
    # The first heads were fitted to all but these.
    unheard = np.array([str(r["id"]).startswith("v6-") or is_lesson(r) for r in rows])
    deciding = np.array([fits_decision(str(r["id"])) for r in rows]) & ~kept_back
    taught = ~(kept_back | deciding)
    mean, spread = states.mean(0), states.std(0) + 1e-6
    stored = dict(np.load(WEIGHTS / "heads.npz"))
    matrix, offsets = stored["weight"].T.copy(), stored["bias"].copy()
    told: dict[str, list[tuple[bool, float, float]]] = {"kept back": [], "of the decision": []}
    for question in bank.questions:
        mine = np.array([int(r["question"]) == question.id for r in rows])
        for claim in (*question.criteria, *question.misconceptions):
            column = heads.column(question.prompt, claim.statement)
            if column is None:
                continue
            truth = np.array([truth_of(r, claim.id) for r in rows])
            before = states @ stored["weight"].T[:, column] + stored["bias"][column]
            fitted = mine & taught
            change, bias, scale = moved(
                (states[fitted] - mean) / spread, before[fitted], truth[fitted]
            )
            matrix[:, column] = scale * matrix[:, column] + change / spread
            offsets[column] = scale * offsets[column] + bias - (change / spread) @ mean
            after = states @ matrix[:, column] + offsets[column]
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


def truth_of(row: dict[str, object], claim: str) -> float:
    """The chance that a fair grader finds the claim said."""
    verdicts = plain(row["verdicts"])
    if claim in verdicts:
        return TRUTH[verdicts[claim]]
    return float(claim in row["misconceptions"])


if __name__ == "__main__":
    main()
