"""The words of an answer that carry a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import Span, clauses, sentences
from interviewer.grading.offline.encoders import ClaimReading

_HEAVIEST = 4
"""How many of the tokens of a clause say what it weighs."""
_NEAR = 3.0
"""What the cosine of a clause counts against the weight of its tokens."""
_BESIDE = 0.92
"""The share of the best clause's sum from which a clause beside it belongs to the words as well."""


MOST_PARTS = 40
"""Clauses of an answer that are held against exemplars and quoted."""


def parts_of(text: str) -> list[Span]:
    """The clauses of a text, at most `MOST_PARTS`."""
    return [c for s in sentences(text) for c in clauses(text, s)][:MOST_PARTS]


def carried_by(text: str, reading: ClaimReading, along: Sequence[float] = ()) -> Evidence | None:
    """The words of the answer that carry the claim: the clause that is nearest to what the claim accepts
    and whose tokens weigh most, with those beside it that come close to that.

    along: per clause its cosine to the nearest of what the claim accepts, for the first clauses of
    the text; a clause without one counts as the farthest.
    """
    clauses = parts_of(text)
    if not clauses or not reading.words:
        return None
    farthest = min(along, default=0.0)
    near = [*along, *[farthest] * len(clauses)]
    sums = [_weight(c, reading) + _NEAR * n for c, n in zip(clauses, near, strict=False)]
    best = max(range(len(sums)), key=sums.__getitem__)
    least = _BESIDE * sums[best]
    first, last = best, best
    while first > 0 and sums[first - 1] >= least:
        first -= 1
    while last + 1 < len(sums) and sums[last + 1] >= least:
        last += 1
    return _widened(text, clauses[first].start, clauses[last].end)


def _weight(clause: Span, reading: ClaimReading) -> float:
    """The mean weight of its heaviest tokens."""
    weights = (w for a, b, w in reading.words if a >= clause.start and b <= clause.end)
    heaviest = sorted(weights, reverse=True)[:_HEAVIEST]
    return sum(heaviest) / len(heaviest) if heaviest else 0.0


def _widened(text: str, start: int, end: int) -> Evidence:
    while start > 0 and re.match(r"\w", text[start - 1]) and re.match(r"\w", text[start]):
        start -= 1
    while end < len(text) and re.match(r"\w", text[end]) and re.match(r"\w", text[end - 1]):
        end += 1
    return Evidence(start=start, end=end)
