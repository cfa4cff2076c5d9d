"""Answers graded by people, and what a grader made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from interviewer.answer_text.normalize import words
from interviewer.bank.questions import Bank, Question, QuestionId
from interviewer.common.base import Said, Text, UnitFloat, Value, writable
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level


def gold_id(question: int, answer: str) -> str:
    """What a graded answer is called, unless its file says otherwise: by its words, whatever their case and
    marks."""
    said = " ".join(words(answer)).encode("utf-8", "surrogatepass")
    return f"{question}-{hashlib.blake2b(said, digest_size=6).hexdigest()}"


class Rating(Value):
    """What one person said of one answer, before disagreements were settled.

    passed: whether they count the question as answered; None where they did not say. verdicts:
    criterion id to level. misconceptions: the ids asserted; None when not recorded.
    """

    score: UnitFloat | None = None
    passed: bool | None = None
    verdicts: dict[str, Level] = Field(default_factory=dict)
    misconceptions: tuple[str, ...] | None = None

    @property
    def passes(self) -> bool | None:
        """Whether it counts as answered: by their word, or else by the score."""
        return scoring.passed(self.score) if self.passed is None else self.passed


class GoldAnswer(Value):
    """One answer with its settled human grade.

    score: in [0, 1]. passed: whether people count the question as answered; score >= 0.5 if not given,
    which `by_score` tells. kind: what sort of answer it is ("echo", "wrong"), "" if not said. verdicts:
    criterion id to level, possibly not all. misconceptions: ids asserted; None when nobody recorded
    them. held_out: not to be looked at while tuning. first, second: two independent ratings; a missing
    `first` means that the second rater is held against the settled grade.
    """

    id: Text
    question: QuestionId
    answer: Said
    score: UnitFloat
    passed: bool
    by_score: bool = False
    kind: str = ""
    rater: str = ""
    verdicts: dict[str, Level] = Field(default_factory=dict)
    misconceptions: tuple[str, ...] | None = None
    held_out: bool = False
    first: Rating | None = None
    second: Rating | None = None

    @model_validator(mode="before")
    @classmethod
    def _passed_follows_score(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("passed") is None:
            try:
                score = float(data.get("score", 0.0))
            except (TypeError, ValueError, OverflowError):
                score = 0.0  # the field's own check says what is wrong with it
            return {**data, "passed": scoring.passed(score), "by_score": True}
        return data


def settled_gold(
    question: Question,
    answer: str,
    levels: Mapping[str, Level],
    misconceptions: Iterable[str],
    rater: str,
    *,
    score: float | None = None,
    passed: bool | None = None,
    kind: str = "",
) -> GoldAnswer:
    """An answer to that question with the grade that a person gave it, under its `gold_id`.

    levels: by criterion. The score follows from them, and `passed` from the score, if not given.
    ValueError where there is no score and a criterion that it takes has no level.
    """
    wrong = tuple(misconceptions)
    value = scoring.of_levels(question, levels, wrong) if score is None else score
    if value is None:
        missing = ", ".join(c.id for c in question.criteria if c.id not in levels)
        raise ValueError(f"no verdict on {missing}")
    return GoldAnswer.model_validate(
        {
            "id": gold_id(question.id, answer),
            "question": question.id,
            "answer": answer,
            "score": value,
            "passed": passed,
            "kind": writable(kind),
            "rater": writable(rater),
            "verdicts": {c.id: levels[c.id] for c in question.criteria if c.id in levels},
            "misconceptions": wrong,
        }
    )


class GoldSet(Value):
    """Gold answers under one name, with the bank that holds their questions.

    For answers from elsewhere the bank is made of their questions and references.
    """

    name: Text
    bank: Bank
    answers: Annotated[tuple[GoldAnswer, ...], Field(min_length=1)]
    held_out: bool = False

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if len({answer.id for answer in self.answers}) != len(self.answers):
            raise ValueError(f"an id stands twice in '{self.name}'")
        for answer in self.answers:
            if answer.question not in self.bank:
                raise ValueError(f"'{answer.id}' is for an unknown question {answer.question}")
        return self

    def question(self, answer: GoldAnswer) -> Question:
        """The question it answers."""
        return self.bank.question(answer.question)


class Checked(Value):
    """One gold answer with the grade a grader gave it. seconds: what that took."""

    gold: GoldAnswer
    question: Question
    grade: AnswerGrade
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
