"""The offline grader: hears what an answer asserts, denies or leaves open, claim by claim.

One reader serves every bank. What it says of a question's claims becomes levels, a score and the
chance of passing by one fitted decision. A text that is word for word an exemplar is graded as its
author says; what speaks to the grader is not read at all.
"""

from __future__ import annotations

import re

import deciding
from claim_reader import ASSERTED, HALF, ClaimReader, ClaimReading
from deciding import Decision

from interviewer.answer_text import guards
from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import Span, clauses, sentences, whole
from interviewer.bank.questions import Question
from interviewer.grading import scoring
from interviewer.grading.claims import CERTAIN, claims_of, nothing_said
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Verdict
from interviewer.grading.offline.encoders import Embedder
from interviewer.grading.offline.exemplars import Embed, exemplars_of, texts_of, wording
from interviewer.grading.scoring import LEVEL_CREDIT

_CARRIES = 0.35
"""A token below this weight counts against the stretch that it is in."""


class ClaimsGrader:
    """Implements `Grader` with nothing but the shipped weights."""

    def __init__(
        self,
        reader: ClaimReader,
        embedder: Embedder,
        decision: Decision,
        *,
        version: str,
        cached_embed: Embed | None = None,
        exemplars_decide: bool = True,
    ):
        self._reader = reader
        self._embedder = embedder
        self._cached_embed = cached_embed or embedder.embed
        self._decision = decision
        self._exemplars_decide = exemplars_decide
        self.identity = GraderIdentity(
            spec="offline" if exemplars_decide else "offline:unaided",
            version=version,
            model=f"{reader.name} {embedder.name}",
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer; never ungraded, since nothing in it can fail to reply."""
        question = request.question
        text, addressed = unaddressed(request)
        claims = claims_of(question)
        if whole(text) is None:
            chances = [(0.0, 0.0)] * len(claims)
            verdicts = [nothing_said(claim.id) for claim in claims]
            similarity = None
        else:
            asked = "" if request.asked == question.prompt else request.asked
            found = self._reader.read(question.prompt, asked, [c.statement for c in claims], text)
            chances = [self._chances(reading) for reading in found]
            self._settle(question, text, chances)
            verdicts = [
                self._verdict(claim.id, text, reading, chance)
                for claim, reading, chance in zip(claims, found, chances, strict=True)
            ]
            similarity = self._similarity(question, text)
        count = len(question.criteria)
        met, wrong = tuple(verdicts[:count]), tuple(verdicts[count:])
        return AnswerGrade(
            question=question.id,
            verdicts=met,
            misconceptions=wrong,
            similarity=similarity,
            score=scoring.score(question, met, wrong),
            passing=deciding.passing(
                question, chances[:count], [yes for yes, _ in chances[count:]],
                similarity if self._embedder.name == self._decision.embedder else None,
                self._decision,
            ),
            notes=("Text addressed to the grader was left out.",) if addressed else (),
        )  # fmt: skip

    def _chances(self, reading: ClaimReading) -> tuple[float, float]:
        return deciding.calibrated(
            reading.verdicts[ASSERTED], reading.verdicts[HALF], self._decision
        )

    def _settle(self, question: Question, text: str, chances: list[tuple[float, float]]) -> None:
        """What the author of the bank said of this very text is so."""
        if not self._exemplars_decide:
            return
        said = wording(text)
        reference = any(said == wording(r) for r in question.references)
        for at, claim in enumerate(claims_of(question)):
            if reference:
                chances[at] = (CERTAIN, 0.0) if at < len(question.criteria) else (0.0, 0.0)
            elif any(said == wording(t) for t in (claim.statement, *claim.accepts)):
                chances[at] = (CERTAIN, 0.0)
            elif any(said == wording(t) for t in claim.rejects):
                chances[at] = (1.0 - CERTAIN, 0.0)

    def _verdict(
        self, claim: str, text: str, reading: ClaimReading, chance: tuple[float, float]
    ) -> Verdict:
        yes, half = chance
        level = deciding.level_of(yes, half, self._decision)
        sure = {"met": yes, "partial": max(half, 0.5), "unmet": 1.0 - yes - half}[level]
        return Verdict(
            criterion=claim,
            level=level,
            credit=LEVEL_CREDIT[level],
            confidence=min(1.0, max(0.0, sure)),
            evidence=None if level == "unmet" else carried_by(text, reading),
        )

    def _similarity(self, question: Question, text: str) -> float | None:
        """How much of the nearest reference the answer comes near, clause by clause.

        The mean over a reference's clauses of the cosine to the answer's nearest clause; of several
        references the best. In [-1, 1].
        """
        mine = [s.text for s in parts_of(text)]
        if not mine or not question.references:
            return None
        vectors = self._embedder.embed(mine)
        best = -1.0
        for reference in question.references:
            theirs = self._cached_embed([s.text for s in parts_of(reference)])
            best = max(best, float((theirs @ vectors.T).max(1).mean()))
        return max(-1.0, min(1.0, best))


def parts_of(text: str, most: int = 12) -> list[Span]:
    """The clauses of a text, at most `most`."""
    return [c for s in sentences(text) for c in clauses(text, s)][:most]


def unaddressed(request: GradeRequest) -> tuple[str, tuple[Span, ...]]:
    """The answer with the sentences that speak to whoever grades blanked out, offsets kept."""
    addressed = tuple(guards.addressed_to_grader(request.answer))
    if not addressed:
        return request.answer, ()
    text = guards.without(request.answer, addressed)
    subject = {
        stem
        for known in (*texts_of(request.question), *exemplars_of(request.question))
        for stem in content(known)
    }
    return guards.without(text, guards.scraps(request.answer, addressed, subject)), addressed


def carried_by(text: str, reading: ClaimReading) -> Evidence | None:
    """The stretch of the answer that carries the claim: the run of tokens with the greatest sum of
    weights above a threshold (Kadane's algorithm), widened to whole words.
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
    return None if place is None else _widened(text, *place)


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
