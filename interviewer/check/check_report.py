"""What `check` found, as data: a report per set, tables of text cells, disagreements."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interviewer.agreement import figures
from interviewer.agreement.bootstrap import Difference
from interviewer.agreement.gold_answers import Checked, GoldSet
from interviewer.check import measures
from interviewer.check.measures import FIGURES, MEASURES, Measured
from interviewer.grading import scoring
from interviewer.grading.grades import Outcome, Verdict

PEOPLE = "people"
"""The name of the column that holds one rater against another."""


@dataclass(frozen=True)
class Run:
    """The grades of one grader on one set, in the set's order."""

    grader: str
    gold: GoldSet
    items: tuple[Checked, ...]


@dataclass(frozen=True)
class Column:
    """One grader on one set."""

    grader: str
    items: tuple[Checked, ...]
    measured: Measured


@dataclass(frozen=True)
class Comparison:
    """Two graders on the answers both graded: left minus right, by metric."""

    left: str
    right: str
    differences: Mapping[str, Difference]


@dataclass(frozen=True)
class SetReport:
    """All graders on one set. ceiling: one rater against another, where two graded."""

    name: str
    held_out: bool
    columns: tuple[Column, ...]
    ceiling: Measured | None
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True)
class Table:
    """Text cells. columns: the headings after that of the row labels."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Point:
    """One claim people and grader differ on; levels, and the words that carried the verdict."""

    claim: str
    people: str
    grader: str
    quote: str


@dataclass(frozen=True)
class Disagreement:
    """One answer that people and grader score differently. Scores in [0, 1]."""

    id: str
    question: int
    kind: str
    answer: str
    people: float
    grader: float
    flipped: bool
    points: tuple[Point, ...]


def build(runs: Iterable[Run]) -> tuple[SetReport, ...]:
    """Everything measured, a report for each set in the order of the runs."""
    by_set: dict[str, list[Run]] = {}
    for run in runs:
        by_set.setdefault(run.gold.name, []).append(run)
    out = []
    for name, group in by_set.items():
        columns = tuple(Column(r.grader, r.items, measures.measure(r.items)) for r in group)
        compared = tuple(
            Comparison(a.grader, b.grader, measures.compare(a.items, b.items))
            for a, b in itertools.combinations(columns, 2)
        )
        gold = group[0].gold
        out.append(
            SetReport(name, gold.held_out, columns, measures.ceiling(gold.answers), compared)
        )
    return tuple(out)


def metric_table(report: SetReport) -> Table:
    """Metrics as rows, graders as columns, the raters last; intervals in the cells."""
    sides = [(c.grader, c.measured) for c in report.columns]
    if report.ceiling:
        sides.append((PEOPLE, report.ceiling))
    rows = []
    for name, label in {**{n: m.label for n, m in MEASURES.items()}, **FIGURES}.items():
        cells = tuple(
            figures.with_interval(name, m.metrics.get(name), m.intervals.get(name))
            for _, m in sides
        )
        if name not in measures.OPTIONAL or any(m.metrics.get(name) is not None for _, m in sides):
            rows.append((label, cells))
    if any(m.ungraded for _, m in sides):
        causes = tuple(
            ", ".join(f"{cause} {count}" for cause, count in m.ungraded.items()) or figures.DASH
            for _, m in sides
        )
        rows.append(("ungraded", causes))
    return Table(report.name, tuple(name for name, _ in sides), tuple(rows))


def kind_table(report: SetReport) -> Table | None:
    """False passes and false fails by kind of answer; None where no answer has a kind."""
    counts = {kind.kind: kind.answers for c in report.columns for kind in c.measured.kinds}
    if not counts:
        return None
    rows = []
    for name, count in sorted(counts.items()):
        cells = []
        for column in report.columns:
            kind = next((k for k in column.measured.kinds if k.kind == name), None)
            rates = (kind.false_pass, kind.false_fail) if kind else (None, None)
            cells.append(" / ".join(figures.percent(rate) for rate in rates))
        rows.append((f"{name} ({count})", tuple(cells)))
    columns = tuple(c.grader for c in report.columns)
    return Table("False pass / false fail by kind of answer", columns, tuple(rows))


_WEAKEST = 10


def weakest_criteria(column: Column) -> Table | None:
    """The criteria a grader agrees on least; None without per-criterion truth."""
    found = [c for c in column.measured.criteria if c.accuracy is not None]
    if not found:
        return None
    found.sort(key=lambda c: (c.accuracy or 0.0, c.question, c.criterion))
    rows = tuple(
        (
            f"{c.question} {c.criterion}",
            (
                str(c.answers),
                figures.percent(c.accuracy),
                *(figures.plain(value) for value in (c.kappa, c.precision, c.recall)),
            ),
        )
        for c in found[:_WEAKEST]
    )
    columns = ("answers", "same level", "kappa", "precision", "recall")
    return Table(f"Weakest criteria of {column.grader}", columns, rows)


def comparison_lines(report: SetReport) -> list[str]:
    """A sentence for each two graders, with "too close to call" where it is."""
    lines = []
    for pair in report.comparisons:
        parts = []
        for name, difference in pair.differences.items():
            text = figures.signed(difference.value, difference.interval)
            close = difference.value is not None and difference.close
            tail = ", too close to call" if close else ""
            parts.append(f"{MEASURES[name].label} {text}{tail}")
        lines.append(f"{pair.left} less {pair.right}: " + "; ".join(parts) + ".")
    return lines


def worst(column: Column, count: int) -> list[Disagreement]:
    """The answers with the widest gaps, wrong passes and fails first; never ungraded ones."""
    found = [_disagreement(i, i.grade.score) for i in column.items if i.grade.score is not None]
    kept = [d for d in found if d.flipped or abs(d.people - d.grader) > 1e-9]
    kept.sort(key=lambda d: (not d.flipped, -abs(d.people - d.grader), d.id))
    return kept[:count]


def _disagreement(item: Checked, score: float) -> Disagreement:
    gold, points = item.gold, []
    for outcome in item.grade.verdicts:
        truth = gold.verdicts.get(outcome.criterion)
        said = outcome.level if isinstance(outcome, Verdict) else "ungraded"
        quote = _quote(outcome, gold.answer)
        if said != truth if truth is not None else quote:
            points.append(Point(outcome.criterion, truth or figures.DASH, said, quote))
    claimed = gold.misconceptions
    for outcome in item.grade.misconceptions:
        if claimed is not None and isinstance(outcome, Verdict):
            truth_, said_ = outcome.criterion in claimed, outcome.level == "met"
            if truth_ != said_:
                words = ("asserted" if truth_ else "not", "asserted" if said_ else "not")
                points.append(Point(outcome.criterion, *words, _quote(outcome, gold.answer)))
    flipped = scoring.passed(score) != gold.passed
    return Disagreement(
        gold.id, gold.question, gold.kind, gold.answer, gold.score, score, flipped, tuple(points)
    )


def _quote(outcome: Outcome, answer: str) -> str:
    if isinstance(outcome, Verdict) and outcome.evidence is not None:
        return outcome.evidence.of(answer)
    return ""
