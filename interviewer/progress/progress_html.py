"""Progress as one HTML file: no script, no request, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interviewer.agreement.figures import DASH
from interviewer.common.html import page, text
from interviewer.common.text import plural
from interviewer.interview import summary
from interviewer.progress import sparks
from interviewer.progress.progress_text import done_words, flip_words, ranges, state_words
from interviewer.progress.progress_values import CriterionProgress, Point, Progress, Trace
from interviewer.session.standing import Tally

STYLE = """
body{max-width:52rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.25rem;padding-top:1.25rem;
border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
p{margin:.4rem 0}
table{width:100%}
th,td{padding:.3rem .75rem .3rem 0;text-align:right;border-bottom:1px solid var(--line);
font-weight:400;vertical-align:top;white-space:nowrap;overflow-wrap:normal}
tbody th:first-child{white-space:normal;overflow-wrap:anywhere}td[colspan]{white-space:normal}
figure{margin:1rem 0}
th:first-child{text-align:left;min-width:9rem}thead th{color:var(--soft);font-size:.875rem}
.chart{width:100%;height:auto;max-width:46rem}
.chart text{fill:var(--soft);font-size:12px}
.spark{width:6rem;height:1.5rem;vertical-align:middle}
.axis{stroke:var(--line);fill:none}.aim{stroke:var(--soft);stroke-dasharray:5 4}
.path{fill:none;stroke:var(--mark);stroke-width:2;stroke-linejoin:round}
.dot{fill:var(--mark)}
.way{list-style:none;padding:0}.way>li{margin:.75rem 0}.way ul{font-size:.9375rem;color:var(--soft)}
summary{cursor:pointer;color:var(--mark);padding:.3rem 0}
@media (max-width:36rem){.rare{display:none}.spark{width:3rem}th:first-child{min-width:6rem}
th,td{padding-right:.4rem;font-size:.9375rem}.chart text{font-size:21px}}
@media print{body{max-width:none}tr,li{break-inside:avoid}}
"""
_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 640, 200, 34, 10, 24
_POINTS = 240
_SPARK_POINTS = 40


def render(progress: Progress) -> str:
    """The page. All that comes from a session or a bank is escaped."""
    parts = [
        f"<header><h1>{text(progress.bank.title)}</h1>{_summary(progress)}</header>",
        _chart(progress),
        _bands(progress),
        _next(progress),
        _sections(progress),
        _criteria(progress),
        _unreadable(progress),
    ]
    return page(f"Progress: {progress.bank.title}", STYLE, f"<main>{''.join(parts)}</main>")


def _summary(progress: Progress) -> str:
    counted = f"{plural(progress.sessions, 'session')}, {plural(progress.answers, 'answer')}"
    if not progress.held:
        return f"<p>{counted}, none of them graded.</p>"
    (begin, first), (end, last) = progress.held[0], progress.held[-1]
    return (
        f"<p>{counted}, {begin:%Y-%m-%d} to {end:%Y-%m-%d}. Answered cold when asked last: "
        f"<strong>{last:.0f} of {progress.total}</strong> (after the first session: {first:.0f})."
        "</p>"
    )


def _chart(progress: Progress) -> str:
    if len(progress.held) < 2:
        return ""
    points = sparks.thin(progress.held, _POINTS)
    top = progress.total
    path = " ".join(
        f"{_LEFT + (_WIDTH - _LEFT - 8) * i / (len(points) - 1):.1f},{_up(value, top):.1f}"
        for i, (_, value) in enumerate(points)
    )
    aims = "".join(
        f'<line class="aim" x1="{_LEFT}" x2="{_WIDTH}" y1="{_up(t.target, top):.1f}" '
        f'y2="{_up(t.target, top):.1f}"/><text x="{_WIDTH}" y="{_up(t.target, top) - 4:.1f}" '
        f'text-anchor="end">aim: {t.target}</text>'
        for _, t in progress.aims
        if t.total == top
    )
    bottom = _TOP + _HEIGHT
    words = f"Questions answered cold, from {points[0][1]:.0f} to {points[-1][1]:.0f} of {top}"
    return (
        f'<figure><svg class="chart" viewBox="0 0 {_WIDTH} {bottom + _FOOT}" role="img" '
        f'aria-label="{words}"><path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{_WIDTH}"/>'
        f'<text x="{_LEFT - 5}" y="{_TOP + 8}" text-anchor="end">{top}</text>'
        f'<text x="{_LEFT - 5}" y="{bottom}" text-anchor="end">0</text>'
        f'{aims}<polyline class="path" points="{path}"/>'
        f'<text x="{_LEFT}" y="{bottom + 19}">{points[0][0]:%Y-%m-%d}</text>'
        f'<text x="{_WIDTH}" y="{bottom + 19}" text-anchor="end">{points[-1][0]:%Y-%m-%d}</text>'
        '</svg><figcaption class="soft">Questions answered cold when asked last, after each '
        "session.</figcaption></figure>"
    )


def _up(value: float, top: float) -> float:
    return _TOP + _HEIGHT * (1 - value / top)


def _bands(progress: Progress) -> str:
    def row(name: str, tally: Tally) -> str:
        return (
            f'<tr><th scope="row">{text(name)}</th><td>{tally.answered} of {tally.total}</td>'
            f"<td>{tally.target}</td><td>{text(_held(tally))}</td></tr>"
            f'<tr class="rare"><td colspan="4" class="soft">{text(summary.tally_words(tally))}</td>'
            "</tr>"
        )

    bands = [(f"{t.name} ({ranges(t.questions)})", tally) for t, tally in progress.tiers]
    bands += [(f"Aim '{a.name}' ({ranges(a.questions)})", tally) for a, tally in progress.aims]
    if not bands:
        return ""
    rows = "".join(row(name, tally) for name, tally in bands)
    head = _head(("Tier or aim", "answered cold", "needed", ""))
    return (
        f'<h2>Tiers and aims</h2><div class="wide"><table>{head}<tbody>{rows}</tbody></table></div>'
    )


def _held(tally: Tally) -> str:
    if tally.reached is None:
        return "too few asked"
    return "held" if tally.reached else "not held"


def _head(names: Sequence[str], rare: Iterable[int] = ()) -> str:
    hidden, rare_class = set(rare), ' class="rare"'
    cells = "".join(
        f'<th scope="col"{rare_class if at in hidden else ""}>{name}</th>'
        for at, name in enumerate(names)
    )
    return f"<thead><tr>{cells}</tr></thead>"


def _next(progress: Progress) -> str:
    goal = progress.next
    if goal is None:
        return f"<h2>Next</h2><p>{text(done_words(progress))}</p>"
    fresh = [o.question for o in goal.obstacles if o.state == "never asked"]
    items = []
    for obstacle in goal.obstacles:
        if obstacle.state == "never asked":
            continue
        criteria = "".join(
            f"<li>{c.share:.0%} of the question, {text(c.level or 'ungraded')}: "
            f"{text(c.statement)}</li>"
            for c in obstacle.open
        )
        items.append(
            f"<li><strong>{obstacle.question}.</strong> {text(obstacle.prompt)} "
            f'<span class="soft">({text(state_words(obstacle))})</span>'
            + (f"<ul>{criteria}</ul>" if criteria else "")
            + "</li>"
        )
    way = (
        "<p>In the way, the most likely to flip first:</p>"
        f'<p class="soft">{text(flip_words(goal.obstacles))}</p>'
        f'<ul class="way">{"".join(items)}</ul>'
    )
    tally = goal.tally
    return (
        f"<h2>Next: {text(goal.name)}</h2><p>{tally.answered} of {tally.total} answered cold, "
        f"{tally.target} needed: {goal.short} to go.</p>"
        + (way if items else "")
        + (f"<p>Never asked: {ranges(fresh)}.</p>" if fresh else "")
    )


def _sections(progress: Progress) -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(s.id)}. {text(s.title)}</th><td>{s.held} of {s.questions}</td>'
        + _cells(s.trace)
        + "</tr>"
        for s in progress.sections
    )
    return f"<h2>Cold score by section</h2>{_table('Section', 'held', rows)}"


def _criteria(progress: Progress) -> str:
    titles = {s.id: s.title for s in progress.sections}
    groups: dict[str, list[CriterionProgress]] = {}
    for criterion in progress.criteria:
        groups.setdefault(progress.bank.section_of[criterion.question], []).append(criterion)
    blocks = []
    for section, criteria in groups.items():
        rows = "".join(
            f'<tr><th scope="row">{c.question}. {text(c.statement)}</th>'
            f"<td>{text(c.level or DASH)}</td>{_cells(c.trace)}</tr>"
            for c in criteria
        )
        blocks.append(
            f"<details><summary>{text(section)}. {text(titles.get(section, ''))}</summary>"
            f"{_table('Criterion', 'now', rows)}</details>"
        )
    return f"<h2>Cold score by criterion</h2>{''.join(blocks)}" if blocks else ""


def _table(what: str, second: str, rows: str) -> str:
    names = (what, second, "over time", "first", "last", "trend", "answers")
    head = _head(names, rare=(3, 6))
    return f'<div class="wide"><table>{head}<tbody>{rows}</tbody></table></div>'


def _cells(trace: Trace) -> str:
    first, last = (DASH if v is None else f"{v:.2f}" for v in (trace.first, trace.last))
    trend = DASH if trace.trend is None else f"{trace.trend:+.2f}"
    return (
        f'<td>{_spark(trace.points)}</td><td class="rare">{first}</td><td>{last}</td>'
        f'<td>{trend}</td><td class="rare">{trace.answers}</td>'
    )


def _spark(points: Sequence[Point]) -> str:
    values = [value for _, value in sparks.thin(points, _SPARK_POINTS)]
    if not values:
        return DASH
    across = [3 + 90 * i / max(1, len(values) - 1) for i in range(len(values))]
    up = [3 + 18 * (1 - value) for value in values]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    return (
        f'<svg class="spark" viewBox="0 0 96 24" role="img" aria-label="from {values[0]:.2f} to '
        f'{values[-1]:.2f}"><path class="axis" d="M3 21H93"/>'
        f'<polyline class="path" points="{path}"/>'
        f'<circle class="dot" cx="{across[-1]:.1f}" cy="{up[-1]:.1f}" r="2.5"/></svg>'
    )


def _unreadable(progress: Progress) -> str:
    if not progress.unreadable:
        return ""
    items = "".join(f"<li>{text(u.name)}: {text(u.problem)}</li>" for u in progress.unreadable)
    return f"<h2>Logs that cannot be read</h2><ul>{items}</ul>"
