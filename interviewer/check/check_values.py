"""What a check found, as one value.

`interviewer check --json` prints it, and the page and the tables are made of it.
"""

from __future__ import annotations

from typing import Literal

from interviewer.agreement.bootstrap import Difference
from interviewer.bank.questions import QuestionId
from interviewer.check.measures import Measured
from interviewer.common.base import UnitFloat, Value
from interviewer.common.text import plural
from interviewer.report.shapes import GradeReport, NonNegative

CHECK_VERSION: Literal[1] = 1


class GoldReport(Value):
    """What people said of an answer."""

    score: UnitFloat
    passed: bool


class ItemReport(Value):
    """One answer: what people said of it, and the grader."""

    id: str
    kind: str
    gold: GoldReport
    grade: GradeReport


class ClaimDifference(Value):
    """One claim people and grader differ on; levels, and the words that carried the verdict."""

    claim: str
    people: str
    grader: str
    quote: str


class Disagreement(Value):
    """One answer that people and grader score differently. flipped: one of them passes it."""

    id: str
    question: QuestionId
    kind: str
    answer: str
    people: UnitFloat
    grader: UnitFloat
    flipped: bool
    points: tuple[ClaimDifference, ...]


class GraderReport(Value):
    """One grader on one set. worst: the widest disagreements, none of answers kept unseen."""

    grader: str
    measured: Measured
    worst: tuple[Disagreement, ...]
    items: tuple[ItemReport, ...]


class GraderPair(Value):
    """Two graders on the answers both graded: left minus right, by metric."""

    left: str
    right: str
    differences: dict[str, Difference]


class PassingSource(Value):
    """Whether people themselves said what counts as answered. answers, ratings: how many there are of each;
    said: of how many somebody said it. The others pass by a score of 0.5 or more.
    """

    answers: NonNegative
    answers_said: NonNegative
    ratings: NonNegative
    ratings_said: NonNegative

    @property
    def words(self) -> str:
        """The same as a sentence."""
        shown = [f"{self.answers_said:,} of {plural(self.answers, 'answer')}"]
        if self.ratings:
            shown.append(f"{self.ratings_said:,} of {plural(self.ratings, 'rating')}")
        if not self.answers_said + self.ratings_said:
            return "Whether people pass an answer is read off their score (0.5 or more)."
        rest = "" if self.whole else ", read off the score (0.5 or more) in the others"
        return f"Whether people pass an answer is their own word in {' and '.join(shown)}{rest}."

    @property
    def whole(self) -> bool:
        """Whether it was said of all."""
        return (self.answers_said, self.ratings_said) == (self.answers, self.ratings)


class SetReport(Value):
    """All graders on one set. ceiling: one rater against another, where two graded. passing: how it is
    known which answers people pass.

    unseen: of its answers no words are shown, because they are held out.
    """

    name: str
    held_out: bool
    unseen: bool
    graders: tuple[GraderReport, ...]
    ceiling: Measured | None
    passing: PassingSource
    comparisons: tuple[GraderPair, ...]


class CheckReport(Value):
    """The whole check, a report for each set."""

    check_version: Literal[1] = CHECK_VERSION
    sets: tuple[SetReport, ...]
