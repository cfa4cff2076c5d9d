"""A class for tests: rows of answers, graders that can be sent to other processes, and a shelf."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from samples import bank, question

from interviewer.bank.questions import Bank
from interviewer.classroom.class_values import ClassHead, Collected, GradedRow, GradesRow
from interviewer.classroom.workers import Job
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity
from interviewer.grading.offline.baselines import OverlapGrader

BANK = bank([question(1), question(2), question(3)])
OVERLAP = GraderIdentity(spec="overlap", version="1")
HEAD = ClassHead.of(BANK, OVERLAP)


def row(line: int, text: str, number: int = 1, **fields: Any) -> Collected:
    return Collected(file="a.jsonl", line=line, question=number, answer=text, **fields)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any] | str]) -> Path:
    """A file of answers; a text is a line as it stands."""
    lines = (r if isinstance(r, str) else json.dumps(r) for r in rows)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def answers(count: int, questions: int = 3) -> list[dict[str, Any]]:
    """Different answers to the first questions of a bank, by ten candidates."""
    return [
        {"id": f"r{n}", "candidate": f"c{n % 10}", "question": n % questions + 1,
         "answer": f"Number {n} scatters blue light, ice number {n % 7} floats."}
        for n in range(count)
    ]  # fmt: skip


def grades_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of grades."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]


class DeadlyGrader(OverlapGrader):
    """Grades by overlap, but its process dies of an answer that says "die", and it cannot take
    "fail"."""

    def grade(self, request: GradeRequest) -> AnswerGrade:
        if "die" in request.answer:
            os._exit(9)
        if "fail" in request.answer:
            raise ZeroDivisionError("no such thing")
        return super().grade(request)


def make_overlap() -> OverlapGrader:
    return OverlapGrader()


def make_deadly() -> DeadlyGrader:
    return DeadlyGrader()


def job(of: Bank = BANK, make: Any = make_overlap) -> Job:
    return Job("test", of, make)


class ListShelf:
    """Implements `Shelf` in memory."""

    def __init__(self) -> None:
        self.rows: list[GradesRow] = []

    def put(self, made: GradesRow) -> int:
        self.rows.append(made)
        return len(self.rows) - 1

    def row_at(self, place: int) -> GradesRow:
        return self.rows[place]


def scores(rows: Sequence[GradesRow]) -> list[float | str | None]:
    """The score of each row, or why it has none."""
    return [r.grade.score if isinstance(r, GradedRow) else r.reason for r in rows]
