"""A check as one HTML page: no script, no request, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.agreement import figures
from interviewer.agreement.calibration import Bin
from interviewer.check import check_report
from interviewer.check.check_values import CheckReport, SetReport
from interviewer.common.pages import TABLES, page

SIDE = 200
_PAD = 30


@dataclass(frozen=True)
class Plot:
    """Stated probability across, share that came true up. dots: (x, y, radius, bin)."""

    title: str
    path: str
    dots: tuple[tuple[float, float, float, Bin], ...]
    side: int = SIDE
    pad: int = _PAD


def render(found: CheckReport) -> str:
    """The page."""
    return page(
        "check",
        "interviewer check",
        shared=TABLES,
        found=found,
        tables=_tables,
        lines=check_report.comparison_lines,
        plots=lambda report: list(_plots(report)),
        weakest=check_report.weakest_criteria,
        plain=figures.plain,
    )


def _tables(report: SetReport) -> list[check_report.Table]:
    kinds = check_report.kind_table(report)
    return [check_report.metric_table(report), *([kinds] if kinds else [])]


def _plots(report: SetReport) -> Iterator[Plot]:
    for column in report.graders:
        measured = column.measured
        for bins, what in ((measured.verdict_bins, "verdicts"), (measured.passing_bins, "passing")):
            if bins:
                yield reliability_plot(bins, f"{column.grader}: {what}")


def reliability_plot(bins: Sequence[Bin], title: str) -> Plot:
    """The plot of those bins; larger dots hold more."""
    most = max(b.count for b in bins)
    dots = tuple(
        (
            _PAD + SIDE * b.stated,
            10 + SIDE * (1 - b.observed),
            2.5 + 5.5 * (b.count / most) ** 0.5,
            b,
        )
        for b in bins
    )
    return Plot(title, " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in dots), dots)
