"""Run a grader over behaviour families, and what share of each holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from interviewer.agreement import figures
from interviewer.bank.questions import Bank
from interviewer.check.behaviour import (
    FAMILIES,
    Case,
    Frame,
    chosen_cases,
    families,
    frames_of,
    holds,
)
from interviewer.common import system
from interviewer.common.base import Text, UnitFloat, Value
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity


class Share(Value):
    """How many of the graded cases held.

    share: None if none was graded. low, high: its 95% interval (Wilson 1927).
    """

    graded: int
    share: UnitFloat | None
    low: UnitFloat | None
    high: UnitFloat | None


class FamilyResult(Value):
    """How one family went: over all its cases, and over those no shipped weights were trained with.

    failures: some of the cases that did not hold.
    """

    family: Text
    cases: int
    all: Share
    held_out: Share
    failures: tuple[Case, ...] = ()


class BehaviourReport(Value):
    """What a grader makes of the families."""

    grader: Text
    identity: GraderIdentity
    bank: Text
    families: tuple[FamilyResult, ...]


@cache
def shipped_frames() -> tuple[Frame, ...]:
    """The frames that come with the program."""
    return frames_of(_data("frames.txt"))


@cache
def shipped_oddities() -> tuple[str, ...]:
    """Unrelated sentences; those with an odd index are held out."""
    return tuple(_data("oddities.txt").splitlines())


def _data(name: str) -> str:
    return (system.package_data("check/data") / name).read_text("utf-8")


def cases_of(bank: Bank, limit: int | None = None, only: Sequence[str] = ()) -> list[Case]:
    """The cases over a bank; at most `limit` of each family, chosen by digest."""
    found = families(bank, shipped_frames(), shipped_oddities())
    return chosen_cases([c for c in found if not only or c.family in only], limit)


def run(
    grader: Grader,
    bank: Bank,
    cases: Sequence[Case],
    progress: Callable[[int], None] = lambda _: None,
    failures: int = 3,
) -> tuple[FamilyResult, ...]:
    """Grade every case, and its base where it has one; the same answer is graded once.

    failures: how many cases that did not hold to keep of each family.
    """
    results = []
    for number, result in enumerate(judged(grader, bank, cases), start=1):
        results.append(result)
        progress(number)
    return summed(results, failures)


def judged(grader: Grader, bank: Bank, cases: Iterable[Case]) -> Iterator[tuple[Case, bool | None]]:
    """Each case with whether what is due is so, as soon as it is graded; None where ungraded."""
    known: dict[tuple[int, str, str], AnswerGrade] = {}

    def graded(question: int, asked: str, answer: str) -> AnswerGrade:
        key = (question, asked, answer)
        if key not in known:
            put = bank.question(question)
            known[key] = grader.grade(GradeRequest(put, answer, asked or put.prompt))
        return known[key]

    for case in cases:
        base = None if case.base is None else graded(case.question, case.asked, case.base)
        yield case, holds(case, graded(case.question, case.asked, case.answer), base)


def summed(
    results: Sequence[tuple[Case, bool | None]], failures: int = 3
) -> tuple[FamilyResult, ...]:
    """How each family went."""
    names = [f for f in FAMILIES if any(c.family == f for c, _ in results)]
    return tuple(
        _summed(name, [r for r in results if r[0].family == name], failures) for name in names
    )


def _summed(name: str, results: Sequence[tuple[Case, bool | None]], failures: int) -> FamilyResult:
    return FamilyResult(
        family=name,
        cases=len(results),
        all=share_of(held for _, held in results),
        held_out=share_of(held for case, held in results if case.held_out),
        failures=tuple(c for c, held in results if held is False)[:failures],
    )


def share_of(held: Iterable[bool | None]) -> Share:
    """The share of what is known that held, with the interval of Wilson's score."""
    known = [h for h in held if h is not None]
    n = len(known)
    if not n:
        return Share(graded=0, share=None, low=None, high=None)
    p, z = sum(known) / n, 1.96
    middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + z * z / n) for sign in (-1, 1))
    return Share(graded=n, share=p, low=max(0.0, low), high=min(1.0, high))


def share_words(found: Share) -> str:
    """ "87.5% (53–98%)"; a dash where nothing was graded."""
    span = None if found.low is None or found.high is None else (found.low, found.high)
    return figures.with_interval("percent", found.share, span)
