"""Fit the decision on answers that the reader was not trained on.

    python training/reader/fit_decision.py [--weights FOLDER]

Reads tuned gold answers, training answers and exam answers of the part "decide" with the exported
reader, and writes decision.json: the calibration of a claim's chance by logistic regression, the
levels' thresholds by quadratic weighted kappa, the chance of passing by logistic regression over
whole answers. Prints what it comes to.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training"), str(ROOT / "training/reader")]

import deciding
import numpy as np
from claim_reader import ASSERTED, HALF, OnnxClaimReader
from claims_grader import ClaimsGrader
from deciding import Decision
from reader_samples import SOME, YES
from reader_sources import (
    answer_files,
    bank_answer,
    exam_answers,
    exam_files,
    fits_decision,
    read_jsonl,
    withheld_answer,
)
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score

from interviewer.bank.bank_files import load_bank
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder
from interviewer.grading.offline.trees import logit
from interviewer.grading.offline.word_table import WordTable

BANK = ROOT / "rubrics" / "multimodal-embeddings"
DATA = ROOT / "training" / "reader"
CREDIT = {"met": 1.0, "partial": 0.5, "unmet": 0.0, "denied": 0.0}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--weights", type=Path, default=ROOT / "interviewer/grading/offline/weights"
    )
    options = parser.parse_args()
    words = WordTable.load(options.weights / "words.npz")
    reader, embedder = OnnxClaimReader(options.weights, words), OnnxEmbedder(options.weights, words)
    bank = load_bank(BANK)
    grader = ClaimsGrader(reader, embedder, Decision(), version="0")
    gold = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
    rows = [r for p in answer_files() for r in read_jsonl(p)]
    rows = [r for r in (*gold, *rows) if fits_decision(str(r["id"])) and not withheld_answer(r)]
    truth, asserted, half, answers = [], [], [], []
    for row in rows:
        question = bank.question(int(row["question"]))
        sample = bank_answer({**row, "raters": ()}, question)
        found = reader.read(question.prompt, "", [c.text for c in sample.claims], sample.answer)
        near = grader._similarity(question, sample.answer)
        answers.append((question, row, found, near))
        for claim, reading in zip(sample.claims, found, strict=True):
            truth.append(2 if claim.allowed == YES else 1 if claim.allowed == SOME else 0)
            asserted.append(reading.verdicts[ASSERTED])
            half.append(reading.verdicts[HALF])
    for path in exam_files():
        for sample in exam_answers(path, "decide"):
            found = reader.read(sample.question, "", [c.text for c in sample.claims], sample.answer)
            for claim, reading in zip(sample.claims, found, strict=True):
                truth.append(2 if claim.allowed == YES else 1 if claim.allowed == SOME else 0)
                asserted.append(reading.verdicts[ASSERTED])
                half.append(reading.verdicts[HALF])
    decision = _claims(np.array(truth), np.array(asserted), np.array(half))
    decision = _passing(answers, decision, embedder.name)
    (options.weights / "decision.json").write_text(decision.model_dump_json(indent=1) + "\n")
    print(decision)


def _claims(truth: np.ndarray, asserted: np.ndarray, half: np.ndarray) -> Decision:
    x = np.array([[logit(float(p))] for p in asserted])
    fitted = LogisticRegression(C=100).fit(x, truth == 2)
    decision = Decision(slope=float(fitted.coef_[0, 0]), offset=float(fitted.intercept_[0]))
    pairs = [
        deciding.calibrated(float(a), float(h), decision)
        for a, h in zip(asserted, half, strict=True)
    ]
    credit = np.array([a + 0.5 * h for a, h in pairs])
    best = (-1.0, 0.5, 0.3)
    for met in np.arange(0.4, 0.85, 0.025):
        for partial in np.arange(0.15, met - 0.05, 0.025):
            given = np.where(credit >= met, 2, np.where(credit >= partial, 1, 0))
            score = cohen_kappa_score(truth, given, weights="quadratic")
            score += cohen_kappa_score(truth == 2, given == 2)
            best = max(best, (score, float(met), float(partial)))
    print("claims", len(truth), "sum of kappas", round(best[0], 3))
    return decision.model_copy(update={"met": round(best[1], 3), "partial": round(best[2], 3)})


def _passing(answers: list, decision: Decision, embedder: str) -> Decision:
    rows, passed = [], []
    for question, row, found, near in answers:
        chances = [
            deciding.calibrated(f.verdicts[ASSERTED], f.verdicts[HALF], decision) for f in found
        ]
        n = len(question.criteria)
        naive = deciding.chance_of_half(question, chances[:n], [y for y, _ in chances[n:]])
        rows.append([logit(naive, 0.005), near or 0.0])
        total = sum(c.weight for c in question.criteria)
        score = sum(c.weight * CREDIT[row["verdicts"][c.id]] for c in question.criteria) / total
        score -= sum(m.cost for m in question.misconceptions if m.id in row["misconceptions"])
        passed.append(score >= 0.5 - 1e-9)
    fitted = LogisticRegression(C=10).fit(np.array(rows), np.array(passed))
    slope, similarity = (float(x) for x in fitted.coef_[0])
    if similarity < 0:
        similarity = 0.0
        fitted = LogisticRegression(C=10).fit(np.array(rows)[:, :1], np.array(passed))
        slope = float(fitted.coef_[0, 0])
    return decision.model_copy(
        update={
            "passing_slope": slope, "passing_offset": float(fitted.intercept_[0]),
            "similarity": similarity, "embedder": embedder if similarity else "",
        }
    )  # fmt: skip


if __name__ == "__main__":
    main()
