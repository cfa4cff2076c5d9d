"""The offline grader and a judge weighed together."""

from __future__ import annotations

from interviewer.grading.chances import passing_of
from interviewer.grading.claims import claims_of, probability_of
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded, Verdict
from interviewer.grading.judges.fallback import OFFLINE
from interviewer.grading.judges.fusing import Weights
from interviewer.grading.outcomes import by_claim, grade_of, in_words, verdict


class FusedGrader:
    """Implements `grader.Grader`: per claim, one probability from the offline grader and a judge.

    A claim on which the judge has no verdict keeps the offline one, and a note says so.
    """

    def __init__(self, judge: Grader, offline: Grader, weights: Weights, identity: GraderIdentity):
        self._judge = judge
        self._offline = offline
        self._weights = weights
        self.identity = identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The fused grade."""
        question = request.question
        base, judged = self._offline.grade(request), self._judge.grade(request)
        ours, theirs = by_claim(base), by_claim(judged)
        outcomes: dict[str, Outcome] = {
            c.id: self._fuse(ours[c.id], theirs[c.id]) for c in claims_of(question)
        }
        notes = list(dict.fromkeys((*base.notes, *judged.notes)))
        gaps = [o for o in judged.verdicts if isinstance(o, Ungraded)]
        if gaps:
            notes.append(
                f"{len(gaps)} of {len(judged.verdicts)} criteria rest on the offline grader alone:"
                f" {in_words(gaps)}."
            )
        passing = passing_of(question, outcomes) if judged.graded else base.passing
        return grade_of(
            question,
            outcomes,
            [judged.usage] if judged.usage else (),
            similarity=base.similarity,
            passing=passing,
            notes=tuple(notes),
        )

    def _fuse(self, offline: Outcome, judged: Outcome) -> Outcome:
        if not isinstance(offline, Verdict):
            return judged
        if not isinstance(judged, Verdict):
            return offline.model_copy(update={"rationale": OFFLINE})
        fused = self._weights.probability(probability_of(offline), probability_of(judged))
        rationale = ""
        if offline.level != judged.level:
            rationale = f"offline: {offline.level}, model: {judged.level}"
        return verdict(offline.criterion, fused, judged.evidence or offline.evidence, rationale)
