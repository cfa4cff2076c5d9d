"""Progress in lines for a terminal, from 46 columns up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.common.ranges import in_short
from interviewer.common.text import DASH, change, one_line, plural, score
from interviewer.interview.telling import summary
from interviewer.interview.telling.feedback import Line
from interviewer.progress import sparks
from interviewer.progress.progress_values import CriterionProgress, Goal, Obstacle, Progress, Trace
from interviewer.session import settlements
from interviewer.session.results import RESULT_WORDS

WIDE = 72
"""From this many columns on there is room for the first score and the number of answers."""

SHOWN = 5
"""Obstacles named before the rest is only counted."""

_CHART_HEIGHT = 5
_CHART_WIDTH = 60


def lines(
    progress: Progress, width: int, *, plain: bool = False, criteria: bool = False
) -> Iterator[Line]:
    """Everything but what could not be read. plain: ASCII charts. criteria: list every one."""
    yield "title", progress.bank.title
    yield "plain", span_words(progress)
    yield from _held(progress, width, plain=plain)
    for tier in progress.tiers:
        yield "plain", summary.tier_words(tier.name, tier.questions, tier.tally)
    for aim in progress.aims:
        yield "plain", summary.aim_words(aim.name, aim.target, aim.total, aim.tally)
    yield "title", "Cold score by section"
    yield from _sections(progress, width, plain=plain)
    yield from _next(progress)
    if criteria:
        yield "title", "Cold score by criterion"
        yield from _criteria(progress.criteria, width, plain=plain)


def span_words(progress: Progress) -> str:
    """How much there is, and from when to when."""
    begun = [point.at for point in progress.held]
    counted = f"{plural(progress.sessions, 'session')}, {plural(progress.answers, 'answer')}"
    if not begun:
        return f"{counted}, none of them graded."
    first, last = f"{begun[0]:%Y-%m-%d}", f"{begun[-1]:%Y-%m-%d}"
    return f"{counted}, {first}." if first == last else f"{counted}, {first} to {last}."


def _held(progress: Progress, width: int, *, plain: bool) -> Iterator[Line]:
    if not progress.held:
        return
    counts = [point.value for point in progress.held]
    yield (
        "plain",
        f"Answered cold when asked last: {counts[-1]:.0f} of {progress.questions}"
        f" (after the first session: {counts[0]:.0f}).",
    )
    if apart := settled_words(progress):
        yield "plain", apart
    if len(counts) < 2:
        return
    mark = max(
        (aim.target for aim in progress.aims if aim.total == progress.questions), default=None
    )
    label = len(str(progress.questions))
    chart = sparks.columns(
        counts,
        min(_CHART_WIDTH, width - label - 3),
        _CHART_HEIGHT,
        top=progress.questions,
        mark=mark,
        plain=plain,
    )
    for at, line in enumerate(chart):
        number = progress.questions if at == 0 else 0 if at == len(chart) - 1 else ""
        yield "plain", f"{number:>{label}} {'|' if plain else '│'}{line}"
    if mark is not None:
        yield "note", f"The dashed line is the aim of {mark}."


def _sections(progress: Progress, width: int, *, plain: bool) -> Iterator[Line]:
    rows = [
        (
            f"{one_line(s.id)} {one_line(s.title)}",
            f"{s.held}/{s.total}",
            s.trace,
        )
        for s in progress.sections
    ]
    yield from _table(("", "held"), rows, width, plain=plain)


def _criteria(criteria: Sequence[CriterionProgress], width: int, *, plain: bool) -> Iterator[Line]:
    rows = [(f"{c.question} {one_line(c.statement)}", c.level or DASH, c.trace) for c in criteria]
    yield from _table(("", "now"), rows, width, plain=plain)


def _table(
    heads: tuple[str, str], rows: Sequence[tuple[str, str, Trace]], width: int, *, plain: bool
) -> Iterator[Line]:
    """Label, second cell, sparkline, latest score, trend; first score and answers if wide."""
    wide = width >= WIDE
    second = max(len(heads[1]), *(len(cell) for _, cell, _ in rows)) if rows else 0
    bars = 12 if wide else 6
    tail_width = (
        2 + second + 2 + bars + (2 + 5 if wide else 0) + 2 + 4 + 2 + 5 + (2 + 4 if wide else 0)
    )
    room = max(8, width - tail_width)
    head = f"{'':<{room}}  {heads[1]:>{second}}  {'':<{bars}}"
    head += f"  {'first':>5}" if wide else ""
    head += f"  {'last':>4}  {'trend':>5}" + (f"  {'n':>4}" if wide else "")
    yield "plain", head
    for label, cell, trace in rows:
        line = f"{one_line(label, room):<{room}}  {cell:>{second}}"
        line += f"  {sparks.spark([p.value for p in trace.points], bars, plain=plain):<{bars}}"
        line += f"  {score(trace.first):>5}" if wide else ""
        line += f"  {score(trace.last):>4}  {change(trace.trend):>5}"
        line += f"  {trace.answers:>4}" if wide else ""
        yield "plain", line


def settled_words(progress: Progress) -> str:
    """What settled grades come to, apart, and what is still disputed; "" where there is neither."""
    disputes = settlements.dispute_words(progress.disputes)
    told = f"{disputes}." if disputes else ""
    return " ".join(part for part in (settlements.cold_words(progress.settled), told) if part)


def done_words(progress: Progress) -> str:
    """What there is to say when nothing comes next."""
    close = [band.name for band in (*progress.tiers, *progress.aims) if band.close]
    words = "Every tier is held and every aim is reached."
    return f"{words} Too close to call: {', '.join(close)}." if close else words


def _next(progress: Progress) -> Iterator[Line]:
    goal = progress.next
    if goal is None:
        yield "title", done_words(progress)
        return
    band = goal.standing
    yield "title", f"Next: {band.name}"
    yield (
        "plain",
        f"{band.answered} of {band.total} answered cold, {band.target} needed: {goal.short} to go.",
    )
    asked = [o for o in goal.obstacles if o.result != "not-asked"]
    if asked:
        yield "plain", "In the way, the most likely to flip first:"
        if flips := flip_words(asked):
            yield "note", flips
    for obstacle in asked[:SHOWN]:
        yield from _obstacle(obstacle)
    if len(asked) > SHOWN:
        rest = plural(len(asked) - SHOWN, "more question")
        yield "note", f"and {rest}; --html and --json have them all."
    if fresh := never_asked(goal):
        yield "plain", f"Never asked: {in_short(fresh)}."


def _obstacle(obstacle: Obstacle) -> Iterator[Line]:
    yield (
        "missing",
        f"{obstacle.question}. {one_line(obstacle.prompt)} ({RESULT_WORDS[obstacle.result]})",
    )
    yield from (("note", line) for line in obstacle.lines)


def never_asked(goal: Goal) -> list[int]:
    """The questions in the way that were never asked."""
    return [o.question for o in goal.obstacles if o.result == "not-asked"]


def flip_words(obstacles: Sequence[Obstacle]) -> str:
    """How often questions with the results of these flipped so far; "" if none was asked again."""
    found = {o.result: o.flips for o in obstacles if o.flips is not None and o.flips.asked}
    parts = [
        f"of those {RESULT_WORDS[result]} {flips.turned} of {flips.asked}"
        for result, flips in found.items()
    ]
    return f"Cold when asked again so far: {', '.join(parts)}." if parts else ""
