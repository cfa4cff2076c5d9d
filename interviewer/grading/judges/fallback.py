"""The offline grader steps in where a judge has no verdict."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.bank.questions import Claim
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, Outcome, Ungraded
from interviewer.grading.outcomes import by_claim, grade_of, in_words

OFFLINE = "graded offline"
"""The rationale of a verdict that was filled in."""


def is_offline(grade: AnswerGrade) -> bool:
    """Whether the judge has no part in the grade: every criterion was filled in."""
    return bool(grade.graded) and all(verdict.rationale == OFFLINE for verdict in grade.graded)


class FallbackGrader:
    """Implements `ports.Grader`: the judge's grade, with what it left ungraded graded offline.

    A note on the grade says how much that is and why, so that the transcript does too.
    """

    def __init__(self, judge: Grader, offline: Grader):
        self._judge = judge
        self._offline = offline
        self.identity = judge.identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """A grade without a gap, so far as the offline grader leaves none."""
        grade = self._judge.grade(request)
        outcomes = by_claim(grade)
        gaps = {c: o for c, o in outcomes.items() if isinstance(o, Ungraded)}
        if not gaps:
            return grade
        spare = self._offline.grade(request)
        found = by_claim(spare)
        filled: dict[str, Outcome] = {
            claim: found[claim].model_copy(update={"rationale": OFFLINE}) for claim in gaps
        }
        question = request.question
        notes = [
            _note(what, [c for c in claims if c.id in gaps], len(claims), gaps)
            for what, claims in (
                ("criteria", question.criteria),
                ("misconceptions", question.misconceptions),
            )
        ]
        return grade_of(
            question,
            outcomes | filled,
            [grade.usage] if grade.usage else (),
            similarity=spare.similarity if grade.similarity is None else grade.similarity,
            passing=spare.passing if not grade.graded else grade.passing,
            notes=(*grade.notes, *(note for note in notes if note)),
        )


def _note(what: str, gone: Sequence[Claim], total: int, gaps: dict[str, Ungraded]) -> str:
    """ "2 of 3 criteria were graded offline: the model did not reply in time." """
    if not gone:
        return ""
    verb = "was" if len(gone) == 1 else "were"
    why = in_words(gaps[claim.id] for claim in gone)
    return f"{len(gone)} of {total} {what} {verb} {OFFLINE}: {why}."
