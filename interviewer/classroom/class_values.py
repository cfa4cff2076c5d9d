"""The rows of a class: what was collected, and what came of it.

A file of grades is JSON lines: a head, then one line for each row collected, in the order of the
rows. `GRADES_VERSION` rises when a field changes its meaning or goes away.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from interviewer.bank.questions import Bank, Question, QuestionId, Section
from interviewer.common.base import Said, Value
from interviewer.grading.grades import AnswerGrade, GraderIdentity
from interviewer.report.report_values import BankFacts

GRADES_VERSION: Literal[1] = 1
LONGEST_NAME = 200
"""Characters of an id and of a candidate."""

_RowLine = Annotated[int, Field(ge=1)]
Name = Annotated[Said, Field(max_length=LONGEST_NAME)]
"""What an id or a candidate is called; "" where nobody says."""


class Collected(Value):
    """An answer collected elsewhere. file, line: where its row begins, lines from 1.

    id: its own name. candidate: who gave it. answer: without white space around it.
    """

    file: Said
    line: _RowLine
    id: Name = ""
    candidate: Name = ""
    question: QuestionId
    answer: Said


class NotGradable(Value):
    """A row out of which there is nothing to grade, and why.

    What can be read of it is kept.
    """

    file: Said
    line: _RowLine
    id: Name = ""
    candidate: Name = ""
    question: QuestionId | None = None
    answer: Said | None = None
    reason: Said


CollectedRow: TypeAlias = Collected | NotGradable


class ClassHead(Value):
    """The first line of a file of grades: who graded, and the questions as they were, bare."""

    kind: Literal["head"] = "head"
    grades_version: Literal[1] = GRADES_VERSION
    grader: GraderIdentity
    bank: BankFacts
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, bank: Bank, grader: GraderIdentity) -> ClassHead:
        """The head for that bank; a deeper question stands among the others."""
        further = (found for q in bank.questions if (found := q.further()) is not None)
        return cls(
            grader=grader,
            bank=BankFacts(id=bank.id, version=bank.version, digest=bank.digest, title=bank.title),
            sections=bank.sections,
            questions=tuple(q.bare() for q in (*bank.questions, *further)),
        )


class GradedRow(Value):
    """A row with its grade; the offsets of evidence count in `answer`."""

    kind: Literal["graded"] = "graded"
    file: Said
    line: _RowLine
    id: Name
    candidate: Name
    question: QuestionId
    answer: Said
    grade: AnswerGrade


class UngradedRow(Value):
    """A row that could not be graded. question, answer: None where they cannot be read."""

    kind: Literal["ungraded"] = "ungraded"
    file: Said
    line: _RowLine
    id: Name
    candidate: Name
    question: QuestionId | None
    answer: Said | None
    reason: Said


GradesRow: TypeAlias = GradedRow | UngradedRow
GradesLine: TypeAlias = Annotated[ClassHead | GradedRow | UngradedRow, Field(discriminator="kind")]
GRADES_LINE: TypeAdapter[ClassHead | GradedRow | UngradedRow] = TypeAdapter(GradesLine)


def graded_row(row: Collected, grade: AnswerGrade) -> GradedRow:
    """The row with its grade."""
    return GradedRow(
        file=row.file, line=row.line, id=row.id, candidate=row.candidate,
        question=row.question, answer=row.answer, grade=grade,
    )  # fmt: skip


def ungraded_row(row: CollectedRow, reason: str) -> UngradedRow:
    """The row with the reason why it has no grade."""
    return UngradedRow(
        file=row.file, line=row.line, id=row.id, candidate=row.candidate,
        question=row.question, answer=row.answer, reason=reason,
    )  # fmt: skip


def same_row(row: CollectedRow, known: GradesRow) -> bool:
    """Whether a line of grades is of that row."""
    return (row.line, row.id, row.candidate, row.question, row.answer) == (
        known.line, known.id, known.candidate, known.question, known.answer,
    ) and row.file == known.file  # fmt: skip
