"""What a class shows as one HTML page: no script, no request, light and dark."""

from __future__ import annotations

from interviewer.agreement import figures
from interviewer.classroom.findings.finding_values import ClassReport, ItemFault, Spread
from interviewer.common.pages import TABLES, page
from interviewer.session.runs import grader_name

FAULTS: dict[ItemFault, str] = {
    "nobody-passes": "nobody passes",
    "everybody-passes": "everybody passes",
    "worse-pass": "who is better elsewhere passes less",
    "dead-criterion": "a criterion is never met",
}
_HEIGHT = 24.0


def render(found: ClassReport) -> str:
    """The page."""
    return page(
        "classroom",
        f"{found.bank.title}: a class",
        shared=TABLES,
        found=found,
        faults=FAULTS,
        percent=figures.percent,
        grader_name=grader_name,
        bars=_bars,
    )


def _bars(spread: Spread) -> list[tuple[float, float, int]]:
    """Of each tenth of scores where its bar begins, how high it is, and how many it holds."""
    most = max(spread.bins) or 1
    heights = [_HEIGHT * count / most for count in spread.bins]
    return [
        (_HEIGHT - height, height, count)
        for height, count in zip(heights, spread.bins, strict=True)
    ]
