"""Run a grader over behaviour families, and what share of each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from behaviour import (
    FAMILIES,
    Case,
    Frame,
    chosen_cases,
    families,
    frames_of,
    holds,
)

from interviewer.bank.questions import Bank
from interviewer.common.base import Text, UnitFloat, Value
from interviewer.grading import scoring
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade

FOLDER = Path(__file__).resolve().parent / "frames"


class FamilyResult(Value):
    """How one family went. share: of the graded cases, how many held; None if none was graded.
    held_out, held_out_share: the same over the cases that no weights were trained with."""

    family: Text
    cases: int
    ungraded: int
    share: UnitFloat | None
    held_out: int
    held_out_share: UnitFloat | None
    failures: tuple[Case, ...] = ()


def shipped_frames() -> tuple[Frame, ...]:
    """The frames that come with the program."""
    return frames_of((FOLDER / "frames.txt").read_text("utf-8"))


def shipped_oddities() -> list[str]:
    """Unrelated sentences; those with an odd index are held out."""
    return (FOLDER / "oddities.txt").read_text("utf-8").splitlines()


def cases_of(bank: Bank, limit: int | None = None, only: Sequence[str] = ()) -> list[Case]:
    """The cases over a bank; at most `limit` of each family, chosen by digest."""
    found = list(families(bank, shipped_frames(), shipped_oddities()))
    wanted = [c for c in found if not only or c.family in only]
    return chosen_cases(wanted, limit)


def run(
    grader: Grader,
    bank: Bank,
    cases: Sequence[Case],
    progress: Callable[[int], None] = lambda _: None,
    failures: int = 3,
) -> list[FamilyResult]:
    """Grade every case, and its base where it has one; the same answer is graded once.

    failures: how many cases that did not hold to keep of each family.
    """
    known: dict[tuple[int, str], AnswerGrade] = {}

    def graded(question: int, answer: str) -> AnswerGrade:
        key = (question, answer)
        if key not in known:
            asked = bank.question(question)
            known[key] = grader.grade(GradeRequest(asked, answer, asked.prompt))
        return known[key]

    results: list[tuple[Case, bool | None]] = []
    for number, case in enumerate(cases, start=1):
        base = None if case.base is None else graded(case.question, case.base)
        results.append((case, holds(case, graded(case.question, case.answer), base, _passed)))
        progress(number)
    names = [f for f in FAMILIES if any(c.family == f for c, _ in results)]
    return [_summed(name, [r for r in results if r[0].family == name], failures) for name in names]


def _passed(grade: AnswerGrade) -> bool:
    return bool(_decided(grade))


def _decided(grade: AnswerGrade) -> bool | None:
    """The chance of passing decides where there is one, else the score."""
    return scoring.passed(grade.score) if grade.passing is None else grade.passing >= 0.5


def _summed(name: str, results: Sequence[tuple[Case, bool | None]], failures: int) -> FamilyResult:
    out = [r for r in results if r[0].held_out]
    return FamilyResult(
        family=name,
        cases=len(results),
        ungraded=sum(held is None for _, held in results),
        share=_share(held for _, held in results),
        held_out=len(out),
        held_out_share=_share(held for _, held in out),
        failures=tuple(c for c, held in results if held is False)[:failures],
    )


def _share(held: Iterable[bool | None]) -> float | None:
    known = [h for h in held if h is not None]
    return sum(known) / len(known) if known else None
