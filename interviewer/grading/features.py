"""The evidence for and against one claim in one answer, as a few named numbers.

`SHARED` features need only the claim's statement. `GENERAL` adds the cross-encoder, for claims that no
head was fitted to. `BANK` adds the claim's head, and the answer against both sides of its exemplars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.core.normalize import HEDGES, NEGATIONS, STOP, content, numbers, words
from interviewer.grading.exemplars import ClaimSides, QuestionIndex, grams
from interviewer.grading.reading import Reading
from interviewer.ports import Matrix

SHARED = (
    "statement_cosine",  # best span against the statement
    "statement_cosine_whole",
    "statement_recall",  # share of the statement's words said anywhere, question words left out
    "statement_precision",  # share of the answer's fresh words that are in the statement
    "number_clash",  # the statement has numbers and the best span other ones
    "negation_gap",  # negations of the best span less those of the statement
    "question_cosine",  # whole answer against the question
    "fresh_share",
    "log_words",
    "hedges",
    "joining_share",  # share of function words: low in a list of terms
)
GENERAL = (
    "scorer",  # cross-encoder logit that the text asserts the statement
    *SHARED,
)
BANK = (
    *SHARED,
    "reader",  # logit of the claim's own head for the whole text
    "reader_span",  # the highest such logit of a part of it
    "accept_cosine",  # best over spans and accepts
    "reject_cosine",
    "accept_top3",
    "reject_top3",
    "margin_at_accept",  # accept less reject, at the span nearest to an accept
    "margin_best",  # the largest accept less reject over spans that are near either
    "margin_worst",
    "margin_whole",
    "gram_accept",  # Dice of grams with the nearest accept, best over spans
    "gram_reject",
    "gram_margin",  # at the span nearest to an accept
    "telling",  # summed log odds of the answer's grams between the sides
    "telling_worst",  # the lowest such sum over sentences
)
NEAR_ENOUGH = 0.35


@dataclass(frozen=True)
class ClaimFeatures:
    """The numbers of one claim; `best` is the index of the span they speak of most."""

    values: dict[str, float]
    best: int


@dataclass(frozen=True)
class Signals:
    """What the fitted encoders say of one claim.

    scorer: the cross-encoder's logit; None where it was not asked. reader: the logits of the claim's
    head for the passages of the text; spans: for each span of the reading. Both are empty for a
    claim without a head.
    """

    scorer: float | None = None
    reader: Sequence[float] = ()
    spans: Sequence[float] = ()


def extract(
    reading: Reading, index: QuestionIndex, sides: ClaimSides, signals: Signals
) -> ClaimFeatures:
    """Every feature of one claim. The reading must have at least one span."""
    near = reading.vectors @ sides.for_.T
    far = _against(reading.vectors, sides.against)
    statement = near[:, 0]
    pull = near.max(1)
    push = far.max(1)
    best = _best_span(signals.spans or list(pull + 0.5 * (pull - push)))
    values = _general(reading, index, sides, statement, best)
    if signals.scorer is not None:
        values["scorer"] = signals.scorer
    if signals.reader:
        values |= {
            "reader": max(signals.reader),
            "reader_span": max(signals.spans[1:] or signals.reader),
        }
    return ClaimFeatures(values | _bank(reading, sides, near, far, pull, push), best)


def _best_span(strengths: Sequence[float]) -> int:
    """The strongest part; the whole answer (the first span) only if it has no parts."""
    if len(strengths) == 1:
        return 0
    return 1 + max(range(len(strengths) - 1), key=lambda i: strengths[i + 1])


def _against(vectors: Matrix, against: Matrix) -> Matrix:
    if len(against):
        return np.asarray(vectors @ against.T, dtype=np.float32)
    return np.zeros((len(vectors), 1), dtype=np.float32)


def _general(
    reading: Reading,
    index: QuestionIndex,
    sides: ClaimSides,
    statement: Matrix,
    best: int,
) -> dict[str, float]:
    span = reading.spans[best]
    said = set(content(reading.mended))
    wanted = {w for w in content(sides.claim.statement) if w not in index.prompt_words}
    fresh = said - index.prompt_words
    tokens = words(reading.mended)
    stated = numbers(sides.claim.statement)
    heard = numbers(span.text)
    return {
        "statement_cosine": float(statement.max()),
        "statement_cosine_whole": float(statement[0]),
        "statement_recall": len(said & wanted) / len(wanted) if wanted else 0.0,
        "statement_precision": len(fresh & wanted) / len(fresh) if fresh else 0.0,
        "number_clash": float(bool(stated and heard and not stated & heard)),
        "negation_gap": float(_negations(span.text) - _negations(sides.claim.statement)),
        "question_cosine": float(reading.vectors[0] @ index.prompt[0]),
        "fresh_share": reading.fresh,
        "log_words": float(np.log1p(len(tokens))),
        "hedges": float(sum(1 for w in tokens if w in HEDGES)),
        "joining_share": sum(1 for w in tokens if w in STOP) / max(1, len(tokens)),
    }


def _bank(
    reading: Reading, sides: ClaimSides, near: Matrix, far: Matrix, pull: Matrix, push: Matrix
) -> dict[str, float]:
    at = int(np.argmax(pull))
    margins = pull - push
    close = margins[np.maximum(pull, push) >= NEAR_ENOUGH]
    held = [grams(span.text) for span in reading.spans]
    dice_for = [_dice(g, sides.for_grams) for g in held]
    dice_against = [_dice(g, sides.against_grams) for g in held]
    gram_at = int(np.argmax(dice_for))
    telling = [sum(sides.telling.get(g, 0.0) for g in grams_) for grams_ in held]
    return {
        "accept_cosine": float(pull.max()),
        "reject_cosine": float(push.max()),
        "accept_top3": _top3(near),
        "reject_top3": _top3(far),
        "margin_at_accept": float(margins[at]),
        "margin_best": float(close.max()) if len(close) else 0.0,
        "margin_worst": float(close.min()) if len(close) else 0.0,
        "margin_whole": float(margins[0]),
        "gram_accept": dice_for[gram_at],
        "gram_reject": max(dice_against),
        "gram_margin": dice_for[gram_at] - dice_against[gram_at],
        "telling": telling[0],
        "telling_worst": min(telling),
    }


def _negations(text: str) -> int:
    return sum(1 for w in words(text) if w in NEGATIONS)


def _top3(table: Matrix) -> float:
    best = np.sort(table.max(0))[-3:]
    return float(best.mean())


def _dice(held: frozenset[str], group: list[frozenset[str]]) -> float:
    return max((2 * len(held & g) / (len(held) + len(g)) for g in group if held or g), default=0.0)
