"""Pairs (claim, text, target) that teach a cross-encoder whether a text asserts a claim.

target: 1 asserted, 0 not asserted (absent, contradicted, merely named or hedged), 0.5 half.
Every pair carries the question it comes from, so that splits are by question or by item and never
by row.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.bank.questions import Bank
from interviewer.check.splits import kept_back
from interviewer.grading.offline.exemplars import claims_of
from interviewer.grading.scoring import LEVEL_CREDIT

RESERVED = 12
"""Questions at the end of each of our own exam files that the cross-encoder never sees."""

FILLERS = ("uh", "um", "so", "well", "basically", "I think", "you know", "like", "okay so", "right")


@dataclass(frozen=True)
class Pair:
    """One training pair; `source` names the data set, `group` the question."""

    claim: str
    text: str
    target: float
    source: str
    group: str


def exemplars(bank: Bank) -> Iterator[Pair]:
    """Each claim against its own exemplars, its own statement and other ways to say it."""
    for question in bank.questions:
        group = f"bank-{question.id}"
        for claim in claims_of(question):
            for text in (claim.statement, *claim.accepts):
                yield Pair(claim.statement, text, 1.0, "exemplar", group)
            for text in claim.rejects:
                yield Pair(claim.statement, text, 0.0, "exemplar", group)
            yield Pair(claim.statement, question.prompt, 0.0, "exemplar", group)


def composed(bank: Bank, per_claim: int, rng: random.Random) -> Iterator[Pair]:
    """Answers put together from exemplars of several claims of a question.

    The target follows the exemplar of the claim itself: asserted only if an `accepts` of it is in
    the answer and no `rejects` of it is.
    """
    for question in bank.questions:
        group = f"bank-{question.id}"
        criteria = question.criteria
        for claim in claims_of(question):
            others = [c for c in criteria if c.id != claim.id]
            for _ in range(per_claim):
                kind = rng.random()
                if kind < 0.42 and claim.accepts:
                    own, target = [rng.choice(claim.accepts)], 1.0
                elif kind < 0.78 and claim.rejects:
                    own, target = [rng.choice(claim.rejects)], 0.0
                elif kind < 0.86 and claim.accepts and claim.rejects:
                    own, target = [rng.choice(claim.accepts), rng.choice(claim.rejects)], 0.1
                else:
                    own, target = [], 0.0
                parts = own + [
                    rng.choice(c.accepts if rng.random() < 0.6 else c.rejects)
                    for c in rng.sample(others, min(len(others), rng.randint(0 if own else 1, 2)))
                    if c.accepts and c.rejects
                ]
                if not parts:
                    continue
                rng.shuffle(parts)
                yield Pair(
                    claim.statement,
                    rng.choice((". ", ", and ", "\n- ", " ", "; ")).join(parts),
                    target,
                    "composed",
                    group,
                )


def rubric_rows(path: Path, *, reserved: bool) -> list[dict[str, Any]]:
    """Our own exam questions outside the bank, either the reserved ones or the others."""
    rows = read_jsonl(path)
    return rows[-RESERVED:] if reserved else rows[:-RESERVED]


def rubric_pairs(path: Path) -> Iterator[Pair]:
    """One pair per criterion and answer of the exam questions that are not reserved."""
    for row in rubric_rows(path, reserved=False):
        statements = {c["id"]: c["statement"] for c in row["criteria"]}
        for answer in row["answers"]:
            for criterion, level in answer["verdicts"].items():
                yield Pair(
                    statements[criterion],
                    answer["answer"],
                    LEVEL_CREDIT[level],
                    "general",
                    f"{path.stem}-{row['id']}",
                )


def asag_pairs(folder: Path, rng: random.Random, *, saf: int, nli: int) -> Iterator[Pair]:
    """Answers graded by other people, and entailment pairs; see NOTICE for sources and licences."""
    for name in ("scientsbank", "beetle"):
        for row in read_jsonl(folder / f"{name}.train.jsonl"):
            if kept_back(name, row["qid"]):
                continue
            reference = (
                row["reference"]
                if isinstance(row["reference"], str)
                else rng.choice(row["reference"])
            )
            target = float(row["score"])
            if row["label"].get("5way") == "partially_correct_incomplete":
                target = 0.4
            yield Pair(reference, row["answer"], target, name, f"{name}-{row['qid']}")
    rows = [
        r
        for r in read_jsonl(folder / "saf_en.train.jsonl")
        if len(r["answer"]) < 700
        and len(str(r["reference"])) < 500
        and not kept_back("saf", r["qid"])
    ]
    for row in rng.sample(rows, min(saf, len(rows))):
        yield Pair(
            str(row["reference"]),
            row["answer"],
            float(row["score"]) / row["max_score"],
            "saf",
            f"saf-{row['qid']}",
        )
    for name in ("conjnli", "med"):
        rows = [r for r in read_jsonl(folder / f"{name}.jsonl") if len(r["premise"]) < 160]
        for row in rng.sample(rows, min(nli, len(rows))):
            yield Pair(
                row["hypothesis"],
                row["premise"],
                float(row["label"] == "entailment"),
                name,
                row["id"],
            )


def gold_pairs(rows: Sequence[dict[str, Any]], bank: Bank) -> Iterator[Pair]:
    """Whole graded answers to the bank's questions, one pair per claim."""
    for row in rows:
        question = bank.question(int(str(row["question"])))
        verdicts = row["verdicts"]
        missteps = row.get("misconceptions") or []
        assert isinstance(verdicts, dict)
        assert isinstance(missteps, list)
        for criterion in question.criteria:
            yield Pair(
                criterion.statement,
                str(row["answer"]),
                LEVEL_CREDIT[verdicts[criterion.id]],
                "gold",
                str(row["id"]),
            )
        for wrong in question.misconceptions:
            yield Pair(
                wrong.statement,
                str(row["answer"]),
                float(wrong.id in missteps),
                "gold-wrong",
                str(row["id"]),
            )


def roughen(text: str, rng: random.Random) -> str:
    """The same claims in another form: lower case, no punctuation, fillers, bullets."""
    kind = rng.random()
    if kind < 0.55:
        return text
    if kind < 0.70:
        return text.lower()
    if kind < 0.80:
        return "".join(c for c in text.lower() if c.isalnum() or c.isspace() or c in "-+/=")
    if kind < 0.92:
        words = text.split()
        for _ in range(1 + len(words) // 12):
            words.insert(rng.randint(0, len(words)), rng.choice(FILLERS))
        return " ".join(words)
    return "- " + text.replace(". ", "\n- ")


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
