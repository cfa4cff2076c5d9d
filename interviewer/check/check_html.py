"""A check as one HTML file: no script, no request, light and dark."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.agreement import figures
from interviewer.agreement.calibration import Bin
from interviewer.check import check_report
from interviewer.check.check_report import Disagreement, SetReport, Table
from interviewer.common.html import page, text

STYLE = """
h1{font-size:1.5rem}h2{font-size:1.25rem;border-top:1px solid var(--line);padding-top:1.5rem;
margin-top:2.5rem}h3{font-size:1rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{padding:.25rem .9rem .25rem 0;text-align:right;border-bottom:1px solid var(--line);
white-space:nowrap}
th:first-child{text-align:left;font-weight:400}thead th{font-weight:600}
.plots{display:flex;flex-wrap:wrap;gap:1.5rem}figure{margin:0}figcaption{color:var(--soft)}
svg{width:16rem;height:auto}
.frame{fill:none;stroke:var(--line)}.ideal{stroke:var(--soft);stroke-dasharray:4 4}
.dot{fill:var(--mark);fill-opacity:.75}.path{fill:none;stroke:var(--mark)}
svg text{fill:var(--soft);font-size:11px}
article{background:var(--fill);padding:.75rem 1rem;margin:.75rem 0;border-radius:.4rem}
article p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
"""
SIDE = 200
_PAD = 30


def render(reports: Sequence[SetReport], worst: int, *, show_held_out: bool = False) -> str:
    """The page. worst: disagreements shown per grader and set, none of held-out answers by default."""
    body = "".join(_section(report, worst, show_held_out=show_held_out) for report in reports)
    return page(
        "interviewer check",
        STYLE,
        "<main><h1>Graders against people</h1><p>Values with 95% intervals from a bootstrap over "
        f"questions. A dash is an undefined value.</p>{body}</main>",
    )


def _section(report: SetReport, worst: int, *, show_held_out: bool) -> str:
    parts = [f"<h2>{text(report.name)}</h2>", _table(check_report.metric_table(report))]
    parts += [f"<p>{text(line)}</p>" for line in check_report.comparison_lines(report)]
    kinds = check_report.kind_table(report)
    if kinds:
        parts.append(_table(kinds))
    parts.append(_plots(report))
    for column in report.columns:
        weak = check_report.weakest_criteria(column)
        if weak:
            parts.append(_table(weak))
        if report.held_out and not show_held_out:
            continue
        found = check_report.worst(column, worst)
        if found:
            parts.append(f"<h3>Worst disagreements of {text(column.grader)}</h3>")
            parts += [_article(item) for item in found]
    return "<section>" + "".join(parts) + "</section>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in ("", *table.columns))
    rows = "".join(
        f'<tr><th scope="row">{text(label)}</th>'
        + "".join(f"<td>{text(cell)}</td>" for cell in cells)
        + "</tr>"
        for label, cells in table.rows
    )
    return (
        f'<div class="wide"><table><caption>{text(table.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _plots(report: SetReport) -> str:
    made = []
    for column in report.columns:
        for bins, what in (
            (column.measured.verdict_bins, "verdicts"),
            (column.measured.passing_bins, "passing"),
        ):
            if bins:
                made.append(reliability_plot(bins, f"{column.grader}: {what}"))
    return f'<h3>Calibration</h3><div class="plots">{"".join(made)}</div>' if made else ""


def reliability_plot(bins: Sequence[Bin], title: str) -> str:
    """A figure: stated probability across, share that came true up; larger dots hold more."""
    most = max(b.count for b in bins)
    at = [(_PAD + SIDE * b.stated, 10 + SIDE * (1 - b.observed), b) for b in bins]
    dots = "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" '
        f'r="{2.5 + 5.5 * (b.count / most) ** 0.5:.1f}">'
        f"<title>stated {b.stated:.2f}, came true {b.observed:.2f}, {b.count}</title></circle>"
        for x, y, b in at
    )
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
    ticks = "".join(
        f'<text x="{_PAD + SIDE * v:.0f}" y="{SIDE + 26}" text-anchor="middle">{v:g}</text>'
        f'<text x="{_PAD - 5}" y="{14 + SIDE * (1 - v):.0f}" text-anchor="end">{v:g}</text>'
        for v in (0, 0.5, 1)
    )
    return (
        f'<figure><svg viewBox="0 0 {SIDE + _PAD + 12} {SIDE + 45}" role="img" '
        f'aria-label="Reliability of {text(title)}">'
        f'<rect class="frame" x="{_PAD}" y="10" width="{SIDE}" height="{SIDE}"/>'
        f'<line class="ideal" x1="{_PAD}" y1="{SIDE + 10}" x2="{_PAD + SIDE}" y2="10"/>'
        f'<polyline class="path" points="{path}"/>{dots}{ticks}'
        f'<text x="{_PAD + SIDE / 2:.0f}" y="{SIDE + 41}" text-anchor="middle">stated</text></svg>'
        f"<figcaption>{text(title)}</figcaption></figure>"
    )


def _article(item: Disagreement) -> str:
    kind = f", {item.kind}" if item.kind else ""
    points = "".join(
        f"<p>{text(p.claim)}: people {text(p.people)}, grader {text(p.grader)}"
        + (f", on “{text(p.quote)}”" if p.quote else "")
        + "</p>"
        for p in item.points
    )
    return (
        f'<article><p class="soft">{text(item.id)}, question {item.question}{text(kind)}: '
        f"people {figures.plain(item.people)}, grader {figures.plain(item.grader)}</p>"
        f"<p>{text(item.answer)}</p>{points}</article>"
    )
