"""What graders make of behaviour families, as text."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.check.behaving import BehaviourReport, FamilyResult, share_words
from interviewer.common.console import Column, gap, make_console, show_grid, show_line
from interviewer.common.text import one_line

DUE = {
    "nothing": "should earn nothing",
    "met": "should be met",
    "unmet": "should not count",
    "passed": "should pass",
    "silent": "should be charged with no misconception",
    "same": "should be graded as the plain answer is",
    "as-good": "should be worth no less",
    "decided": "passed should agree with passing",
}


def show(reports: Sequence[BehaviourReport]) -> None:
    """Print a table for each grader, and below it some of what did not hold."""
    console = make_console()
    for report in reports:
        gap(console)
        show_line(console, (f"{report.grader} on {report.bank}: the share that holds", "bold"))
        rows = [_row(f) for f in report.families]
        show_grid(
            console,
            [Column(), Column(right=True), Column(), Column()],
            [("family", "cases", "all", "held-out wordings"), *rows],
        )
        for family in report.families:
            for case in family.failures:
                due = DUE[case.due] + (f" ({case.claim})" if case.claim else "")
                said = one_line(case.answer, 300)
                show_line(console, f"{family.family}, question {case.question}: {due}: {said}")


def _row(found: FamilyResult) -> tuple[str, str, str, str]:
    return found.family, str(found.cases), share_words(found.all), share_words(found.held_out)
