"""A check as JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from interviewer.agreement.gold_answers import Checked
from interviewer.check.check_report import Column, SetReport
from interviewer.grading import scoring
from interviewer.grading.grades import Verdict


def as_data(reports: Sequence[SetReport]) -> dict[str, Any]:
    """The whole as JSON values: undefined is null, and there is no NaN."""
    graders: dict[str, list[dict[str, Any]]] = {}
    for report in reports:
        for column in report.columns:
            graders.setdefault(column.grader, []).append(_set_data(report, column))
    return {
        "graders": [{"grader": name, "sets": sets} for name, sets in graders.items()],
        "comparisons": [
            {
                "set": report.name,
                "left": pair.left,
                "right": pair.right,
                "differences": {
                    name: {**asdict(d), "too_close_to_call": d.close}
                    for name, d in pair.differences.items()
                },
            }
            for report in reports
            for pair in report.comparisons
        ],
    }


def _set_data(report: SetReport, column: Column) -> dict[str, Any]:
    measured, ceiling = column.measured, report.ceiling
    return {
        "set": report.name,
        "held_out": report.held_out,
        "metrics": dict(measured.metrics),
        "intervals": dict(measured.intervals),
        "ceiling": dict(ceiling.metrics) if ceiling else None,
        "kinds": [asdict(kind) for kind in measured.kinds],
        "criteria": [asdict(criterion) for criterion in measured.criteria],
        "ungraded": dict(measured.ungraded),
        "reliability": {
            "verdicts": [asdict(b) for b in measured.verdict_bins],
            "passing": [asdict(b) for b in measured.passing_bins],
        },
        "items": [_item_data(item) for item in column.items],
    }


def _item_data(item: Checked) -> dict[str, Any]:
    grade = item.grade
    verdicts = {
        v.criterion: v.level if isinstance(v, Verdict) else "ungraded" for v in grade.verdicts
    }
    return {
        "id": item.gold.id,
        "question": item.gold.question,
        "score": grade.score,
        "passed": scoring.passed(grade.score),
        "passing": grade.passing,
        "verdicts": verdicts,
        "confidences": {v.criterion: v.confidence for v in grade.graded},
        "misconceptions": [v.criterion for v in grade.asserted],
        "seconds": round(item.seconds, 6),
        "usage": grade.usage.model_dump() if grade.usage else None,
        "notes": list(grade.notes),
        "gold": {"score": item.gold.score, "passed": item.gold.passed},
    }
