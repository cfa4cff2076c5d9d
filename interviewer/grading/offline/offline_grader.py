"""The offline grader: per claim, the calibrated probability that the answer asserts it.

An encoder fitted to the bank has a head for each of its claims; for other claims a cross-encoder
reads claim and answer together. Features of words, numbers and negation stand beside them, and one
small boosted model weighs it all. A text that is word for word an exemplar is graded as its author
says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Bank, Question
from interviewer.common.base import Value
from interviewer.grading import scoring
from interviewer.grading.claims import (
    CERTAIN,
    CREDIT_HIGH,
    CREDIT_LOW,
    confidence_of,
    credit_of,
    level_of,
    nothing_said,
)
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Verdict
from interviewer.grading.offline.encoders import ClaimReader, Embedder, PairScorer
from interviewer.grading.offline.exemplars import (
    ClaimSides,
    Embed,
    QuestionIndex,
    index_question,
    spelling_of,
    wording,
)
from interviewer.grading.offline.features import ClaimFeatures, Signals, extract
from interviewer.grading.offline.reading import Reading, read
from interviewer.grading.offline.trees import Forest, logistic, logit


class Combiner(Value):
    """The fitted part of the grader.

    bank: for claims with a head of their own. general: for all others. credit_low, credit_high: a
    probability below the first earns nothing, above the second everything, between them in
    proportion. passing_slope, passing_offset: from the logit of the naive probability of passing to
    the calibrated one.
    """

    bank: Forest
    general: Forest
    credit_low: float = CREDIT_LOW
    credit_high: float = CREDIT_HIGH
    passing_slope: float = 1.0
    passing_offset: float = 0.0

    def credit(self, probability: float) -> float:
        """The share of the claim's weight that this probability earns, in [0, 1]."""
        return credit_of(probability, self.credit_low, self.credit_high)


@dataclass(frozen=True)
class _Judged:
    verdict: Verdict
    probability: float


class OfflineGrader:
    """Implements `ports.Grader` with nothing but the shipped weights."""

    def __init__(
        self,
        embedder: Embedder,
        scorer: PairScorer,
        reader: ClaimReader,
        combiner: Combiner,
        bank: Bank,
        *,
        version: str,
        cached_embed: Embed | None = None,
        exemplars_decide: bool = True,
    ):
        self._embedder = embedder
        self._cached_embed = cached_embed or embedder.embed
        self._scorer = scorer
        self._reader = reader
        self._combiner = combiner
        self._spelling = spelling_of(bank)
        self._exemplars_decide = exemplars_decide
        self._indices: dict[str, QuestionIndex] = {}
        self.identity = GraderIdentity(
            spec="offline" if exemplars_decide else "offline:unaided",
            version=version,
            model=f"{embedder.name} {reader.name} {scorer.name}",
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer; never ungraded, since nothing in it can fail to reply."""
        index = self._index(request.question)
        reading = read(request, self._embedder.embed, self._spelling)
        judged = self._judge(reading, index)
        count = len(request.question.criteria)
        verdicts = tuple(j.verdict for j in judged[:count])
        wrong = tuple(j.verdict for j in judged[count:])
        score = scoring.score(request.question, verdicts, wrong)
        passing = self._passing(request.question, [j.probability for j in judged])
        return AnswerGrade(
            question=request.question.id,
            verdicts=verdicts,
            misconceptions=wrong,
            similarity=_similarity(reading, index),
            score=score,
            passing=scoring.sided(passing, score),
            notes=_notes(reading),
        )

    def _index(self, question: Question) -> QuestionIndex:
        key = question.content_digest()
        if key not in self._indices:
            self._indices[key] = index_question(question, self._cached_embed)
        return self._indices[key]

    def _judge(self, reading: Reading, index: QuestionIndex) -> list[_Judged]:
        if reading.empty:
            return [_Judged(nothing_said(sides.claim.id), 1.0 - CERTAIN) for sides in index.sides]
        texts = list(dict.fromkeys([*reading.passages, *reading.mended_spans]))
        rows = dict(zip(texts, self._reader.read(texts), strict=True))
        judged = []
        for sides in index.sides:
            column = self._reader.column(index.question.prompt, sides.claim.statement)
            if column is None:
                signals = Signals(scorer=self._scored(sides, reading))
            else:
                signals = Signals(
                    reader=[float(rows[text][column]) for text in reading.passages],
                    spans=[float(rows[text][column]) for text in reading.mended_spans],
                )
            judged.append(
                self._verdict(reading, index, sides, extract(reading, index, sides, signals))
            )
        return judged

    def _scored(self, sides: ClaimSides, reading: Reading) -> float:
        """The logit that the text asserts the statement; of a long one the mean over its parts."""
        parts = self._scorer.parts(sides.claim.statement)
        pairs = [(part, passage) for part in parts for passage in reading.passages]
        rows = self._scorer.score(pairs).reshape(len(parts), -1)
        return float(rows.max(axis=1).mean())

    def _verdict(
        self, reading: Reading, index: QuestionIndex, sides: ClaimSides, found: ClaimFeatures
    ) -> _Judged:
        forest = self._combiner.bank if "reader" in found.values else self._combiner.general
        probability = forest.probability(found.values)
        span = reading.spans[found.best]
        known = self._known(reading, index, sides)
        if known is not None:
            probability, span = (CERTAIN if known else 1.0 - CERTAIN), reading.spans[0]
        level = level_of(probability)
        verdict = Verdict(
            criterion=sides.claim.id,
            level=level,
            credit=self._combiner.credit(probability),
            confidence=confidence_of(probability),
            evidence=None if level == "unmet" else Evidence(start=span.start, end=span.end),
        )
        return _Judged(verdict, probability)

    def _known(self, reading: Reading, index: QuestionIndex, sides: ClaimSides) -> bool | None:
        """What the author of the bank said of this very text, if anything."""
        if not self._exemplars_decide:
            return None
        said = wording(reading.text)
        if said in index.reference_wordings:
            return sides.claim in index.question.criteria
        return sides.decided.get(said)

    def _passing(self, question: Question, probabilities: Sequence[float]) -> float:
        naive = pass_probability(question, probabilities)
        return logistic(
            self._combiner.passing_slope * logit(naive, 0.005) + self._combiner.passing_offset
        )


def pass_probability(question: Question, probabilities: Sequence[float]) -> float:
    """The probability that the score reaches the pass mark, were every claim asserted or not
    independently with these probabilities (criteria first, then misconceptions).
    """
    weights = [c.weight for c in question.criteria]
    costs = [m.cost for m in question.misconceptions]
    total = sum(weights)
    worth = [weight / total for weight in weights] + [-cost for cost in costs]
    passing = 0.0
    for outcome in product((0, 1), repeat=len(worth)):
        value = sum(w for w, yes in zip(worth, outcome, strict=True) if yes)
        if min(1.0, max(0.0, value)) >= scoring.ANSWERED - 1e-9:
            chance = 1.0
            for p, yes in zip(probabilities, outcome, strict=True):
                chance *= p if yes else 1.0 - p
            passing += chance
    return min(1.0, passing)


def _similarity(reading: Reading, index: QuestionIndex) -> float | None:
    if not reading.spans:
        return None
    return float((index.references @ reading.whole_vector).max())


def _notes(reading: Reading) -> tuple[str, ...]:
    if not reading.addressed:
        return ()
    return ("Text addressed to the grader was left out.",)
