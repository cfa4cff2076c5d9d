"""A trial as one HTML page: no script, no request, light and dark."""

from __future__ import annotations

from interviewer.common.pages import TABLES, page
from interviewer.trial import reporting
from interviewer.trial.recommending import RULES
from interviewer.trial.trial_values import TrialReport


def render(report: TrialReport) -> str:
    """The page."""
    return page(
        "trial",
        f"Trial of {report.model}",
        shared=TABLES,
        report=report,
        lines=reporting.head_lines(report),
        tables=reporting.tables_of(report),
        rules=RULES,
        use=reporting.use_line(report),
    )
