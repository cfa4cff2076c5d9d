"""What a checkpoint of the reader, or the mean of several, is worth on what it never saw.

    python training/measure_reader.py CHECKPOINT... [--limit N]

Per set: kappa per criterion (met against not, partial counted as half: quadratic weights over three
levels), AUC of pass and fail from the chance that the score reaches one half, accuracy of passing.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import numpy as np
import torch
from fit_reader import BANK, fresh_reader, tokenizer
from reader_model import Reader, collate, encode, predict
from reader_samples import ASSERTED, HALF, SOME, YES, Claim, Sample
from reader_sources import (
    bank_answers,
    ellipses,
    exam_answers,
    exam_files,
    read_jsonl,
    reply_part,
    voices,
    withheld_answer,
)
from sklearn.metrics import cohen_kappa_score, roc_auc_score

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.check.behaving import shipped_frames, shipped_oddities
from interviewer.check.behaviour import families


def load(*paths: Path) -> Reader:
    """A reader from a checkpoint or a finished state; of several, one whose weights are their mean
    (after Wortsman et al. 2022), which does better on what is new than each of them."""
    reader = fresh_reader()
    found = [torch.load(path, weights_only=True) for path in paths]
    states = [one.get("model", one) for one in found]
    reader.load_state_dict(
        {name: sum(s[name].float() for s in states) / len(states) for name in states[0]}
    )
    return reader.eval()


@torch.no_grad()
def probabilities(reader: Reader, samples: Sequence[Sample]) -> list[np.ndarray]:
    """Per sample the verdict probabilities, shape (claims read, 4)."""
    rows = encode(tokenizer(), samples)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out: list[np.ndarray] = [np.zeros((0, 4))] * len(rows)
    for start in range(0, len(order), 24):
        part = order[start : start + 24]
        batch = collate([rows[i] for i in part])
        logits, _ = predict(reader, batch)
        for k, i in enumerate(part):
            out[i] = torch.softmax(logits[k, : len(rows[i].markers)], -1).numpy()
    return out


def level(allowed: int) -> int:
    return 2 if allowed == YES else 1 if allowed == SOME else 0


def claim_figures(samples: Sequence[Sample], found: Sequence[np.ndarray]) -> str:
    truth, given, credit = [], [], []
    for s, p in zip(samples, found, strict=True):
        for c, row in zip(s.claims, p, strict=False):
            if c.allowed & (YES | SOME) and c.allowed not in (YES, SOME):
                continue
            truth.append(level(c.allowed))
            value = row[ASSERTED] + 0.5 * row[HALF]
            credit.append(value)
            given.append(2 if row[ASSERTED] >= 0.5 else 1 if value >= 0.35 else 0)
    t, g = np.array(truth), np.array(given)
    kappa = cohen_kappa_score(t == 2, g == 2)
    qwk = cohen_kappa_score(t, g, weights="quadratic")
    auc = roc_auc_score(t == 2, credit)
    miss, false = (g[t == 2] != 2).mean(), (g[t == 0] == 2).mean()
    return f"claims {len(t)} kappa {kappa:.3f} qwk {qwk:.3f} auc {auc:.3f} missed {miss:.3f} false {false:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=10**9)
    options = parser.parse_args()
    torch.set_num_threads(2)
    reader, bank = load(*options.checkpoints), load_bank(BANK)
    rng = random.Random(1)
    gold = [r for r in read_jsonl(BANK / "gold.jsonl") if r["held_out"]]
    kept = [r for r in voices() if withheld_answer(r)]
    exams = [s for p in exam_files() for s in exam_answers(p, "measure")]
    replies = [s for s in ellipses(bank) if reply_part(s) == "measure"]
    for name, samples in (
        ("gold held out", bank_answers(gold, bank)),
        ("voices held out", bank_answers(kept, bank)),
        ("exams unseen", exams),
        ("replies", replies),
    ):
        chosen = rng.sample(samples, min(options.limit, len(samples)))
        print(name, len(chosen), claim_figures(chosen, probabilities(reader, chosen)), flush=True)
    for name, all_rows in (("gold", gold), ("voices", kept)):
        rows = all_rows[: options.limit]
        print(
            name,
            pass_figures(bank, rows, probabilities(reader, bank_answers(rows, bank))),
            flush=True,
        )
    behaviour(reader, bank, min(options.limit, 150))


def pass_figures(bank: Bank, rows: Sequence[dict[str, Any]], found: Sequence[np.ndarray]) -> str:
    """AUC of passing from the expected score; false pass and false fail at one half."""
    truth, score = [], []
    for r, p in zip(rows, found, strict=True):
        q = bank.question(r["question"])
        w = np.array([c.weight for c in q.criteria]) / sum(c.weight for c in q.criteria)
        levels = {"met": 1.0, "partial": 0.5, "unmet": 0.0, "denied": 0.0}
        gold = sum(x * levels[r["verdicts"][c.id]] for x, c in zip(w, q.criteria, strict=True))
        gold -= sum(m.cost for m in q.misconceptions if m.id in r["misconceptions"])
        truth.append(max(0, gold) >= 0.5 - 1e-9)
        n = len(q.criteria)
        value = (w * (p[:n, ASSERTED] + 0.5 * p[:n, HALF])).sum()
        value -= sum(m.cost * x for m, x in zip(q.misconceptions, p[n:, ASSERTED], strict=False))
        score.append(value)
    t, s = np.array(truth), np.array(score)
    return (
        f"{len(t)} auc {roc_auc_score(t, s):.3f} false pass {(s[~t] >= 0.5).mean():.3f} "
        f"false fail {(s[t] < 0.5).mean():.3f}"
    )


def behaviour(reader: Reader, bank: Bank, limit: int) -> None:
    """Families that are about single claims, by the reader alone."""
    rng = random.Random(2)
    cases = [
        c
        for c in families(bank, shipped_frames(), shipped_oddities())
        if c.due in ("met", "unmet", "silent", "nothing")
    ]
    for family in dict.fromkeys(c.family for c in cases):
        for held_out in (False, True):
            mine = [c for c in cases if c.family == family and c.held_out == held_out]
            mine = rng.sample(mine, min(limit, len(mine)))
            if not mine:
                continue
            samples, held = [], 0
            for c in mine:
                q = bank.question(c.question)
                claims = tuple(Claim(x.statement, YES) for x in (*q.criteria, *q.misconceptions))
                samples.append(Sample(q.prompt, "", claims, c.answer, "case"))
            for c, p in zip(mine, probabilities(reader, samples), strict=True):
                q = bank.question(c.question)
                n = len(q.criteria)
                if c.due == "silent":
                    held += bool((p[n:, ASSERTED] < 0.5).all())
                elif c.due == "nothing":
                    held += bool((p[:n, ASSERTED] + p[:n, HALF] < 0.5).all())
                else:
                    at = [x.id for x in q.criteria].index(c.claim)
                    value = p[at, ASSERTED] + 0.5 * p[at, HALF]
                    held += p[at, ASSERTED] >= 0.5 if c.due == "met" else value < 0.35
            print(
                family,
                "held out" if held_out else "",
                len(mine),
                f"{held / len(mine):.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
