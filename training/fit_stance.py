"""Fit what the words of a frame weigh: does it mean what it holds, or deny, doubt, ask, report it?

    python training/fit_stance.py

Claims of the bank, of exam questions and of twins are put in the frames that are trained with,
roughened as speech is; natural answers that a person found to assert a claim stand for what is
meant. Writes stance.json, and prints how well frames are told that the fit never saw.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import numpy as np
from editing import OTHERS, denied
from make_encoder import WEIGHTS
from reader_compose import Frame, Piece, joined, trained_frames, twins
from reader_sources import (
    bank_rows,
    exam_files,
    exam_part,
    fits_decision,
    is_sentence,
    read_jsonl,
    withheld_answer,
)
from ship import write_manifest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from interviewer.bank.bank_files import load_bank
from interviewer.grading.offline.phrasing.stance import (
    StanceModel,
    nearest,
    ngrams,
    sentence_of,
    sentences_of,
)

BANK = ROOT / "rubrics" / "multimodal-embeddings"
DRAWN = 60_000
STANCES = (
    ("affirm", 34), ("deny", 28), ("doubt", 12), ("ask", 8), ("report", 8), ("retract", 10),
    ("bothways", 4), ("hypothetical", 2), ("plain", 10), ("edit", 6),
)  # fmt: skip


def pool() -> list[tuple[str, str]]:
    """A claim, and what says it."""
    found = []
    bank = load_bank(BANK)
    for question in bank.questions:
        for c in question.criteria:
            found += [(c.statement, c.statement), *((c.statement, a) for a in c.accepts[:4])]
            found += [(a, a) for a in c.accepts[4:8]]
    for path in exam_files():
        for row in read_jsonl(path):
            if exam_part(row) == "train":
                stated = [c["statement"] for c in row["criteria"] if is_sentence(c["statement"])]
                found += [(s, s) for s in stated]
    return [*found, *((s, pair.right[0]) for (_, s), pair in twins().items())]


def framed(
    frames: list[Frame], texts: list[tuple[str, str]], rng: random.Random
) -> tuple[str, str, bool, str]:
    """A claim, a text, whether it is not meant there, and the frame."""
    claim, said = rng.choice(texts)
    kind = rng.choices([k for k, _ in STANCES], [w for _, w in STANCES])[0]
    against, name, text = kind not in ("affirm", "plain"), kind, said
    if kind == "edit":
        text = denied(said, rng) or said
        against = text != said
    elif kind != "plain":
        frame = rng.choice([f for f in frames if f.kind == kind])
        text, name = frame.around(said, rng)[0], frame.template
    text = joined([Piece(text, 0, 0, len(text), True)], 1, rng)[0]
    if rng.random() < 0.4:
        other = rng.choice(texts)[1]
        text = f"{other.rstrip('.')}. {text}" if rng.random() < 0.5 else f"{text.rstrip()} {other}"
    return claim, text, against, name


def natural() -> list[tuple[str, str, bool, str]]:
    """What people said of claims that they asserted or denied."""
    bank = load_bank(BANK)
    gold = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
    out = []
    for row in (*gold, *bank_rows()):
        if withheld_answer(row) or fits_decision(str(row["id"])):
            continue
        for c in bank.question(int(row["question"])).criteria:
            level = row["verdicts"][c.id]
            if level in ("met", "denied"):
                out.append((c.statement, row["answer"], level == "denied", f"natural-{row['id']}"))
    return out


def frame_of(model: StanceModel, claim: str, text: str) -> list[str]:
    said = sentences_of(text)
    place = nearest(said, [sentence_of(claim)])
    if place is None:
        return []
    at, words = place
    return list(set(ngrams(model.frame(said, at, words, model.aligned(said[at], words)))))


def main() -> None:
    rng = random.Random(0)
    frames, texts = trained_frames(), pool()
    counts = Counter(w for f in frames for w in set(sentence_of(f.template).written))
    opposites = {a.lower(): frozenset(b.lower() for b in bs) for a, bs in OTHERS.items()}
    model = StanceModel(
        offset=0.0, grams={}, opposites=opposites,
        known=frozenset(w for w, n in counts.items() if n >= 3 and w.isalpha()) | {"not", "never"},
    )  # fmt: skip
    drawn = [framed(frames, texts, rng) for _ in range(DRAWN)] + natural()
    grams = [frame_of(model, claim, text) for claim, text, _, _ in drawn]
    truth = np.array([against for _, _, against, _ in drawn])
    kept_back = np.array([random.Random(name).random() < 0.2 for *_, name in drawn])
    first = LogisticRegression(C=0.1, max_iter=300)
    table = CountVectorizer(analyzer=lambda g: g, binary=True, min_df=8)
    counts_of = table.fit_transform(grams)
    first.fit(counts_of, truth)
    names = table.get_feature_names_out()
    kept = sorted(range(len(names)), key=lambda i: -abs(first.coef_[0][i]))[:5000]
    found = LogisticRegression(C=0.1, max_iter=300)
    found.fit(counts_of[~kept_back][:, kept], truth[~kept_back])
    chance = found.predict_proba(counts_of[:, kept])[:, 1]
    own = np.array([name.startswith("natural") for *_, name in drawn])
    for what, rows in (("frames", kept_back & ~own), ("natural", kept_back & own)):
        print(what, int(rows.sum()), "AUC", round(roc_auc_score(truth[rows], chance[rows]), 3),
              "meant, called against", round(float((chance > 0.5)[rows & ~truth].mean()), 3))  # fmt: skip
    found.fit(counts_of[:, kept], truth)
    model = model.model_copy(
        update={
            "offset": round(float(found.intercept_[0]), 4),
            "grams": {
                names[i]: round(float(w), 3) for i, w in zip(kept, found.coef_[0], strict=True)
            },
        }
    )
    (WEIGHTS / "stance.json").write_text(model.model_dump_json() + "\n", "utf-8")
    write_manifest()


if __name__ == "__main__":
    main()
