"""The port to whatever grades answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from interviewer.bank.questions import Question
from interviewer.grading.grades import AnswerGrade, GraderIdentity

JudgeMode = Literal["whole", "each", "logprob", "yesno"]
"""How a language model is asked: about all claims at once, each by itself, or for one word on each, by
its probability or by the word alone."""

JUDGE_MODES: tuple[JudgeMode, ...] = get_args(JudgeMode)


@dataclass(frozen=True)
class GradeRequest:
    """One answer to grade.

    asked: the words put to the candidate just before (the prompt or a probe); repeating them
    earns nothing.
    """

    question: Question
    answer: str
    asked: str


class Grader(Protocol):
    """Grades answers. A failure is an `Ungraded` outcome, never an exception and never a score."""

    @property
    def identity(self) -> GraderIdentity:
        """Which grader this is."""
        ...

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer."""
        ...
