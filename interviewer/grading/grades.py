"""What a grader says of one answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from interviewer.answer_text.quotes import Evidence
from interviewer.chat.messages import Usage
from interviewer.common.base import Text, UnitFloat, Value

LEFT_OUT = "Text addressed to the grader was left out."
NO_ORDER = "The words of the answer stand in no order that says anything."
"""Notes on an answer, which the interviewer speaks to as well."""

Level = Literal["met", "partial", "unmet"]
Cause = Literal[
    "no-reply",  # the model or its server gave nothing
    "timeout",
    "bad-reply",  # not what the schema asked for
    "off-menu",  # a verdict outside met / partial / unmet
    "missing",  # this criterion was left out of the reply
    "bad-quote",  # evidence that is not in the answer, or only repeats the question
    "undecided",  # the judge said it cannot tell
    "budget",
    "unfit",  # the judge gave points to an answer that must not have any
]


class Verdict(Value):
    """Whether one claim was asserted.

    credit: the share of the claim's weight (or cost) that counts, in [0, 1].
    confidence: how sure the grader is of the level, in [0, 1]; calibrated where the grader says so.
    """

    kind: Literal["verdict"] = "verdict"
    criterion: Text
    level: Level
    credit: UnitFloat
    confidence: UnitFloat
    evidence: Evidence | None = None
    rationale: str = ""

    def words_in(self, answer: str) -> str:
        """The words of the answer that carry it; "" where none are known, or they lie outside it."""
        return self.evidence.of(answer) if self.evidence else ""


class Ungraded(Value):
    """A claim that no verdict could be had for. It is never a score."""

    kind: Literal["ungraded"] = "ungraded"
    criterion: Text
    cause: Cause
    detail: str = ""

    def words_in(self, answer: str) -> str:
        """None carry it: ""."""
        return ""


Outcome = Annotated[Verdict | Ungraded, Field(discriminator="kind")]


class GraderIdentity(Value):
    """Which grader spoke: enough to say whether two grades are comparable."""

    spec: Text
    version: Text
    model: str = ""
    prompt: str = ""


class AnswerGrade(Value):
    """The grade of one answer to one question.

    verdicts: one outcome per criterion, in the question's order.
    misconceptions: one outcome per misconception; level "met" means the wrong claim was made.
    similarity: how near the answer comes to the nearest reference, a cosine; never in the score.
    similarity_weight: what one unit of it moves the log odds of passing by; 0 where it is only shown.
    score: in [0, 1]; None when a criterion is ungraded.
    passing: the probability that a person would count the question as answered, or None.
    usage: what language models took for it; None where none was asked.
    """

    question: int
    verdicts: tuple[Outcome, ...]
    misconceptions: tuple[Outcome, ...] = ()
    similarity: Annotated[float, Field(ge=-1.01, le=1.01, allow_inf_nan=False)] | None = None
    similarity_weight: Annotated[float, Field(allow_inf_nan=False)] = 0.0
    score: UnitFloat | None
    passing: UnitFloat | None = None
    notes: tuple[str, ...] = ()
    usage: Usage | None = None

    @property
    def graded(self) -> tuple[Verdict, ...]:
        """The criteria that have a verdict."""
        return tuple(v for v in self.verdicts if isinstance(v, Verdict))

    @property
    def all_met(self) -> bool:
        """Whether every criterion that has a verdict is met."""
        return all(v.level == "met" for v in self.graded)

    @property
    def asserted(self) -> tuple[Verdict, ...]:
        """The misconceptions the answer asserts."""
        return tuple(v for v in self.misconceptions if isinstance(v, Verdict) and v.level == "met")

    def verdict(self, criterion: str) -> Verdict | Ungraded | None:
        """The outcome for that criterion, if there is one."""
        return next((v for v in self.verdicts if v.criterion == criterion), None)
