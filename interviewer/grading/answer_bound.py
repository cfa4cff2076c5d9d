"""How much of an answer is read."""

from __future__ import annotations

from dataclasses import replace

from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade

MOST_READ = 20_000
"""Characters: half an hour of speech. The time a grader takes grows with what it reads."""


def read_part(answer: str) -> str:
    """The part of an answer that graders and language models are shown."""
    return answer[:MOST_READ]


def note_on(answer: str) -> str:
    """What is said of an answer that goes on beyond that part; "" for any other."""
    if len(answer) <= MOST_READ:
        return ""
    return f"Only the first {MOST_READ:,} of {len(answer):,} characters were read."


class BoundedGrader:
    """Implements `grader.Grader`: another grader, shown the part of an answer that is read.

    The grade of a longer answer says so in a note.
    """

    def __init__(self, inner: Grader):
        self._inner = inner
        self.identity = inner.identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The other one's grade."""
        note = note_on(request.answer)
        if not note and len(request.before) <= MOST_READ:
            return self._inner.grade(request)
        answer, before = read_part(request.answer), read_part(request.before)
        grade = self._inner.grade(replace(request, answer=answer, before=before))
        return grade.model_copy(update={"notes": (note, *grade.notes)}) if note else grade
