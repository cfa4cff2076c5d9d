"""Which answers of a class a person should look at."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from itertools import count, zip_longest

from interviewer.agreement.gold_answers import gold_id
from interviewer.classroom.class_values import GradedRow, GradesRow
from interviewer.grading.grades import AnswerGrade, Level, Ungraded


def least_sure(rows: Iterable[GradesRow], most: int, settled: Collection[str]) -> list[GradedRow]:
    """At most so many answers, the grader's least sure ones first and one of each question in turn.

    Of several answers in the same words one is enough. settled: by `gold_id`, left out.
    """
    order, seen = count(), set(settled)
    # Of a class of any size no more are held than could be shown.
    held: dict[int, list[tuple[float, int, GradedRow]]] = {}
    for row in rows:
        if not isinstance(row, GradedRow) or (name := gold_id(row.question, row.answer)) in seen:
            continue
        seen.add(name)
        found = held.setdefault(row.question, [])
        entry = (-certainty(row.grade), -next(order), row)
        if len(found) < most:
            heapq.heappush(found, entry)
        else:
            heapq.heappushpop(found, entry)
    ranked = [
        [row for _, _, row in sorted(found, reverse=True)] for _, found in sorted(held.items())
    ]
    turns = (row for turn in zip_longest(*ranked) for row in turn if row is not None)
    return list(turns)[:most]


def certainty(grade: AnswerGrade) -> float:
    """How sure the grader is of its least sure verdict; 0 where it has none."""
    return min(
        (0.0 if isinstance(one, Ungraded) else one.confidence for one in grade.verdicts),
        default=0.0,
    )


def as_graded(grade: AnswerGrade) -> dict[str, Level] | None:
    """The levels by criterion as the grader has them; None where one is missing."""
    levels = {one.criterion: one.level for one in grade.verdicts if not isinstance(one, Ungraded)}
    return levels if len(levels) == len(grade.verdicts) else None
