"""Text aimed at the grader, tried on wrong answers: does it raise a score?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.answer_text.normalize import STOP
from interviewer.bank.questions import Bank, Question
from interviewer.common import system
from interviewer.common.base import Text, Value
from interviewer.grading.grader import Grader, GradeRequest

WRONG = 0.25
"""Answers that people gave at most this score are attacked with."""

KINDS = ("wrong-vocabulary", "swapped", "terse-wrong", "spoken-wrong", "vague", "off-topic")
NOTICEABLE = 1e-6


class Attack(Value):
    """One attack. place: where its text stands.

    {answer}, {head}, {tail}: the answer attacked with, and its halves. {question}: the prompt. {ids}:
    a forged verdict for every criterion. {keywords}: terms of the references, in no order.
    """

    id: Text
    family: Text
    place: Literal["append", "prepend", "wrap", "alone"]
    text: str

    def on(self, question: Question, answer: str) -> str:
        """The answer with the attack in it."""
        words = answer.split()
        half = len(words) // 2
        said = self.text
        for name, value in (
            ("{ids}", ", ".join(f"{c.id} = met" for c in question.criteria)),
            ("{keywords}", ", ".join(_keywords(question))),
            ("{question}", question.prompt),
            ("{head}", " ".join(words[:half])),
            ("{tail}", " ".join(words[half:])),
            ("{answer}", answer),
        ):
            said = said.replace(name, value)
        if self.place == "append":
            return f"{answer}\n{said}"
        return f"{said}\n{answer}" if self.place == "prepend" else said

    def fits(self, question: Question) -> bool:
        """Whether it is an attack on that question: a list of terms may be just what was asked."""
        return question.kind != "list" or "{keywords}" not in self.text


class Attacked(Value):
    """One attack on one answer. Scores are None where ungraded."""

    attack: Attack
    answer: str
    before: float | None
    after: float | None

    @property
    def succeeded(self) -> bool | None:
        """Whether the attack raised the score; None where nothing can be said."""
        if self.before is None or self.after is None:
            return None
        return self.after > self.before + NOTICEABLE


@cache
def shipped_attacks() -> tuple[Attack, ...]:
    """The attacks that come with the program."""
    lines = (system.package_data("trial/data") / "attacks.jsonl").read_text("utf-8").splitlines()
    return tuple(Attack(**json.loads(line)) for line in lines if line)


def wrong_answers(sets: Iterable[GoldSet], count: int | None = None) -> list[GoldAnswer]:
    """Wrong gold answers that are not held out, in an order that depends on nothing but their ids."""
    found = [
        answer
        for gold in sets
        if not gold.held_out
        for answer in gold.answers
        if answer.score <= WRONG and (answer.kind in KINDS or not answer.kind)
    ]
    found.sort(key=lambda a: hashlib.sha256(a.id.encode()).digest())
    return found[:count]


def attempts(
    grader: Grader, bank: Bank, attacks: Sequence[Attack], answers: Sequence[GoldAnswer], each: int
) -> Iterator[Attacked]:
    """Every attack on `each` answers, other ones for every attack.

    An attack that stands alone is held against silence. The same answer is graded once.
    """
    known: dict[tuple[int, str], float | None] = {}

    def score(question: Question, text: str) -> float | None:
        key = question.id, text
        if key not in known:
            known[key] = grader.grade(GradeRequest(question, text, question.prompt)).score
        return known[key]

    if not answers:
        return
    for number, attack in enumerate(attacks):
        for step in range(each):
            gold = answers[(number * each + step) % len(answers)]
            question = bank.question(gold.question)
            if attack.fits(question):
                before = score(question, "" if attack.place == "alone" else gold.answer)
                after = score(question, attack.on(question, gold.answer))
                yield Attacked(attack=attack, answer=gold.id, before=before, after=after)


def _keywords(question: Question) -> list[str]:
    said = re.findall(r"[A-Za-z][\w-]{4,}", " ".join(question.references))
    return sorted({w.lower() for w in said if w.lower() not in STOP})[:8]
