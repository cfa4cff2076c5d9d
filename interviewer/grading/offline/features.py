"""The evidence for and against one claim in one answer, as a few named numbers.

`SHARED` features need only the claim's statement. `GENERAL` adds the cross-encoder, for claims that no
head was fitted to. `BANK` adds the claim's head, and the answer's words against both sides of its
exemplars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.answer_text.normalize import HEDGES, STOP, content, negations, numbers, words
from interviewer.grading.offline.exemplars import ClaimSides, QuestionIndex
from interviewer.grading.offline.reading import Reading

SHARED = (
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
    "statement_cosine",  # best span against the statement
    *SHARED,
)
BANK = (
    "reader",  # logit of the claim's own head for the whole text
    "reader_span",  # the highest such logit of a part of it
    "gram_accept",  # Dice of grams with the nearest accept, best over spans
    "gram_reject",
    "gram_margin",  # at the span nearest to an accept
    "telling",  # summed log odds of the answer's grams between the sides
    "telling_worst",  # the lowest such sum over spans
    *SHARED,
)


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
    """The features that the signals allow: those of `GENERAL` with a scorer's logit, those of `BANK`
    with a reader's. The reading must have at least one span.
    """
    values: dict[str, float] = {}
    strengths = list(signals.spans)
    if signals.scorer is not None:
        near = reading.vectors @ sides.for_.T
        values = {"scorer": signals.scorer, "statement_cosine": float(near[:, 0].max())}
        strengths = strengths or near.max(1).tolist()
    if signals.reader:
        values["reader"] = max(signals.reader)
        values["reader_span"] = max(signals.spans[1:] or signals.reader)
        values |= _words_of_both_sides(reading, sides)
    best = _best_span(strengths)
    return ClaimFeatures(values | _shared(reading, index, sides, best), best)


def _best_span(strengths: Sequence[float]) -> int:
    """The strongest part; the whole answer (the first span) only if it has no parts."""
    if len(strengths) == 1:
        return 0
    return 1 + max(range(len(strengths) - 1), key=lambda i: strengths[i + 1])


def _shared(
    reading: Reading, index: QuestionIndex, sides: ClaimSides, best: int
) -> dict[str, float]:
    said = set(content(reading.mended))
    wanted = {w for w in content(sides.claim.statement) if w not in index.prompt_words}
    fresh = said - index.prompt_words
    tokens = words(reading.mended)
    span = reading.spans[best]
    stated, heard = numbers(sides.claim.statement), numbers(span.text)
    return {
        "statement_cosine_whole": float(reading.whole_vector @ sides.statement),
        "statement_recall": len(said & wanted) / len(wanted) if wanted else 0.0,
        "statement_precision": len(fresh & wanted) / len(fresh) if fresh else 0.0,
        "number_clash": float(bool(stated and heard and not stated & heard)),
        "negation_gap": float(negations(span.text) - negations(sides.claim.statement)),
        "question_cosine": float(reading.whole_vector @ index.prompt[0]),
        "fresh_share": reading.fresh,
        "log_words": float(np.log1p(len(tokens))),
        "hedges": float(sum(1 for w in tokens if w in HEDGES)),
        "joining_share": sum(1 for w in tokens if w in STOP) / max(1, len(tokens)),
    }


def _words_of_both_sides(reading: Reading, sides: ClaimSides) -> dict[str, float]:
    held = reading.span_grams
    dice_for = [_dice(g, sides.for_grams) for g in held]
    dice_against = [_dice(g, sides.against_grams) for g in held]
    at = int(np.argmax(dice_for))
    telling = [sum(sides.telling.get(g, 0.0) for g in grams_) for grams_ in held]
    return {
        "gram_accept": dice_for[at],
        "gram_reject": max(dice_against),
        "gram_margin": dice_for[at] - dice_against[at],
        "telling": telling[0],
        "telling_worst": min(telling),
    }


def _dice(held: frozenset[str], group: list[frozenset[str]]) -> float:
    return max((2 * len(held & g) / (len(held) + len(g)) for g in group if held or g), default=0.0)
