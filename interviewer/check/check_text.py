"""A check as text: tables side by side, comparisons, worst disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from interviewer.agreement import figures
from interviewer.check import check_report
from interviewer.check.check_report import Disagreement, SetReport, Table
from interviewer.common.console import make_console
from interviewer.common.text import one_line

_GAP = 2
_WIDEST = 24
"""Beyond this many characters a cell or a heading is folded."""


def show(reports: Sequence[SetReport], worst: int, *, show_held_out: bool) -> None:
    """Print everything, a section for each set."""
    console = make_console()
    for report in reports:
        console.print()
        _table(console, check_report.metric_table(report))
        for line in check_report.comparison_lines(report):
            console.print(Text(line))
        kinds = check_report.kind_table(report)
        if kinds:
            console.print()
            _table(console, kinds)
        if report.held_out and not show_held_out:
            if worst:
                console.print(Text("Held-out answers stay unseen; --show-held-out shows them."))
            continue
        for column in report.columns:
            found = check_report.worst(column, worst)
            if found:
                console.print()
                console.print(
                    Text(f"{column.grader} on {report.name}: worst disagreements", "bold")
                )
            for item in found:
                _disagreement(console, item)


def _table(console: Console, table: Table) -> None:
    """Side by side; where that does not fit, intervals below their values, then further tables."""
    console.print(Text(table.title, "bold"))
    label = max(len(name) for name, _ in table.rows)
    columns = list(
        zip(table.columns, zip(*(cells for _, cells in table.rows), strict=True), strict=True)
    )
    if label + sum(_GAP + _width(*column) for column in columns) > console.width:
        columns = [(name, tuple(_stacked(cell) for cell in cells)) for name, cells in columns]
    while columns:
        room, taken = console.width - label, 0
        while taken < len(columns) and (room := room - _GAP - _width(*columns[taken])) >= 0:
            taken += 1
        taken = max(1, taken)
        _grid(console, [name for name, _ in table.rows], columns[:taken])
        columns = columns[taken:]


def _grid(
    console: Console, labels: Sequence[str], columns: Sequence[tuple[str, tuple[str, ...]]]
) -> None:
    grid = RichTable(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=True)
    grid.add_column(no_wrap=True)
    for name, cells in columns:
        heading = Text(name, "bold", overflow="fold")
        grid.add_column(heading, justify="right", min_width=_width(name, cells))
    for at, label in enumerate(labels):
        grid.add_row(Text(label), *(Text(cells[at]) for _, cells in columns))
    console.print(grid)


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
    _indented(console, f"{one_line(head)}: {scores}", 2)
    _indented(console, one_line(item.answer, 400), 4, "dim")
    for point in item.points:
        quote = f", on “{one_line(point.quote, 120)}”" if point.quote else ""
        line = f"{point.claim}: people {point.people}, grader {point.grader}{quote}"
        _indented(console, line, 4)


def _indented(console: Console, text: str, indent: int, style: str = "") -> None:
    console.print(Padding(Text(text, style), (0, 0, 0, indent), expand=False))
