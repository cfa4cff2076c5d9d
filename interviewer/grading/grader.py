"""The port to whatever grades answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from interviewer.bank.questions import Question
from interviewer.grading.grades import AnswerGrade, GraderIdentity

JudgeMode = Literal[
    "whole",  # about all claims at once, by JSON, with words of the answer as evidence
    "each",  # the same, a claim at a time
    "sentences",  # a claim at a time, with the number of a sentence as evidence
    "logprob",  # for one word on each claim, by the probability of Yes
    "pointed",  # the same, with the words that the offline grader points at named beside the claim
    "options",  # by the probabilities of two numbered options, in both orders
    "yesno",  # for one word, by the word alone
    "votes",  # the same several times, by the share of Yes
]
"""How a language model is asked."""

JUDGE_MODES: tuple[JudgeMode, ...] = get_args(JudgeMode)
BY_WORD: frozenset[JudgeMode] = frozenset({"logprob", "pointed", "options", "yesno", "votes"})
"""The modes that ask for one word, and so need a curve to say how likely a claim is."""

TRIED: tuple[JudgeMode, ...] = ("whole", "each", "logprob", "yesno")
"""The modes that are tried where nobody names one."""


@dataclass(frozen=True)
class GradeRequest:
    """One answer to grade.

    asked: the words put to the candidate just before (the prompt or a probe); repeating them
    earns nothing. before: what the candidate said on the question so far, which is graded already; a
    point of which it holds one half and the answer the other may be met.
    """

    question: Question
    answer: str
    asked: str
    before: str = ""


class Grader(Protocol):
    """Grades answers. A failure is an `Ungraded` outcome, never an exception and never a score."""

    @property
    def identity(self) -> GraderIdentity:
        """Which grader this is."""
        ...

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer."""
        ...
