"""What the grades of a class show, as one value.

The page and the text are made of it, and `interviewer report-class --json` prints it.
`CLASS_VERSION` rises when a field changes its meaning or goes away.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from interviewer.bank.questions import QuestionId
from interviewer.common.base import Said, UnitFloat, Value
from interviewer.grading.grades import GraderIdentity
from interviewer.report.report_values import BankFacts
from interviewer.report.shapes import NonNegative

CLASS_VERSION: Literal[1] = 1

ItemFault = Literal["nobody-passes", "everybody-passes", "worse-pass", "dead-criterion"]
"""What speaks against a question rather than against those who answer it: nobody passes; everybody
does; who is better elsewhere passes less; a criterion that nobody meets."""

Correlation = Annotated[float, Field(ge=-1.0, le=1.0, allow_inf_nan=False)]


class Spread(Value):
    """How graded answers are distributed. passed, mean: None without any.

    bins: counts of the scores in tenths, [0, 0.1) to [0.9, 1].
    """

    answers: NonNegative
    passed: UnitFloat | None
    mean: UnitFloat | None
    bins: tuple[NonNegative, ...]


class SectionSpread(Value):
    """The answers to the questions of a section."""

    id: str
    title: str
    spread: Spread


class ClaimCount(Value):
    """What became of a claim over the answers to its question. met: of a misconception, asserted.
    needless: not met, in answers that met enough others of its group; `unmet` is without them. choice: of
    which criteria it is one of a choice, such as "any 2 of 1, 2, 4"; "" for none."""

    id: str
    kind: Literal["criterion", "misconception"]
    statement: str
    met: NonNegative
    partial: NonNegative
    unmet: NonNegative
    ungraded: NonNegative
    needless: NonNegative = 0
    choice: str = ""


class ItemFinding(Value):
    """A question as an item of a test.

    difficulty: the share of graded answers that pass. discrimination: the point-biserial correlation
    of passing with the mean score on the other questions, over the `candidates` who have both; None
    where these are too few, or all the same.
    """

    question: QuestionId
    section: str
    prompt: str
    spread: Spread
    ungraded: NonNegative
    difficulty: UnitFloat | None
    discrimination: Correlation | None
    candidates: NonNegative
    claims: tuple[ClaimCount, ...]
    faults: tuple[ItemFault, ...]


class CriterionParting(Value):
    """A criterion on which the grader and settled answers part.

    settled: the answers that people gave a level and the grader a verdict. agreed: with the same
    level. lenient, strict: where the grader's level is higher, or lower.
    """

    question: QuestionId
    criterion: str
    statement: str
    settled: NonNegative
    agreed: NonNegative
    lenient: NonNegative
    strict: NonNegative


class AnswerPlace(Value):
    """Where an answer stands, and whose it is."""

    file: Said
    line: NonNegative
    id: Said
    candidate: Said


class AlikeGroup(Value):
    """Answers of several candidates that are nearly the same words.

    likeness: the least Jaccard similarity of their three-word runs to those of the first. places: of
    the first of them. answer: the first one.
    """

    question: QuestionId
    count: NonNegative
    likeness: UnitFloat
    places: tuple[AnswerPlace, ...]
    answer: Said


class WrongGroup(Value):
    """Wrong answers that share words which answers that pass have less often.

    words: the commonest first. answers: some of them.
    """

    question: QuestionId
    count: NonNegative
    words: tuple[Said, ...]
    answers: tuple[Said, ...]


class ReasonCount(Value):
    """A reason for having no grade, and how many rows have it."""

    reason: Said
    count: NonNegative


class ClassReport(Value):
    """A class. graded: rows with a score. candidates: those who are named.

    settled: graded answers that people settled too. texts: how many answers were looked through for
    such as are alike and for what wrong ones share: the first ones of a very large class.
    """

    class_version: Literal[1] = CLASS_VERSION
    bank: BankFacts
    grader: GraderIdentity
    rows: NonNegative
    graded: NonNegative
    ungraded: NonNegative
    reasons: tuple[ReasonCount, ...]
    candidates: NonNegative
    spread: Spread
    sections: tuple[SectionSpread, ...]
    questions: tuple[ItemFinding, ...]
    settled: NonNegative
    partings: tuple[CriterionParting, ...]
    texts: NonNegative
    alike: tuple[AlikeGroup, ...]
    wrong: tuple[WrongGroup, ...]

    @property
    def faulty(self) -> tuple[ItemFinding, ...]:
        """The questions that something speaks against."""
        return tuple(item for item in self.questions if item.faults)
