"""`interviewer grade ANSWERS... -o GRADES`: the answers of a class."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from interviewer.bank.questions import Bank
from interviewer.classroom import answer_files
from interviewer.classroom.class_values import GradedRow, GradesRow
from interviewer.cli import judging
from interviewer.common.console import Advance, progress_bar, say
from interviewer.errors import InputError
from interviewer.specs.class_jobs import ClassJob

SHOWN = 3
"""Rows without a grade that are named."""


def grade_class(
    job: ClassJob, given: Sequence[Path], target: Path, workers: int | None, address: str | None
) -> None:
    """Grade those answers into the target and say what came of it."""
    paths = answer_files.answer_files(given, target)
    total = _count(paths, job.bank)
    rows = answer_files.collected(paths, job.bank)
    with progress_bar("Grading", left=True) as step:
        tally = _ClassCount(total, step)
        with closing(job.grade(rows, target, workers, cluster=address, held=tally.held)) as made:
            tally.take(made)
    _tell(job, tally, target)


class _ClassCount:
    """How many rows there are, and what came of those that are new."""

    def __init__(self, total: int, step: Advance):
        self._total, self._step = total, step
        self.before = self.graded = self.ungraded = self.judged = 0
        self.first: list[str] = []

    def held(self, count: int) -> None:
        """So many rows were graded before."""
        self.before = count
        self._step(count, self._total)

    def take(self, rows: Iterable[GradesRow]) -> None:
        """Count the rows as they come."""
        from interviewer.grading.judges.fallback import is_offline

        for row in rows:
            if isinstance(row, GradedRow) and row.grade.score is not None:
                self.graded += 1
                self.judged += not is_offline(row.grade)
            else:
                self.ungraded += 1
                why = "the grader gave no verdict" if isinstance(row, GradedRow) else row.reason
                if len(self.first) < SHOWN:
                    self.first.append(f"{row.file}:{row.line}: {why}")
            self._step(self.before + self.graded + self.ungraded, self._total)


def _count(paths: Sequence[Path], bank: Bank) -> int:
    """How many rows there are; 0 where nobody watches a bar. It also finds files that are none."""
    rows = answer_files.collected(paths, bank)
    if sys.stderr is not None and sys.stderr.isatty():
        return sum(1 for _ in rows)
    for path in paths:
        next(answer_files.collected([path], bank), None)
    return 0


def _tell(job: ClassJob, tally: _ClassCount, target: Path) -> None:
    new = tally.graded + tally.ungraded
    before = f", {tally.before:,} of them before" if tally.before else ""
    count = tally.before + new
    say(f"{count:,} {'row' if count == 1 else 'rows'}{before}: {target}")
    if tally.ungraded:
        say(f"{tally.ungraded:,} {'is' if tally.ungraded == 1 else 'are'} ungraded:", err=True)
        say(*(f"  {line}" for line in tally.first), err=True)
    if tally.graded or tally.before:
        file = shlex.quote(str(target))
        say(
            "See what it shows, settle what the grader is least sure of:",
            f"  interviewer report-class {file} --html class.html",
            f"  interviewer gold settle {file} --rater NAME",
        )
    if not tally.graded and tally.ungraded and not tally.before:
        raise InputError("no answer could be graded", hint="Their lines in the file say why.")
    if job.waits and tally.graded and not tally.judged:
        raise judging.gave_nothing(
            job.spec, tally.graded, f"the same command with another file than {target}."
        )
