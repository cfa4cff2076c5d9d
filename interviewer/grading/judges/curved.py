"""A judge whose stated confidence goes through a curve."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.bank.questions import Misconception
from interviewer.grading.chances import passing_of
from interviewer.grading.claims import claims_of, probability_of
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded
from interviewer.grading.judges.fusing import Curve
from interviewer.grading.outcomes import by_claim, grade_of, verdict


@dataclass(frozen=True)
class CurvedJudge:
    """Implements `grader.Grader`: a judge by schema, as sure as it was found to be right.

    The curve can lower a level and never raises it: what earns something rests on words that the
    judge has quoted.
    """

    judge: Grader
    curve: Curve
    identity: GraderIdentity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The judge's grade with the curve's probabilities."""
        grade = self.judge.grade(request)
        said = by_claim(grade)
        outcomes = {
            c.id: self._curved(said[c.id], wrong=isinstance(c, Misconception))
            for c in claims_of(request.question)
        }
        return grade_of(
            request.question,
            outcomes,
            [grade.usage] if grade.usage else (),
            passing=passing_of(request.question, outcomes),
            similarity=grade.similarity,
            notes=grade.notes,
        )

    def _curved(self, outcome: Outcome, *, wrong: bool) -> Outcome:
        if isinstance(outcome, Ungraded):
            return outcome
        probability = self.curve.probability(probability_of(outcome), misconception=wrong)
        if outcome.credit < verdict(outcome.criterion, probability).credit:
            return outcome
        return verdict(outcome.criterion, probability, outcome.evidence, outcome.rationale)
