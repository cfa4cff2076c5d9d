"""A trial as it runs: the same answers to offline, judge and both together, for as long as there is time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from interviewer.agreement.gold_answers import Checked, GoldAnswer, GoldSet
from interviewer.bank.questions import Bank
from interviewer.check import behaving
from interviewer.check.behaviour import FAMILIES, Case
from interviewer.common.system import Clock
from interviewer.errors import ModelError, ModelUnavailable
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade
from interviewer.grading.outcomes import in_words
from interviewer.trial.attacks import Attack, Attacked, attempts
from interviewer.trial.giving_up import GivingUp
from interviewer.trial.trial_values import Wordings

SideName = Literal["offline", "judge", "fused"]
NAMES: tuple[SideName, ...] = ("judge", "offline", "fused")
"""The judge first: the others wait for no model."""

MOST_ANSWERS, MOST_CASES, EACH = 200, 8, 1
"""Gold answers, cases of each family, and answers for each attack: nothing much is learnt beyond."""

PARTS = {"gold": 0.55, "behaviour": 0.8, "attacks": 0.92, "wordings": 1.0}
"""By which share of the time each part ends. What one leaves goes to the next."""

KEYBOARD = "Ctrl-C"

_T = TypeVar("_T")


@dataclass(frozen=True)
class Matter:
    """What a trial is made of, in the order in which it is gone through. gold: None without any."""

    bank: Bank
    gold: GoldSet | None
    answers: Sequence[GoldAnswer]
    cases: Sequence[Case]
    attacks: Sequence[Attack]
    wrong: Sequence[GoldAnswer]


@dataclass
class Findings:
    """What was measured so far, for each grader the same things."""

    checked: dict[SideName, list[Checked]] = field(default_factory=lambda: {n: [] for n in NAMES})
    cases: dict[SideName, list[tuple[Case, bool | None]]] = field(
        default_factory=lambda: {n: [] for n in NAMES}
    )
    attacked: dict[SideName, list[Attacked]] = field(default_factory=lambda: {n: [] for n in NAMES})
    wordings: Wordings = field(default_factory=lambda: Wordings(asked=0, fit=0))
    stopped: str = ""


class Remembering:
    """Implements `grader.Grader`: asks another grader once about the same answer.

    Raises ModelUnavailable when it has had no verdict several times in a row, and none can be had.
    """

    def __init__(self, inner: Grader, clock: Clock):
        self._inner = inner
        self._clock = clock
        self._known: dict[tuple[int, str, str], tuple[AnswerGrade, float]] = {}
        self._giving_up = GivingUp()
        self.identity = inner.identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of that answer."""
        return self.timed(request)[0]

    def timed(self, request: GradeRequest) -> tuple[AnswerGrade, float]:
        """The grade, and the seconds that it took when it was made."""
        key = request.question.id, request.asked, request.answer
        if key not in self._known:
            begun = self._clock.monotonic()
            grade = self._inner.grade(request)
            self._known[key] = grade, max(0.0, self._clock.monotonic() - begun)
            if gone := self._giving_up.after(grade.verdicts, gained=bool(grade.graded)):
                raise ModelUnavailable(in_words(gone))
        return self._known[key]


def matter_of(
    bank: Bank, sets: Sequence[GoldSet], attacks: Sequence[Attack], wrong: Sequence[GoldAnswer],
    seed: int,
) -> Matter:  # fmt: skip
    """What a trial on that bank goes through, drawn by the seed.

    Answers that nothing was fitted to come before any other: held-out gold alone where there is some.
    """
    gold = next((g for g in sets if g.held_out), sets[0] if sets else None)
    answers = _drawn(gold.answers, seed, lambda a: a.id) if gold else []
    return Matter(
        bank=bank,
        gold=gold,
        answers=answers[:MOST_ANSWERS],
        cases=_in_turn(behaving.cases_of(bank, MOST_CASES)),
        attacks=_drawn(attacks, seed, lambda a: a.id),
        wrong=_drawn(wrong, seed, lambda a: a.id),
    )


def _drawn(items: Iterable[_T], seed: int, key: Callable[[_T], str]) -> list[_T]:
    """The items in an order that the seed decides, on every machine the same."""
    return sorted(items, key=lambda i: hashlib.sha256(f"{seed}:{key(i)}".encode()).digest())


def _in_turn(cases: Sequence[Case]) -> list[Case]:
    """One of each family, then the next of each: however soon it ends, all are looked at."""
    by_family = [[c for c in cases if c.family == family] for family in FAMILIES]
    longest = max(map(len, by_family), default=0)
    return [held[at] for at in range(longest) for held in by_family if at < len(held)]


class Trial:
    """One trial as it goes on.

    graders: under each name; "fused" asks the other two, which remember. seconds: that it may take.
    told: is told the seconds passed, of how many, and what is being looked at.
    """

    def __init__(
        self,
        judge: Remembering,
        offline: Remembering,
        fused: Grader,
        matter: Matter,
        clock: Clock,
        seconds: float,
        told: Callable[[int, int, str], None],
    ):
        self._timed = {"judge": judge, "offline": offline}
        self._graders: dict[SideName, Grader] = {"judge": judge, "offline": offline, "fused": fused}
        self._matter = matter
        self._clock = clock
        self._seconds = seconds
        self._begun = clock.monotonic()
        self._told = told
        self.found = Findings()

    @property
    def passed(self) -> float:
        """The seconds that it has taken so far."""
        return max(0.0, self._clock.monotonic() - self._begun)

    def run(self, word: Callable[[float], Iterator[Wordings]]) -> Findings:
        """Everything, until the time is over, the model is gone, or Ctrl-C. What was measured by then
        is kept.

        word: has the model word follow-ups within so many seconds.
        """
        try:
            self._gold()
            self._behaviour()
            self._attacks()
            for wordings in word(max(0.0, self._seconds - self.passed)):
                self.found.wordings = wordings
                self._tell("wordings")
        except KeyboardInterrupt:
            self.found.stopped = KEYBOARD
        except ModelError as error:
            self.found.stopped = error.message
        return self.found

    def _tell(self, what: str) -> None:
        whole = round(self._seconds)
        self._told(min(whole, round(self.passed)), whole, what)

    def _until(self, items: Iterable[_T], part: str, what: str) -> Iterator[_T]:
        """The items for as long as that part of the trial has time; at least one."""
        for number, item in enumerate(items, start=1):
            yield item
            self._tell(f"{what} {number}")
            if self.passed >= self._seconds * PARTS[part]:
                return

    def _gold(self) -> None:
        gold = self._matter.gold
        for answer in self._until(self._matter.answers, "gold", "answer"):
            assert gold is not None
            question = gold.question(answer)
            request = GradeRequest(question, answer.answer, question.prompt)
            spent = {name: timed.timed(request)[1] for name, timed in self._timed.items()}
            for name in NAMES:
                grade = self._graders[name].grade(request)
                seconds = spent.get(name, sum(spent.values()))
                self.found.checked[name].append(
                    Checked(gold=answer, question=question, grade=grade, seconds=seconds)
                )

    def _behaviour(self) -> None:
        bank, cases = self._matter.bank, self._matter.cases
        runs = [behaving.judged(self._graders[name], bank, cases) for name in NAMES]
        for results in self._until(zip(*runs, strict=True), "behaviour", "behaviour"):
            for name, result in zip(NAMES, results, strict=True):
                self.found.cases[name].append(result)

    def _attacks(self) -> None:
        bank, wrong = self._matter.bank, self._matter.wrong
        runs = [
            attempts(self._graders[name], bank, self._matter.attacks, wrong, EACH) for name in NAMES
        ]
        for results in self._until(zip(*runs, strict=True), "attacks", "attack"):
            for name, result in zip(NAMES, results, strict=True):
                self.found.attacked[name].append(result)
