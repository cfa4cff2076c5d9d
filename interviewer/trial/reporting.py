"""A trial's findings as one value, and as tables of text cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interviewer.agreement import figures
from interviewer.check import behaving, check_report, measures
from interviewer.check.behaving import share_words
from interviewer.check.check_report import Table
from interviewer.check.measures import Measured
from interviewer.common.text import DASH
from interviewer.trial.measuring import NAMES, Findings, SideName
from interviewer.trial.recommending import recommend
from interviewer.trial.trial_values import ModeTried, Paid, SideBySide, TrialReport, TrialSide

SHOWN: tuple[SideName, ...] = ("offline", "judge", "fused")
ROWS = (
    *("qwk", "kappa", "auc", "accuracy", "false_pass", "false_fail"),
    *("misconception_recall", "ece", "coverage", "seconds_p50", "seconds_p95", "tokens", "cost"),
)
_PAIRS: tuple[tuple[SideName, SideName], ...] = (
    ("judge", "offline"), ("fused", "offline"), ("fused", "judge"),
)  # fmt: skip


def report_of(findings: Findings, **known: Any) -> TrialReport:
    """The value of what was found. known: the fields that are not measured."""
    sides = {name: _side(findings, name) for name in NAMES}
    compared = tuple(
        SideBySide(
            left=left,
            right=right,
            differences=measures.compare(findings.checked[left], findings.checked[right]),
        )
        for left, right in _PAIRS
        if findings.checked[left]
    )
    advice = recommend(
        known["test_answer"], sides["judge"], sides["fused"], compared, findings.wordings
    )
    gold = [item.gold for item in findings.checked["judge"]]
    return TrialReport(
        **known,
        stopped=findings.stopped,
        answers=len(gold),
        sides=tuple(sides[name] for name in SHOWN),
        ceiling=measures.ceiling(gold),
        comparisons=compared,
        wordings=findings.wordings,
        recommendation=advice,
    )


def _side(findings: Findings, name: SideName) -> TrialSide:
    items, attacked = findings.checked[name], findings.attacked[name]
    return TrialSide(
        name=name,
        measured=measures.measure(items) if items else None,
        families=behaving.summed(findings.cases[name]),
        attacks=Paid(tried=len(attacked), paid=behaving.share_of(a.succeeded for a in attacked)),
    )


def tables_of(report: TrialReport) -> list[Table]:
    """Agreement, behaviours and attacks: graders as columns, the raters last."""
    made = [_agreement(report), _families(report), _attacks(report)]
    return [table for table in made if table is not None]


def _agreement(report: TrialReport) -> Table | None:
    found = [(side.name, side.measured) for side in report.sides if side.measured]
    if not found:
        return None
    title = (
        f"Agreement with people on {report.answers} of {report.gold_size} answers of {report.gold}"
    )
    return check_report.side_by_side(title, found, report.ceiling, ROWS, optional=ROWS)


def _families(report: TrialReport) -> Table | None:
    held = [{f.family: f for f in side.families} for side in report.sides]
    names = list(dict.fromkeys(name for found in held for name in found))
    if not names:
        return None
    rows = []
    for name in names:
        cases = max(found[name].cases for found in held if name in found)
        cells = tuple(share_words(found[name].all) if name in found else DASH for found in held)
        rows.append((f"{name} ({cases})", cells))
    title = "Behaviour on answers by construction: the share that is graded as is due"
    return Table(title, tuple(side.name for side in report.sides), tuple(rows))


def _attacks(report: TrialReport) -> Table | None:
    tried = max(side.attacks.tried for side in report.sides)
    if not tried:
        return None
    cells = tuple(share_words(side.attacks.paid) for side in report.sides)
    rows = ((f"raised a score ({tried} tried)", cells),)
    return Table("Attacks on the grader", tuple(side.name for side in report.sides), rows)


def head_lines(report: TrialReport) -> list[str]:
    """What was tried, how, and how the model took it."""
    by = {
        "own": "a curve that was fitted here",
        "shipped": "a curve that comes with the program",
        "none": "no curve fitted to it: uncalibrated; 'interviewer calibrate' fits one",
    }
    ways = ", ".join(map(_way, report.modes))
    told = [
        f"Asked by {report.mode}, with {by[report.fitted]}.",
        f"Ways that were tried on two plain answers: {ways}.",
        f"Test answer: {report.test_answer}"
        + (f" ({report.test_problem})." if report.test_problem else "."),
    ]
    if report.stopped:
        told.append(
            f"Stopped after {figures.seconds(report.seconds)} of {report.minutes:g} minutes"
            f" ({report.stopped}): these are the figures so far."
        )
    if not report.answers:
        told.append("The bank has no graded answers: agreement is not measured.")
    return told


def use_line(report: TrialReport) -> str:
    """What to type where the recommendation is followed."""
    spec = report.grader.spec
    match report.recommendation.use:
        case "judge alone":
            return f"To use it: --judge {spec}"
        case "fused":
            return f"To use it: --judge fused:{spec}"
        case "wordings only":
            model = spec.removeprefix(f"{report.mode}:")
            return f"To use it: --model {model} --judge offline"
    return "Grade without it: the offline grader needs no --model and no --judge."


def _way(tried: ModeTried) -> str:
    """ "whole 4 of 4 right in 2.1 s", with what kept it from the rest."""
    took = f"{tried.right} of {tried.claims} right in {figures.seconds(tried.seconds)}"
    why = f" ({tried.why})" if tried.why else ""
    return f"{tried.mode} {took if tried.claims else 'not at all'}{why}"


def table_of(reports: Sequence[TrialReport]) -> Table:
    """Several trials side by side, a column each."""
    cells = [_cells(report) for report in reports]
    rows = [(label, tuple(held[at] for held in cells)) for at, label in enumerate(_LABELS)]
    return Table("Trials", tuple(report.model for report in reports), tuple(rows))


_LABELS = (
    *("asked by", "answers", "kappa", "less offline", "fused less offline", "attacks paid"),
    *("coverage", "seconds, median", "cost per answer", "tried on", "good for"),
)


def _cells(report: TrialReport) -> tuple[str, ...]:
    judge = report.side("judge")
    measured = judge.measured or Measured(metrics={}, intervals={})
    gaps = {one.left: one.differences.get("kappa") for one in report.comparisons[:2]}
    against = [
        figures.signed(gap.value, gap.interval) if (gap := gaps.get(name)) else DASH
        for name in ("judge", "fused")
    ]
    return (
        report.mode,
        str(report.answers),
        check_report.cell(measured, "kappa"),
        *against,
        share_words(judge.attacks.paid),
        *(check_report.cell(measured, name) for name in ("coverage", "seconds_p50", "cost")),
        f"{report.made:%Y-%m-%d}",
        report.recommendation.use,
    )
