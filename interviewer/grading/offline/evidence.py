"""The words of an answer that carry a claim."""

from __future__ import annotations

import re

from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import Span, clauses, sentences
from interviewer.grading.offline.encoders import ClaimReading

_CARRIES = 0.35
"""A token below this weight counts against the stretch that it is in."""


def parts_of(text: str, most: int = 12) -> list[Span]:
    """The clauses of a text, at most `most`."""
    return [c for s in sentences(text) for c in clauses(text, s)][:most]


def carried_by(text: str, reading: ClaimReading) -> Evidence | None:
    """The stretch of the answer that carries the claim: the run of tokens with the greatest sum of
    weights above a threshold (Kadane's algorithm), widened to the clauses that it lies in.
    """
    best, total, begin = 0.0, 0.0, 0
    place: tuple[int, int] | None = None
    for number, (_, end, weight) in enumerate(reading.words):
        if total <= 0.0:
            total, begin = 0.0, number
        total += weight - _CARRIES
        if total > best:
            best, place = total, (reading.words[begin][0], end)
    if place is None:
        place = _heaviest(text, reading)
    return None if place is None else _widened(text, *_clauses_of(text, *place))


def _clauses_of(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the clause in which the stretch begins to the end of that in which it ends."""
    within = [p for p in parts_of(text, 40) if p.start < end and p.end > start]
    return min([start, *(p.start for p in within)]), max([end, *(p.end for p in within)])


def _heaviest(text: str, reading: ClaimReading) -> tuple[int, int] | None:
    """The clause whose tokens weigh most on average."""
    best: tuple[float, tuple[int, int]] | None = None
    for part in parts_of(text, 40):
        weights = [w for a, b, w in reading.words if a >= part.start and b <= part.end]
        if weights and (best is None or sum(weights) / len(weights) > best[0]):
            best = (sum(weights) / len(weights), (part.start, part.end))
    return best[1] if best else None


def _widened(text: str, start: int, end: int) -> Evidence:
    while start > 0 and re.match(r"\w", text[start - 1]) and re.match(r"\w", text[start]):
        start -= 1
    while end < len(text) and re.match(r"\w", text[end]) and re.match(r"\w", text[end - 1]):
        end += 1
    return Evidence(start=start, end=end)
