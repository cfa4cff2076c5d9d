"""Fit what tells a text from its own words in no order.

    python training/fit_sense.py

Natural answers, statements and terse lists stand beside themselves shuffled. Writes sense.json, and
prints how well answers are told that the fit never saw.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import numpy as np
from make_encoder import WEIGHTS
from reader_sources import (
    bank_rows,
    exam_answers,
    exam_files,
    fits_decision,
    read_jsonl,
    withheld_answer,
)
from ship import write_manifest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from interviewer.answer_text.normalize import STOP
from interviewer.bank.bank_files import load_bank
from interviewer.grading.offline.phrasing.sense import FEW, SenseModel
from interviewer.grading.offline.phrasing.stance import ngrams, sentence_of

BANK = ROOT / "rubrics" / "multimodal-embeddings"
COMMON = 600
"""Words that are kept as they are."""
KEPT = 12000
"""The n-grams of most weight that are kept."""


def texts() -> list[str]:
    """What people said or wrote, and what a bank holds."""
    bank = load_bank(BANK)
    gold = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
    rows = [r for r in (*gold, *bank_rows()) if not withheld_answer(r)]
    found = [str(r["answer"]) for r in rows if not fits_decision(str(r["id"]))]
    for path in exam_files():
        found += [s.answer for s in exam_answers(path, "train")]
    for q in bank.questions:
        for c in (*q.criteria, *q.misconceptions):
            found += [c.statement, *c.accepts, *c.rejects]
    return sorted(set(found))


def shuffled(text: str, rng: random.Random) -> str:
    """All of its words in any order, or of several texts the words in any order."""
    words = [w.strip(".,;:") for w in text.split()]
    rng.shuffle(words)
    return " ".join(words)


def common(natural: list[str]) -> frozenset[str]:
    """The words that most texts hold."""
    texts = ({w for w in sentence_of(text).written if w[0].isalpha()} for text in natural)
    counted = Counter(word for words in texts for word in words)
    return frozenset(STOP) | frozenset(word for word, _ in counted.most_common(COMMON))


def main() -> None:
    rng = random.Random(0)
    natural = texts()
    drawn = [(t, False, t) for t in natural] + [(shuffled(t, rng), True, t) for t in natural]
    model = SenseModel(offset=0.0, grams={}, common=common(natural))
    drawn = [d for d in drawn if len(model.skeleton(d[0])) >= FEW]
    grams = [sorted(set(ngrams(model.skeleton(text)))) for text, *_ in drawn]
    truth = np.array([against for _, against, _ in drawn])
    kept_back = np.array([random.Random(name).random() < 0.2 for *_, name in drawn])
    table = CountVectorizer(analyzer=lambda g: g, binary=True, min_df=8)
    counts = table.fit_transform(grams)
    fit = LogisticRegression(C=0.3, max_iter=300)
    fit.fit(counts, truth)
    kept = sorted(range(counts.shape[1]), key=lambda i: -abs(fit.coef_[0][i]))[:KEPT]
    fit.fit(counts[~kept_back][:, kept], truth[~kept_back])
    chance = fit.predict_proba(counts[:, kept])[:, 1]
    rows = kept_back
    print(len(drawn), "AUC", round(roc_auc_score(truth[rows], chance[rows]), 3),
          "natural, called senseless", round(float((chance > 0.9)[rows & ~truth].mean()), 4),
          "shuffled, found", round(float((chance > 0.9)[rows & truth].mean()), 3))  # fmt: skip
    fit.fit(counts[:, kept], truth)
    names = table.get_feature_names_out()
    weights = zip(kept, fit.coef_[0], strict=True)
    model = model.model_copy(
        update={
            "offset": round(float(fit.intercept_[0]), 4),
            "grams": {names[i]: round(float(w), 3) for i, w in weights},
        }
    )
    (WEIGHTS / "sense.json").write_text(model.model_dump_json() + "\n", "utf-8")
    write_manifest()


if __name__ == "__main__":
    main()
