"""A check as text: tables side by side, comparisons, worst disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from interviewer.adapters.console import make_console
from interviewer.core import check_report, figures
from interviewer.core.check_report import Disagreement, SetReport, Table
from interviewer.core.text import one_line

_LABEL = 21
_CELL = 13
"""The least width of a cell with an interval under its value, and of the row labels."""


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
    """As many columns side by side as fit, the others below."""
    fit = max(1, (console.width - _LABEL) // _CELL)
    for start in range(0, len(table.columns), fit):
        grid = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=True)
        grid.add_column(Text(table.title, "bold"), max_width=_LABEL + 7)
        for name in table.columns[start : start + fit]:
            grid.add_column(Text(name, "bold", overflow="fold"), justify="right")
        for label, cells in table.rows:
            grid.add_row(Text(label), *(Text(cell) for cell in cells[start : start + fit]))
        console.print(grid)


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
