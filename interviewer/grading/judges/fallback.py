"""The offline grader steps in where a judge has no verdict."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.bank.questions import Claim, Question
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, Cause, Outcome, Ungraded
from interviewer.grading.outcomes import by_claim, grade_of, in_words, ungraded

OFFLINE = "graded offline"
"""The rationale of a verdict that was filled in."""


def is_offline(grade: AnswerGrade) -> bool:
    """Whether the judge has no part in the grade: every criterion was filled in."""
    return bool(grade.graded) and all(verdict.rationale == OFFLINE for verdict in grade.graded)


class FallbackGrader:
    """Implements `grader.Grader`: the judge's grade, with what it left ungraded graded offline.

    A note on the grade says how much that is and why, so that the transcript does too.
    """

    def __init__(self, judge: Grader, offline: Grader):
        self._judge = judge
        self._offline = offline
        self.identity = judge.identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """A grade without a gap, so far as the offline grader leaves none."""
        grade = self._judge.grade(request)
        if not _gaps(grade):
            return grade
        return filled(request.question, grade, self._offline.grade(request))


def filled(question: Question, grade: AnswerGrade, spare: AnswerGrade) -> AnswerGrade:
    """A judge's grade with what it left ungraded as the spare grade has it, and a note that says so."""
    outcomes, found, gaps = by_claim(grade), by_claim(spare), _gaps(grade)
    taken: dict[str, Outcome] = {
        claim: found[claim].model_copy(update={"rationale": OFFLINE}) for claim in gaps
    }
    notes = [
        _note(what, [c for c in claims if c.id in gaps], len(claims), gaps)
        for what, claims in (
            ("criteria", question.criteria),
            ("misconceptions", question.misconceptions),
        )
    ]
    return grade_of(
        question,
        outcomes | taken,
        [grade.usage] if grade.usage else (),
        similarity=spare.similarity if grade.similarity is None else grade.similarity,
        passing=spare.passing if not grade.graded else grade.passing,
        notes=(*grade.notes, *(note for note in notes if note)),
    )


def without_judge(
    question: Question, spare: AnswerGrade, detail: str, cause: Cause = "timeout"
) -> AnswerGrade:
    """The spare grade where the judge gave none at all, with why in a note."""
    nothing = grade_of(question, ungraded(question, cause, detail), notes=spare.notes)
    return filled(question, nothing, spare)


def _gaps(grade: AnswerGrade) -> dict[str, Ungraded]:
    return {c: o for c, o in by_claim(grade).items() if isinstance(o, Ungraded)}


def _note(what: str, gone: Sequence[Claim], total: int, gaps: dict[str, Ungraded]) -> str:
    """ "2 of 3 criteria were graded offline: the model did not reply in time." """
    if not gone:
        return ""
    verb = "was" if len(gone) == 1 else "were"
    why = in_words(gaps[claim.id] for claim in gone)
    return f"{len(gone)} of {total} {what} {verb} {OFFLINE}: {why}."
