"""No point for words to the grader, whoever judges."""

from __future__ import annotations

from dataclasses import replace

from interviewer.grading.claims import claims_of, nothing_said
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import LEFT_OUT, AnswerGrade, Outcome
from interviewer.grading.offline.offline_grader import unaddressed
from interviewer.grading.outcomes import grade_of

NOTHING_LEFT = "Nothing was left to judge."


class GuardedJudge:
    """Implements `grader.Grader`: a judge that never sees what can earn nothing.

    Sentences to the grader and the question handed back are blanked out before the judge is asked,
    as the offline grader does; so the grade of an answer with such text added is that of the answer
    without it. Where nothing is left, nobody is asked.
    """

    def __init__(self, judge: Grader):
        self._judge = judge
        self.identity = judge.identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The judge's grade of what is left of the answer; offsets are those of the whole."""
        text, addressed = unaddressed(request)
        if any(char.isalnum() for char in text):
            grade = self._judge.grade(replace(request, answer=text))
        else:
            nothing: dict[str, Outcome] = {
                c.id: nothing_said(c.id) for c in claims_of(request.question)
            }
            grade = grade_of(request.question, nothing, notes=(NOTHING_LEFT,))
        if not addressed:
            return grade
        return grade.model_copy(update={"notes": (LEFT_OUT, *grade.notes)})
