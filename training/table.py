"""Feature rows for the combiner: one per (answer, claim)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from interviewer.bank.questions import Bank, Criterion, Question
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline.encoders import ClaimReader as ReadClaims
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.exemplars import (
    QuestionIndex,
    claims_of,
    index_question,
    spelling_of,
)
from interviewer.grading.offline.features import Signals, extract
from interviewer.grading.offline.reading import Reading, read
from interviewer.grading.scoring import LEVEL_CREDIT

Embed = Callable[[Sequence[str]], Matrix]
Score = Callable[[Sequence[tuple[str, str]]], Sequence[float]]


@dataclass(frozen=True)
class Row:
    """One claim of one answer."""

    item: str
    question: str
    claim: str
    misconception: bool
    target: float
    values: dict[str, float]


@dataclass(frozen=True)
class Graded:
    """One answer to grade with what people said of it, by claim id in [0, 1]."""

    item: str
    question: Question
    answer: str
    targets: dict[str, float]
    group: str


def gold_items(rows: Iterable[dict[str, Any]], bank: Bank) -> list[Graded]:
    """Graded answers to the bank's questions; the target is the mean of the raters."""
    out = []
    for row in rows:
        question = bank.question(row["question"])
        raters = list(row["raters"].values()) if row.get("raters") else [row]
        targets = {}
        for criterion in question.criteria:
            targets[criterion.id] = float(
                np.mean([LEVEL_CREDIT[r["verdicts"][criterion.id]] for r in raters])
            )
        for wrong in question.misconceptions:
            targets[wrong.id] = float(np.mean([wrong.id in r["misconceptions"] for r in raters]))
        out.append(Graded(row["id"], question, row["answer"], targets, f"bank-{question.id}"))
    return out


def exam_items(rows: Iterable[dict[str, Any]], name: str) -> list[Graded]:
    """Our own exam questions outside the bank: statements without exemplars."""
    out = []
    for number, row in enumerate(rows, start=1):
        question = Question(
            id=number,
            section="X",
            prompt=row["question"],
            kind="definition",
            references=(row["reference"],),
            criteria=tuple(
                Criterion(id=c["id"].lower().replace("_", "-"), statement=c["statement"])
                for c in row["criteria"]
            )[:5],
        )
        for i, answer in enumerate(row["answers"]):
            targets = {
                c.lower().replace("_", "-"): LEVEL_CREDIT[v] for c, v in answer["verdicts"].items()
            }
            out.append(
                Graded(
                    f"{name}-{row['id']}-{i}",
                    question,
                    answer["answer"],
                    targets,
                    f"{name}-{row['id']}",
                )
            )
    return out


def make_rows(
    items: Sequence[Graded], bank: Bank, embed: Embed, score: Score, read_claims: ReadClaims
) -> list[Row]:
    """The rows of those answers; answers with nothing to read give none.

    read_claims: texts to logits of every head, shape (texts, heads), with the column of a claim.
    """
    spelling = spelling_of(bank)
    indices: dict[str, QuestionIndex] = {}
    readings: list[tuple[Graded, Reading]] = []
    for item in items:
        key = item.question.content_digest()
        if key not in indices:
            indices[key] = index_question(item.question, embed)
        request = GradeRequest(item.question, item.answer, item.question.prompt)
        reading = read(request, embed, spelling)
        if not reading.empty:
            readings.append((item, reading))
    pairs = [
        (claim.statement, passage)
        for item, reading in readings
        for claim in claims_of(item.question)
        for passage in reading.passages
    ]
    logits = iter(score(pairs))
    texts = [t for _, reading in readings for t in (*reading.passages, *reading.mended_spans)]
    heads = iter(read_claims.read(texts))
    rows = []
    for item, reading in readings:
        index = indices[item.question.content_digest()]
        passage_rows = [next(heads) for _ in reading.passages]
        span_rows = [next(heads) for _ in reading.mended_spans]
        wrong = {m.id for m in item.question.misconceptions}
        for sides in index.sides:
            column = read_claims.column(item.question.prompt, sides.claim.statement)
            signals = Signals(
                scorer=max(next(logits) for _ in reading.passages),
                reader=[] if column is None else [float(r[column]) for r in passage_rows],
                spans=[] if column is None else [float(r[column]) for r in span_rows],
            )
            values = extract(reading, index, sides, signals).values
            target = item.targets[sides.claim.id]
            rows.append(
                Row(item.item, item.group, sides.claim.id, sides.claim.id in wrong, target, values)
            )
    return rows
