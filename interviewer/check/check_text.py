"""A check as text: tables side by side, comparisons, worst disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from interviewer.agreement import figures
from interviewer.check import check_report
from interviewer.check.check_report import Table
from interviewer.check.check_values import CheckReport, Disagreement
from interviewer.common.console import Column, gap, make_console, show_grid, show_line
from interviewer.common.text import one_line

_GAP = 2
_WIDEST = 24
"""Beyond this many characters a cell or a heading is folded."""


def show(found: CheckReport) -> None:
    """Print everything, a section for each set."""
    console = make_console()
    for report in found.sets:
        gap(console)
        show_table(console, check_report.metric_table(report))
        show_line(console, report.passing.words, "note")
        for line in check_report.comparison_lines(report):
            show_line(console, line)
        kinds = check_report.kind_table(report)
        if kinds:
            gap(console)
            show_table(console, kinds)
        if report.unseen:
            show_line(console, "Held-out answers stay unseen; --show-held-out shows them.")
        for column in report.graders:
            if column.worst:
                gap(console)
                title = f"{column.grader} on {report.name}: worst disagreements"
                show_line(console, (title, "bold"))
            for item in column.worst:
                _disagreement(console, item)


def show_table(console: Console, table: Table) -> None:
    """Side by side; where that does not fit, intervals below their values, then further tables."""
    show_line(console, (table.title, "bold"))
    labels = [one_line(name) for name, _ in table.rows]
    label = max(map(len, labels))
    found = zip(table.columns, zip(*(cells for _, cells in table.rows), strict=True), strict=True)
    columns = [(one_line(name), tuple(map(one_line, cells))) for name, cells in found]
    if label + sum(_GAP + _width(*column) for column in columns) > console.width:
        columns = [(name, tuple(_stacked(cell) for cell in cells)) for name, cells in columns]
    while columns:
        room, taken = console.width - label, 0
        while taken < len(columns) and (room := room - _GAP - _width(*columns[taken])) >= 0:
            taken += 1
        taken = max(1, taken)
        _grid(console, labels, columns[:taken])
        columns = columns[taken:]


def _grid(
    console: Console, labels: Sequence[str], columns: Sequence[tuple[str, tuple[str, ...]]]
) -> None:
    shown = [
        Column((name, "bold"), right=True, least=_width(name, cells)) for name, cells in columns
    ]
    rows = [(label, *(cells[at] for _, cells in columns)) for at, label in enumerate(labels)]
    show_grid(console, (Column(wrap=False), *shown), rows, padding=(0, _GAP, 0, 0))


def _width(name: str, cells: Sequence[str]) -> int:
    lines = [line for cell in cells for line in cell.split("\n")]
    # A heading is folded to what its column needs, but not into shreds.
    return min(_WIDEST, max([min(13, len(name)), *map(len, lines)]))


def _stacked(cell: str) -> str:
    """The interval on a line of its own."""
    value, bracket, span = cell.partition(" (")
    return f"{value}\n{span.rstrip(')')}" if bracket else cell


def _disagreement(console: Console, item: Disagreement) -> None:
    kind = f", {item.kind}" if item.kind else ""
    head = f"{item.id} (question {item.question}{kind})"
    scores = f"people {figures.plain(item.people)}, grader {figures.plain(item.grader)}"
    show_line(console, f"{head}: {scores}", indent=2)
    show_line(console, one_line(item.answer, 400), "note", indent=4)
    for point in item.points:
        quote = f", on “{one_line(point.quote, 120)}”" if point.quote else ""
        line = f"{point.claim}: people {point.people}, grader {point.grader}{quote}"
        show_line(console, line, indent=4)
