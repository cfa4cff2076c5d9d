"""Fits the linear models of what was said, and writes them into the package.

    python training/fit_utterances.py [--cross]

Fitted on: two thirds of utterances.jsonl, by a digest of the text, and all of second.jsonl, third.jsonl
and fourth.jsonl. The other third and the fresh ones are for benchmarks/utterances.py. Utterances made
from templates join in at a lower weight, and so do, as answers, exemplars of the bank, replies to
follow-ups and graded answers.
--cross: the error within what people wrote of it, by three folds, and no file.
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
from utterance_templates import made

from interviewer.bank.questions import Bank
from interviewer.interview.talk import utterance_rules, utterances
from interviewer.session.events import ANSWERS, UtteranceKind
from interviewer.specs.banks import open_bank
from interviewer.specs.embedders import make_embedder

FOLDER = ROOT / "training" / "utterances"
DATA, SECOND, THIRD, FOURTH, FRESH, FRESH_2, FRESH_3 = (
    FOLDER / f"{name}.jsonl"
    for name in ("utterances", "second", "third", "fourth", "fresh", "fresh2", "fresh3")
)
TARGET = ROOT / "interviewer" / "interview" / "talk" / "utterances.json"
KINDS: tuple[UtteranceKind, ...] = tuple(k for k in get_args(UtteranceKind) if k != "go-back")
EXTRA_WEIGHT, MADE_WEIGHT = 0.3, 0.4
ANSWER_WEIGHT = 3.0
"""An answer that is lost is worse than talk that is graded."""
A_TEMPLATE, AN_ANSWER = 24, 150
"""Utterances made from one template, and from one of answers."""
INVERSE_PENALTY = 0.5
STEPS = 150
VECTOR_SIZE = 384

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


def taught(bank: Bank) -> tuple[list[Utterance], list[Utterance], Matrix]:
    """What people wrote of what is fitted on, the rest of it, and the weight of each of them all."""
    own = [
        *(u for u in read() if not is_held_out(u.text)),
        *read(SECOND),
        *read(THIRD),
        *read(FOURTH),
    ]
    told = {u.text for u in read() if is_held_out(u.text)}
    extra = more_answers(bank)
    built = [
        Utterance(t, k, q, "") for t, k, q in made(bank, A_TEMPLATE, AN_ANSWER) if t not in told
    ]  # type: ignore[arg-type]
    weight = [ANSWER_WEIGHT if u.kind in ANSWERS else 1.0 for u in own]
    weight += [EXTRA_WEIGHT * ANSWER_WEIGHT] * len(extra)
    weight += [MADE_WEIGHT * (ANSWER_WEIGHT if u.kind in ANSWERS else 1.0) for u in built]
    return own, [*extra, *built], np.array(weight, np.float32)


def seen(found: Sequence[Utterance], bank: Bank) -> Matrix:
    """What the models see: the features of the cues, pieces of words, then the vector."""
    plain = []
    for u in found:
        question = bank.question(u.question)
        cues = utterances.features(u.text, u.asked or question.prompt, question)
        plain.append(np.array([*cues, *utterances.pieces(u.text)], np.float32))
    vectors = make_embedder().embed([u.text for u in found])
    return np.hstack([np.array(plain), utterances.VECTOR_SCALE * vectors])


def fit(rows: Matrix, kinds: npt.NDArray[np.int64], weight: Matrix) -> Matrix:
    """Multinomial logistic regression; (features, kinds)."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  (of requirements/train.txt)
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=STEPS, tol=1e-3, fit_intercept=False)
    model.fit(csr_matrix(rows), kinds, sample_weight=weight)
    return np.asarray(model.coef_, np.float32).T


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cross", action="store_true")
    cross = parser.parse_args().cross
    bank = open_bank()
    own, rest, weight = taught(bank)
    table = seen([*own, *rest], bank)
    kinds = np.array([KINDS.index(u.kind) for u in (*own, *rest)])
    if cross:
        _crossed(table, kinds, weight, own)
        return
    plain = table.shape[1] - VECTOR_SIZE
    found = {
        "kinds": KINDS,
        "plain": _rows(fit(table[:, :plain], kinds, weight)),
        "embedded": _rows(fit(table, kinds, weight)),
    }
    utterances.UtteranceModels.model_validate(found)
    TARGET.write_text(json.dumps(found, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(own)} utterances, {len(rest)} answers and made ones: {TARGET}")


def _crossed(
    rows: Matrix, kinds: npt.NDArray[np.int64], weight: Matrix, own: Sequence[Utterance]
) -> None:
    """Prints what the model, without the rules, takes wrongly of what it was not fitted on.

    Cues and templates were written with much of it in view: the error is too low.
    """
    folds = np.array([_digest("fold" + u.text) % 3 for u in own] + [-1] * (len(rows) - len(own)))
    said = np.zeros((len(own), len(KINDS)), np.float32)
    for fold in range(3):
        kept = folds != fold
        at = np.flatnonzero(~kept)
        scores = rows[at] @ fit(rows[kept], kinds[kept], weight[kept])
        said[at] = np.exp(scores - np.logaddexp.reduce(scores, 1, keepdims=True))
    right = 0
    for u, row in zip(own, said, strict=True):
        best = KINDS[int(row.argmax())]
        right += best == u.kind
        if best != u.kind and not {best, u.kind} <= ANSWERS:
            print(f"  {u.kind} -> {best} {row.max():.2f}: {u.text}")
    print(f"{right} of {len(own)} right")


def _rows(weights: Matrix) -> list[list[float]]:
    return [[round(float(x), 2) + 0.0 for x in row] for row in weights.T]


if __name__ == "__main__":
    main()
