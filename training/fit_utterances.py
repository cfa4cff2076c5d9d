"""Fits the linear models of what was said, and writes them into the package.

    python training/fit_utterances.py [--cross]

Two thirds of utterances.jsonl are fitted on, by a digest of the text; the rest is for
benchmarks/utterances.py. Exemplars of the bank, replies to follow-ups and graded answers join in as
answers, at a lower weight. --cross: the error within the two thirds, by five folds, and no file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from reader_sources import graded_replies, read_jsonl, voices

from interviewer.bank.questions import Bank
from interviewer.interview.talk import utterance_rules, utterances
from interviewer.session.events import ANSWERS, UtteranceKind
from interviewer.specs.banks import open_bank
from interviewer.specs.embedders import make_embedder

DATA = ROOT / "training" / "utterances" / "utterances.jsonl"
TARGET = ROOT / "interviewer" / "interview" / "talk" / "utterances.json"
KINDS: tuple[UtteranceKind, ...] = get_args(UtteranceKind)
EXTRA_WEIGHT = 0.3
PRIOR_SHARE = 0.5
"""Of the log prior, which both models hold, so much is taken off their sum. Whole would be right for
two that see different things; half was best on what is fitted on, without losing an answer."""
DECAY = 3e-4
STEPS = 400

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Utterance:
    """A labelled one. question: its number; asked: "" for the question's own prompt."""

    text: str
    kind: UtteranceKind
    question: int
    asked: str


def is_held_out(text: str) -> bool:
    """Whether a text is in the third that nothing is fitted on."""
    return _digest(text) % 3 == 0


def is_spare(text: str) -> bool:
    """Whether an answer from elsewhere is in the half that nothing is fitted on."""
    return _digest("more" + text) % 2 == 0


def _digest(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0]


def read(path: Path = DATA) -> list[Utterance]:
    """All labelled utterances. Those that would fit any question are put to question 1."""
    return [
        Utterance(r["text"], r["kind"], r["question"] or 1, r["asked"]) for r in read_jsonl(path)
    ]


def more_answers(bank: Bank) -> list[Utterance]:
    """Answers from elsewhere: every fifth exemplar, and half of the replies and short answers."""
    out = [
        Utterance(text, "answer", q.id, "")
        for q in bank.questions
        for claim in (*q.criteria, *q.misconceptions)
        for text in (*claim.accepts, *claim.rejects)
        if _digest(text) % 5 == 0
    ]
    out += [Utterance(r.text, "answer", r.question, r.asked) for r in graded_replies()]
    out += [
        Utterance(row["answer"], "answer", row["question"], "")
        for row in voices()
        if len(row["answer"]) < 200
    ]
    kept = [u for u in out if not _whole_talk(u) and not is_spare(u.text)]
    return list(dict.fromkeys(kept))


def _whole_talk(one: Utterance) -> bool:
    # Replies such as "no idea" are among them, as replies that earn nothing.
    return utterance_rules.said_whole(one.text, one.asked) is not None or bool(
        re.search(r"\b(?:no (?:idea|clue)|(?:do not|don't|dont) know|not sure|dunno)\b", one.text)
    )


def seen(found: Sequence[Utterance], bank: Bank) -> tuple[Matrix, Matrix]:
    """What the models see: the features of the cues; pieces of words, then the vector."""
    cues, pieces = [], []
    for u in found:
        question = bank.question(u.question)
        cues.append(utterances.features(u.text, u.asked or question.prompt, question))
        pieces.append(utterances.pieces(u.text))
    vectors = make_embedder().embed([u.text for u in found])
    beside = np.hstack([np.array(pieces, np.float32), utterances.VECTOR_SCALE * vectors])
    return np.array(cues, np.float32), beside


def fit(rows: Matrix, kinds: npt.NDArray[np.int64], weight: Matrix) -> Matrix:
    """Multinomial logistic regression by accelerated gradient descent; (features, kinds)."""
    due = np.eye(len(KINDS), dtype=np.float32)[kinds]
    share = (weight / weight.sum())[:, None]
    rate = 1.0 / (0.3 * float((rows * rows).sum(1).max()) + DECAY)
    now = np.zeros((rows.shape[1], len(KINDS)), np.float32)
    ahead, pace = now.copy(), 1.0
    for _ in range(STEPS):
        gap = chances(rows, ahead) - due
        after = ahead - rate * (rows.T @ (gap * share) + DECAY * ahead)
        quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = after + (pace - 1) / quicker * (after - now)
        now, pace = after, quicker
    return now


def chances(rows: Matrix, weights: Matrix) -> Matrix:
    """The probability of each kind."""
    scores = rows @ weights
    shares = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(shares / shares.sum(1, keepdims=True), np.float32)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cross", action="store_true")
    cross = parser.parse_args().cross
    bank = open_bank()
    own = [u for u in read() if not is_held_out(u.text)]
    extra = more_answers(bank)
    cues, beside = seen([*own, *extra], bank)
    kinds = np.array([KINDS.index(u.kind) for u in (*own, *extra)])
    weight = np.array([1.0] * len(own) + [EXTRA_WEIGHT] * len(extra), np.float32)
    if cross:
        # The cues were written with these two thirds in view: their error here is too low.
        for name, table in (("cues", cues), ("pieces and vector", beside)):
            print(name, _crossed(table, kinds, weight, own))
        return
    found = {
        "kinds": KINDS,
        "cues": _rows(_less_prior(fit(cues, kinds, weight), kinds, weight)),
        "pieces": _rows(fit(beside[:, : utterances.PIECES + 1], kinds, weight)),
        "embedded": _rows(fit(beside, kinds, weight)),
    }
    utterances.UtteranceModels.model_validate(found)
    TARGET.write_text(json.dumps(found, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(own)} utterances and {len(extra)} answers: {TARGET}")


def _less_prior(weights: Matrix, kinds: npt.NDArray[np.int64], weight: Matrix) -> Matrix:
    counts = np.bincount(kinds, weights=weight, minlength=len(KINDS))
    bias = len(utterance_rules.CUES)  # the feature after the cues is always 1
    less = weights.copy()
    less[bias] -= PRIOR_SHARE * np.log(counts / counts.sum())
    return less


def _crossed(
    rows: Matrix, kinds: npt.NDArray[np.int64], weight: Matrix, own: Sequence[Utterance]
) -> dict[str, float]:
    folds = np.array([_digest("fold" + u.text) % 5 for u in own] + [-1] * (len(rows) - len(own)))
    said = np.zeros((len(own), len(KINDS)), np.float32)
    for fold in range(5):
        kept = folds != fold
        weights = fit(rows[kept], kinds[kept], weight[kept])
        at = np.flatnonzero(~kept)
        said[at] = chances(rows[at], weights)
    due = kinds[: len(own)]
    answer = np.isin(due, [KINDS.index(k) for k in ANSWERS])
    talk = 1 - said[:, [KINDS.index(k) for k in ANSWERS]].sum(1)
    for u, p, row in zip(own, talk, said, strict=True):
        if u.kind in ANSWERS and p >= 0.5:
            print("  lost:", KINDS[int(row.argmax())], round(float(p), 2), u.text)
    return {
        "right": round(float((said.argmax(1) == due).mean()), 4),
        "lost": int((answer & (talk >= utterances.TALK)).sum()),
    }


def _rows(weights: Matrix) -> list[list[float]]:
    return [[round(float(x), 2) for x in row] for row in weights.T]


if __name__ == "__main__":
    main()
