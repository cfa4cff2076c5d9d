"""The first offline grader: hand-set rules over nearest exemplars.

Kept as `offline:first`, the yardstick that the fitted grader is measured against.
"""

from __future__ import annotations

import math

import numpy as np

from interviewer.answer_text.normalize import negations, numbers
from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Bank, Question
from interviewer.grading import scoring
from interviewer.grading.claims import level_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Verdict
from interviewer.grading.offline.encoders import Embedder
from interviewer.grading.offline.exemplars import (
    ClaimSides,
    Embed,
    QuestionIndex,
    exemplars_of,
    grams,
    index_question,
    spelling_of,
)
from interviewer.grading.offline.reading import Reading, read

NEAR = 0.62
"""Similarity to the nearest accept at which a span is as likely as not to be on the subject."""


class FirstGrader:
    """Nearest accept against nearest reject over spans, with lexical, numeric and polarity checks."""

    def __init__(self, embedder: Embedder, bank: Bank, *, cached_embed: Embed | None = None):
        self._embedder = embedder
        self._cached_embed = cached_embed or embedder.embed
        self._spelling = spelling_of(bank)
        self._indices: dict[str, QuestionIndex] = {}
        self.identity = GraderIdentity(spec="offline:first", version="1", model=embedder.name)

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer; never ungraded, since nothing in it can fail."""
        index = self._index(request.question)
        reading = read(request, self._embedder.embed, self._spelling)
        verdicts = [self._verdict(reading, sides) for sides in index.sides]
        count = len(request.question.criteria)
        kept, wrong = tuple(verdicts[:count]), tuple(verdicts[count:])
        value = scoring.score(request.question, kept, wrong)
        similarity = (
            float((index.references @ reading.whole_vector).max()) if reading.spans else None
        )
        return AnswerGrade(
            question=request.question.id,
            verdicts=kept,
            misconceptions=wrong,
            similarity=similarity,
            score=value,
            passing=None if value is None else _squash(8.0 * (value - scoring.ANSWERED)),
        )

    def _index(self, question: Question) -> QuestionIndex:
        key = question.content_digest()
        if key not in self._indices:
            # Claim by claim, a cache on disk would be written anew for each.
            self._cached_embed(exemplars_of(question))
            self._indices[key] = index_question(question, self._cached_embed)
        return self._indices[key]

    def _verdict(self, reading: Reading, sides: ClaimSides) -> Verdict:
        if reading.empty:
            return Verdict(criterion=sides.claim.id, level="unmet", credit=0, confidence=0.95)
        chances = self._chances(reading, sides)
        best = int(np.argmax(chances))
        chance = float(chances[best])
        span = reading.spans[best]
        level = level_of(chance)
        return Verdict(
            criterion=sides.claim.id,
            level=level,
            credit=scoring.LEVEL_CREDIT[level],
            confidence=max(chance, 1 - chance),
            evidence=Evidence(start=span.start, end=span.end) if level != "unmet" else None,
        )

    def _chances(self, reading: Reading, sides: ClaimSides) -> list[float]:
        near = reading.vectors @ sides.for_.T
        far = reading.vectors @ sides.against.T if len(sides.against) else near * 0 + 0.3
        out = []
        for row, span in enumerate(reading.spans):
            held = grams(span.text)
            best = int(near[row].argmax())
            accept = sides.for_texts[best]
            lexical = _overlap(held, sides.for_grams) - _overlap(held, sides.against_grams)
            clash = bool(numbers(accept)) and not numbers(accept) & numbers(span.text)
            flip = negations(accept) % 2 != negations(span.text) % 2
            margin = float(near[row].max() - far[row].max())
            strength = 9.0 * (float(near[row].max()) - NEAR) + 14.0 * margin + 4.0 * lexical
            out.append(_squash(strength - 1.5 * clash - 0.7 * flip))
        return out


def _overlap(held: frozenset[str], group: list[frozenset[str]]) -> float:
    """The best Dice coefficient of the grams with one of the group, in [0, 1]."""
    return max((2 * len(held & g) / (len(held) + len(g)) for g in group if held or g), default=0.0)


def _squash(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))
