"""What `check` found, and tables of text cells of it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from interviewer.agreement import figures
from interviewer.agreement.gold_answers import Checked, GoldAnswer, GoldSet
from interviewer.check import measures
from interviewer.check.check_values import (
    CheckReport,
    ClaimDifference,
    Disagreement,
    GoldReport,
    GraderPair,
    GraderReport,
    ItemReport,
    PassingSource,
    SetReport,
)
from interviewer.check.measures import MEASURES, METRICS, OPTIONAL, Measured
from interviewer.common.text import DASH
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Verdict
from interviewer.report.shapes import grade_report

PEOPLE = "people"
"""The name of the column that holds one rater against another."""


@dataclass(frozen=True)
class GraderRun:
    """The grades of one grader on one set, in the set's order. name: what the user called it."""

    name: str
    grader: GraderIdentity
    gold: GoldSet
    items: tuple[Checked, ...]


@dataclass(frozen=True)
class Table:
    """Text cells. columns: the headings after that of the row labels."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def build(runs: Iterable[GraderRun], worst: int, *, show_held_out: bool = False) -> CheckReport:
    """Everything measured, sets in the order of the runs.

    worst: disagreements per grader and set. show_held_out: also words of answers held out.
    """
    by_set: dict[str, list[GraderRun]] = {}
    for run in runs:
        by_set.setdefault(run.gold.name, []).append(run)
    sets = []
    for name, group in by_set.items():
        gold = group[0].gold
        unseen = gold.held_out and not show_held_out
        sets.append(
            SetReport(
                name=name,
                held_out=gold.held_out,
                unseen=unseen,
                graders=tuple(_grader(run, 0 if unseen else worst, unseen=unseen) for run in group),
                ceiling=measures.ceiling(gold.answers),
                passing=_passing(gold.answers),
                comparisons=tuple(
                    GraderPair(
                        left=a.name,
                        right=b.name,
                        differences=measures.compare(a.items, b.items),
                    )
                    for a, b in itertools.combinations(group, 2)
                ),
            )
        )
    return CheckReport(sets=tuple(sets))


def _passing(answers: Sequence[GoldAnswer]) -> PassingSource:
    ratings = [r for answer in answers for r in (answer.first, answer.second) if r is not None]
    return PassingSource(
        answers=len(answers),
        answers_said=sum(not answer.by_score for answer in answers),
        ratings=len(ratings),
        ratings_said=sum(rating.passed is not None for rating in ratings),
    )


def _grader(run: GraderRun, worst: int, *, unseen: bool) -> GraderReport:
    return GraderReport(
        grader=run.name,
        measured=measures.measure(run.items),
        worst=tuple(_worst(run.items, worst)),
        items=tuple(_item(run.grader, item, unseen=unseen) for item in run.items),
    )


def _item(grader: GraderIdentity, item: Checked, *, unseen: bool) -> ItemReport:
    gold = item.gold
    grade = _without_words(item.grade) if unseen else item.grade
    answer = "" if unseen else gold.answer
    return ItemReport(
        id=gold.id,
        kind=gold.kind,
        gold=GoldReport(score=gold.score, passed=gold.passed),
        grade=grade_report(item.question, answer, grade, grader, item.seconds),
    )


def _without_words(grade: AnswerGrade) -> AnswerGrade:
    """The grade without what a grader wrote about the answer, which may quote it."""

    def bare(outcome: Outcome) -> Outcome:
        if isinstance(outcome, Verdict):
            return outcome.model_copy(update={"rationale": ""})
        return outcome.model_copy(update={"detail": ""})

    return grade.model_copy(
        update={
            "verdicts": tuple(map(bare, grade.verdicts)),
            "misconceptions": tuple(map(bare, grade.misconceptions)),
        }
    )


def metric_table(report: SetReport) -> Table:
    """Metrics as rows, graders as columns, the raters last; intervals in the cells."""
    sides = [(c.grader, c.measured) for c in report.graders]
    return side_by_side(report.name, sides, report.ceiling)


def side_by_side(
    title: str,
    sides: Iterable[tuple[str, Measured]],
    ceiling: Measured | None,
    names: Iterable[str] = tuple(METRICS),
    optional: Collection[str] = OPTIONAL,
) -> Table:
    """Those metrics as rows, the sides by their names as columns, the raters last, and what was left
    ungraded where anything was.

    optional: the metrics without a row where no side has any.
    """
    columns = list(sides)
    if ceiling:
        columns.append((PEOPLE, ceiling))
    rows = []
    for name in names:
        if name not in optional or any(m.metrics.get(name) is not None for _, m in columns):
            rows.append((METRICS[name].label, tuple(cell(m, name) for _, m in columns)))
    if any(m.ungraded for _, m in columns):
        causes = tuple(
            ", ".join(f"{cause} {count}" for cause, count in m.ungraded.items()) or DASH
            for _, m in columns
        )
        rows.append(("ungraded", causes))
    return Table(title, tuple(name for name, _ in columns), tuple(rows))


def cell(measured: Measured, name: str) -> str:
    """That metric of it, with its interval where there is one."""
    value, span = measured.metrics.get(name), measured.intervals.get(name)
    return figures.with_interval(METRICS[name].form, value, span)


def kind_table(report: SetReport) -> Table | None:
    """False passes and false fails by kind of answer; None where no answer has a kind."""
    counts = {kind.kind: kind.answers for c in report.graders for kind in c.measured.kinds}
    if not counts:
        return None
    rows = []
    for name, count in sorted(counts.items()):
        cells = []
        for column in report.graders:
            kind = next((k for k in column.measured.kinds if k.kind == name), None)
            rates = (kind.false_pass, kind.false_fail) if kind else (None, None)
            cells.append(" / ".join(figures.percent(rate) for rate in rates))
        rows.append((f"{name} ({count})", tuple(cells)))
    columns = tuple(c.grader for c in report.graders)
    return Table("False pass / false fail by kind of answer", columns, tuple(rows))


_WEAKEST = 10


def weakest_criteria(column: GraderReport) -> Table | None:
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


def _worst(items: Iterable[Checked], count: int) -> list[Disagreement]:
    """The answers with the widest gaps, wrong passes and fails first; never ungraded ones."""
    found = [_disagreement(i, i.grade.score) for i in items if i.grade.score is not None]
    kept = [d for d in found if d.flipped or abs(d.people - d.grader) > 1e-9]
    kept.sort(key=lambda d: (not d.flipped, -abs(d.people - d.grader), d.id))
    return kept[:count]


def _disagreement(item: Checked, score: float) -> Disagreement:
    gold, points = item.gold, []
    for outcome in item.grade.verdicts:
        truth = gold.verdicts.get(outcome.criterion)
        said = outcome.level if isinstance(outcome, Verdict) else "ungraded"
        quote = outcome.words_in(gold.answer)
        if said != truth if truth is not None else quote:
            points.append(_point(outcome, truth or DASH, said, gold.answer))
    claimed = gold.misconceptions
    for outcome in item.grade.misconceptions:
        if claimed is not None and isinstance(outcome, Verdict):
            made, found = outcome.criterion in claimed, outcome.level == "met"
            if made != found:
                words = ("asserted" if made else "not", "asserted" if found else "not")
                points.append(_point(outcome, *words, gold.answer))
    return Disagreement(
        id=gold.id,
        question=gold.question,
        kind=gold.kind,
        answer=gold.answer,
        people=gold.score,
        grader=score,
        flipped=scoring.passed(score) != gold.passed,
        points=tuple(points),
    )


def _point(outcome: Outcome, people: str, grader: str, answer: str) -> ClaimDifference:
    quote = outcome.words_in(answer)
    return ClaimDifference(claim=outcome.criterion, people=people, grader=grader, quote=quote)
