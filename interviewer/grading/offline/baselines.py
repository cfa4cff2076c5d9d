"""Graders that are known not to work, to measure the others against."""

from __future__ import annotations

from collections import Counter

from interviewer.answer_text.normalize import content
from interviewer.grading import scoring
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Verdict
from interviewer.grading.offline.encoders import Embedder


def _graded(request: GradeRequest, value: float, similarity: float | None) -> AnswerGrade:
    score = min(1.0, max(0.0, value))
    level = "met" if scoring.passed(score) else "unmet"
    verdicts = tuple(
        Verdict(criterion=c.id, level=level, credit=score, confidence=max(score, 1 - score))  # type: ignore[arg-type]
        for c in request.question.criteria
    )
    return AnswerGrade(
        question=request.question.id, verdicts=verdicts, similarity=similarity, score=score
    )


class CosineGrader:
    """The cosine of the whole answer to the nearest reference, as if it were the score."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder
        self.identity = GraderIdentity(spec="cosine", version="1", model=embedder.name)

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The cosine, bounded to [0, 1]."""
        rows = self._embedder.embed([request.answer or " ", *request.question.references])
        value = float((rows[1:] @ rows[0]).max())
        return _graded(request, value, value)


class OverlapGrader:
    """The token F1 of the answer with the nearest reference, as if it were the score."""

    identity = GraderIdentity(spec="overlap", version="1")

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The F1 over content stems, in [0, 1]."""
        said = Counter(content(request.answer))
        best = 0.0
        for reference in request.question.references:
            wanted = Counter(content(reference))
            shared = sum((said & wanted).values())
            if shared:
                best = max(best, 2 * shared / (sum(said.values()) + sum(wanted.values())))
        return _graded(request, best, None)
