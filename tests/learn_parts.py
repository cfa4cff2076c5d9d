"""Settled answers as a made-up grader hears them: what layers are learned from in a test."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from samples import bank, question

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.grading import outcomes
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, Level
from interviewer.grading.offline.deciding import Beside
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.heard import Chance, Heard
from interviewer.learning.lessons import Taught
from interviewer.learning.settled_answers import SettledAnswer

QUESTIONS = 12
BANK = bank([question(n, weights={"a": 1.0}) for n in range(1, QUESTIONS + 1)])


def unit(*values: float) -> list[float]:
    """A row of norm 1."""
    length = math.hypot(*values)
    return [v / length for v in values]


def heard(
    number: int, yes: float, parts: Sequence[Sequence[float]] = ((1.0, 0.0),), text: str = "so"
) -> Heard:
    """An answer of which the chance that the one criterion is met is `yes`."""
    asked = BANK.question(number)
    rest = 1.0 - yes
    return Heard(
        GradeRequest(asked, text, asked.prompt), text, (),
        np.asarray(parts, np.float32), (ClaimReading(rest, 0.0, yes, 0.0),), (Beside(),),
        ((yes, 0.0),), None,
    )  # fmt: skip


def taught(name: str, number: int, yes: float, level: Level, **more: object) -> Taught:
    """The same with how people settled it."""
    found = heard(number, yes, **more)  # type: ignore[arg-type]
    score = {"met": 1.0, "partial": 0.5, "unmet": 0.0}[level]
    gold = GoldAnswer(
        id=name, question=number, answer=f"{name} says so", score=score, passed=score >= 0.5,
        verdicts={"a": level}, misconceptions=(),
    )  # fmt: skip
    asked = BANK.question(number)
    return Taught(SettledAnswer(gold, asked, asked.prompt, "settled"), found)


def conclude(of: Heard, chances: Sequence[Chance]) -> AnswerGrade:
    """Met from a chance of one half on."""
    asked = of.request.question
    found = {
        c.id: outcomes.verdict(c.id, 0.9 if yes >= 0.5 else 0.1)
        for c, (yes, _) in zip(asked.criteria, chances, strict=True)
    }
    return outcomes.grade_of(asked, found)


def strict(answers: int = 4) -> list[Taught]:
    """To each question right and wrong answers in turn, of which a grader that is too strict by two in
    log odds gives the right ones 0.3 and the wrong ones 0.05."""
    return [
        taught(f"q{n}-{at}", n, 0.05 if at % 2 else 0.3, "unmet" if at % 2 else "met")
        for n in range(1, QUESTIONS + 1)
        for at in range(answers)
    ]
