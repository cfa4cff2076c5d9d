"""A trial as text, one page; and all kept trials as one table."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.check import check_text
from interviewer.common.console import gap, make_console, show_line
from interviewer.trial import reporting
from interviewer.trial.recommending import RULES
from interviewer.trial.trial_values import TrialReport


def show(report: TrialReport) -> None:
    """Print the page."""
    console = make_console()
    show_line(console, f"Trial of {report.model} on {report.bank}", "title")
    for line in reporting.head_lines(report):
        show_line(console, line)
    for table in reporting.tables_of(report):
        gap(console)
        check_text.show_table(console, table)
    gap(console)
    if any(side.families for side in report.sides):
        cases = f"'interviewer check --behaviour --grader {report.grader.spec}'"
        show_line(console, f"{cases} shows what went wrong by construction, case by case.", "note")
    show_line(console, f"Recommendation: {report.recommendation.use}.", "title")
    show_line(console, reporting.use_line(report), wrap=False)
    for line in report.recommendation.because:
        show_line(console, line)
    for rule in RULES:
        show_line(console, rule, "note", indent=2)


def show_all(reports: Sequence[TrialReport]) -> None:
    """Print one table of them."""
    check_text.show_table(make_console(), reporting.table_of(reports))
