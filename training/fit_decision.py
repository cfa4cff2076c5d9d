"""Fit the decision on answers that the reader was not trained on.

    python training/fit_decision.py

Reads tuned gold answers, training answers and exam answers of the part "decide", and statements in
frames, with the exported reader, and writes decision.json: the calibration of a claim's chance by
logistic regression over the reader, the nearest exemplars and the claim's own head; the
levels' thresholds, by the sum of the quadratic weighted kappa of levels, the kappa of met against
not and the kappa of passing; the chance of passing by logistic regression over whole answers. Then
writes what stands beside it, and prints what it comes to.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import numpy as np
from make_encoder import WEIGHTS
from reader_samples import SOME, YES, Sample
from reader_sources import (
    bank_answer,
    bank_rows,
    exam_answers,
    exam_files,
    fits_decision,
    read_jsonl,
    withheld_answer,
)
from ship import write_manifest, write_vectors
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, fbeta_score

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank, Question
from interviewer.check.behaving import shipped_frames
from interviewer.grading import scoring
from interviewer.grading.chances import chance_of_half, logit
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline import deciding
from interviewer.grading.offline.deciding import Beside, Decision, Headed
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.evidence import parts_of
from interviewer.grading.offline.offline_grader import OfflineGrader
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder
from interviewer.grading.offline.onnx_heads import OnnxHeads
from interviewer.grading.offline.onnx_reader import OnnxClaimReader
from interviewer.grading.offline.vector_cache import VectorCache
from interviewer.grading.offline.word_table import WordTable

BANK = ROOT / "rubrics" / "multimodal-embeddings"


@dataclass(frozen=True)
class Item:
    """One answer as read. truth: per claim 0, 1 or 2. question: None for an exam answer."""

    truth: list[int]
    found: list[ClaimReading]
    beside: list[Beside]
    question: Question | None = None
    near: float | None = None
    passed: bool = False

    @property
    def criteria(self) -> int:
        return len(self.question.criteria) if self.question else len(self.truth)


def levels(sample: Sample) -> list[int]:
    return [2 if c.allowed == YES else 1 if c.allowed == SOME else 0 for c in sample.claims]


def items(
    bank: Bank, reader: OnnxClaimReader, grader: OfflineGrader, embedder: OnnxEmbedder
) -> list[Item]:
    """Everything the decision is fitted on."""
    out = []
    gold = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
    rows = [r for r in (*gold, *bank_rows()) if fits_decision(str(r["id"]))]
    for row in rows:
        if withheld_answer(row):
            continue
        question = bank.question(int(row["question"]))
        sample = bank_answer({**row, "raters": ()}, question)
        score = scoring.of_levels(question, _plain(row["verdicts"]), row["misconceptions"])
        request = GradeRequest(question, sample.answer, question.prompt)
        parts = embedder.embed([p.text for p in parts_of(sample.answer)] or [sample.answer])
        found, beside = grader.read(request, sample.answer, parts)
        if not str(row["id"]).startswith("v6-"):
            # The heads were fitted to all others: there they are surer than on anything new.
            beside = [Beside(near.exemplars) for near in beside]
        near = grader.similarity(question, parts)
        out.append(Item(levels(sample), found, beside, question, near, bool(scoring.passed(score))))
    for path in exam_files():
        for sample in exam_answers(path, "decide"):
            (found,) = reader.read(
                sample.question, "", [[c.text for c in sample.claims]], sample.answer
            )
            out.append(Item(levels(sample), found, [Beside()] * len(found)))
    return out


def framed(bank: Bank, grader: OfflineGrader, embedder: OnnxEmbedder) -> list[Item]:
    """A claim of each question in a frame of each kind: those that the reader was trained with.

    The heads do not hear a frame; without these the fit would trust them too much.
    """
    out, frames = [], [f for f in shipped_frames() if not f.held_out]
    for number, question in enumerate(bank.questions):
        for at, kind in enumerate(sorted({f.kind for f in frames})):
            mine = [f for f in frames if f.kind == kind]
            claim = question.criteria[(number + at) % len(question.criteria)]
            text = mine[(7 * number + at) % len(mine)].around(claim.statement)
            request = GradeRequest(question, text, question.prompt)
            parts = embedder.embed([p.text for p in parts_of(text)] or [text])
            found, beside = grader.read(request, text, parts)
            k = question.criteria.index(claim)
            truth = 2 if kind == "affirm" else 0
            out.append(Item([truth], [found[k]], [Beside(head=beside[k].head)]))
        out.append(shuffled(question, grader, embedder))
    return out


def shuffled(question: Question, grader: OfflineGrader, embedder: OnnxEmbedder) -> Item:
    """The words of all criteria in no order: they assert nothing."""
    words = " ".join(c.statement for c in question.criteria).split()
    random.Random(question.id).shuffle(words)
    text = " ".join(word.strip(".,") for word in words)
    request = GradeRequest(question, text, question.prompt)
    found, beside = grader.read(request, text, embedder.embed([text]))
    count = len(question.criteria)
    heads = [Beside(head=near.head) for near in beside[:count]]
    return Item([0] * count, found[:count], heads)


def _plain(verdicts: dict[str, str]) -> dict:
    return {c: "unmet" if level == "denied" else level for c, level in verdicts.items()}


def fitted(x: np.ndarray, truth: np.ndarray) -> list[float]:
    """The weights of a logistic regression, the offset last."""
    found = LogisticRegression(C=100, max_iter=1000).fit(x, truth)
    return [*map(float, found.coef_[0]), float(found.intercept_[0])]


def fit_claims(found: list[Item], frames: list[Item]) -> Decision:
    """The calibration, with frames; and the thresholds, without."""
    rows = [
        (t, r, near)
        for item in (*found, *frames)
        for t, r, near in zip(item.truth, item.found, item.beside, strict=True)
    ]
    own = [r for r in rows if r[2].head is not None]
    rest = [r for r in rows if r[2].head is None]
    x = np.array(
        [
            [
                logit(r.asserted),
                *((*map(logit, near.exemplars), 1.0) if near.exemplars else (0.0,) * 3),
            ]
            for _, r, near in rest
        ]
    )
    slope, accept, reject, beside, offset = fitted(x, np.array([t == 2 for t, _, _ in rest]))
    headed = fitted(
        np.array(
            [[*map(logit, (r.asserted, r.contradicted, r.absent)), n.head] for _, r, n in own]
        ),
        np.array([t == 2 for t, _, _ in own]),
    )
    names = ("asserted", "contradicted", "absent", "head", "offset")
    decision = Decision(
        slope=slope, accept=accept, reject=reject, beside=beside, offset=offset,
        headed=Headed(**dict(zip(names, headed, strict=True))),
    )  # fmt: skip
    chances = [
        [
            deciding.calibrated(r, decision, near)
            for r, near in zip(item.found, item.beside, strict=True)
        ]
        for item in found
    ]
    truth = np.array([t for item in found for t in item.truth[: item.criteria]])
    credit = np.array(
        [y + h / 2 for item, c in zip(found, chances, strict=True) for y, h in c[: item.criteria]]
    )
    wrong = [
        (t == 2, y)
        for item, c in zip(found, chances, strict=True)
        for t, (y, _) in zip(item.truth[item.criteria :], c[item.criteria :], strict=True)
    ]
    wrong_at = max(
        np.arange(0.3, 0.95, 0.05),
        # Precision before recall: to be charged with what one did not say hurts most.
        key=lambda at: fbeta_score([t for t, _ in wrong], [y >= at for _, y in wrong], beta=0.5),
    )
    decision = decision.model_copy(update={"wrong": round(float(wrong_at), 3)})
    best = (-1.0, decision)
    for met in np.arange(0.4, 0.85, 0.05):
        for partial in np.arange(0.15, met - 0.05, 0.05):
            tried = decision.model_copy(
                update={"met": round(float(met), 3), "partial": round(float(partial), 3)}
            )
            given = np.where(credit >= met, 2, np.where(credit >= partial, 1, 0))
            figures = (
                cohen_kappa_score(truth, given, weights="quadratic"),
                cohen_kappa_score(truth == 2, given == 2),
                passing_kappa(found, chances, tried),
            )
            if sum(figures) > best[0]:
                best = (sum(figures), tried)
                print(f"met {met:.2f} partial {partial:.2f}", [f"{f:.3f}" for f in figures])
    print("claims", len(rows))
    return best[1]


def passing_kappa(found: list[Item], chances: list, decision: Decision) -> float:
    """The kappa of passing by levels, over answers to the bank."""
    truth, given = [], []
    for item, found_chances in zip(found, chances, strict=True):
        if item.question is None:
            continue
        n = item.criteria
        named = {
            c.id: deciding.level_of(*pair, decision)
            for c, pair in zip(item.question.criteria, found_chances[:n], strict=True)
        }
        wrong = [
            m.id
            for m, (yes, _) in zip(item.question.misconceptions, found_chances[n:], strict=True)
            if yes >= decision.wrong
        ]
        truth.append(item.passed)
        given.append(bool(scoring.passed(scoring.of_levels(item.question, named, wrong))))
    return float(cohen_kappa_score(truth, given))


def fit_passing(found: list[Item], decision: Decision, embedder: str) -> Decision:
    """The logistic behind the chance of passing; similarity counts only where it helps."""
    rows, passed = [], []
    for item in found:
        if item.question is None:
            continue
        chances = [
            deciding.calibrated(r, decision, near)
            for r, near in zip(item.found, item.beside, strict=True)
        ]
        n = item.criteria
        naive = chance_of_half(item.question, chances[:n], [y for y, _ in chances[n:]])
        rows.append([logit(naive, 0.005), item.near or 0.0])
        passed.append(item.passed)
    slope, similarity, offset = fitted(np.array(rows), np.array(passed))
    if similarity < 0:
        similarity = 0.0
        slope, offset = fitted(np.array(rows)[:, :1], np.array(passed))
    return decision.model_copy(
        update={
            "passing_slope": slope, "passing_offset": offset,
            "similarity": similarity, "embedder": embedder if similarity else "",
        }
    )  # fmt: skip


def main() -> None:
    words = WordTable.load(WEIGHTS / "words.npz")
    reader, embedder = OnnxClaimReader(WEIGHTS, words), OnnxEmbedder(WEIGHTS, words)
    bank = load_bank(BANK)
    cache = VectorCache(embedder)
    grader = OfflineGrader(
        reader, embedder, Decision(accept=1.0), version="0", heads=OnnxHeads(WEIGHTS, words),
        cached_embed=cache.embed,
    )  # fmt: skip
    found = items(bank, reader, grader, embedder)
    frames = framed(bank, grader, embedder)
    decision = fit_passing(found, fit_claims(found, frames), embedder.name)
    (WEIGHTS / "decision.json").write_text(decision.model_dump_json(indent=1) + "\n")
    write_vectors(bank)
    write_manifest()
    print(decision)


if __name__ == "__main__":
    main()
