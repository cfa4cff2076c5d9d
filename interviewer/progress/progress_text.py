"""Progress in lines for a terminal, from 46 columns up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.agreement.figures import DASH
from interviewer.common.text import one_line, plural
from interviewer.interview import summary
from interviewer.interview.feedback import Line
from interviewer.progress import sparks
from interviewer.progress.progress_values import CriterionProgress, Obstacle, Progress, Trace

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
    yield "plain", _span(progress)
    yield from _held(progress, width, plain=plain)
    for tier, tally in progress.tiers:
        yield "plain", f"{tier.name} ({ranges(tier.questions)}): {summary.tally_words(tally)}"
    for aim, tally in progress.aims:
        yield "plain", summary.aim_words(aim, tally)
    yield "title", "Cold score by section"
    yield from _sections(progress, width, plain=plain)
    yield from _next(progress)
    if criteria:
        yield "title", "Cold score by criterion"
        yield from _criteria(progress.criteria, width, plain=plain)


def _span(progress: Progress) -> str:
    begun = [moment for moment, _ in progress.held]
    counted = f"{plural(progress.sessions, 'session')}, {plural(progress.answers, 'answer')}"
    if not begun:
        return f"{counted}, none of them graded."
    first, last = f"{begun[0]:%Y-%m-%d}", f"{begun[-1]:%Y-%m-%d}"
    return f"{counted}, {first}." if first == last else f"{counted}, {first} to {last}."


def _held(progress: Progress, width: int, *, plain: bool) -> Iterator[Line]:
    if not progress.held:
        return
    counts = [value for _, value in progress.held]
    yield (
        "plain",
        f"Answered cold when asked last: {counts[-1]:.0f} of {progress.total}"
        f" (after the first session: {counts[0]:.0f}).",
    )
    if len(counts) < 2:
        return
    mark = max(
        (tally.target for _, tally in progress.aims if tally.total == progress.total), default=None
    )
    label = len(str(progress.total))
    chart = sparks.columns(
        counts,
        min(_CHART_WIDTH, width - label - 3),
        _CHART_HEIGHT,
        top=progress.total,
        mark=mark,
        plain=plain,
    )
    for at, line in enumerate(chart):
        number = progress.total if at == 0 else 0 if at == len(chart) - 1 else ""
        yield "plain", f"{number:>{label}} {'|' if plain else '│'}{line}"
    if mark is not None:
        yield "note", f"The dashed line is the aim of {mark}."


def _sections(progress: Progress, width: int, *, plain: bool) -> Iterator[Line]:
    rows = [
        (
            f"{one_line(s.id)} {one_line(s.title)}",
            f"{s.held}/{s.questions}",
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
        line += f"  {sparks.spark([v for _, v in trace.points], bars, plain=plain):<{bars}}"
        line += f"  {_score(trace.first):>5}" if wide else ""
        line += f"  {_score(trace.last):>4}  {_trend(trace.trend):>5}"
        line += f"  {trace.answers:>4}" if wide else ""
        yield "plain", line


def _score(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}"


def _trend(value: float | None) -> str:
    return DASH if value is None else f"{value:+.2f}"


def done_words(progress: Progress) -> str:
    """What there is to say when nothing comes next."""
    close = [tier.name for tier, tally in progress.tiers if tally.close]
    close += [aim.name for aim, tally in progress.aims if tally.close]
    words = "Every tier is held and every aim is reached."
    return f"{words} Too close to call: {', '.join(close)}." if close else words


def _next(progress: Progress) -> Iterator[Line]:
    goal = progress.next
    if goal is None:
        yield "title", done_words(progress)
        return
    yield "title", f"Next: {goal.name}"
    tally = goal.tally
    yield (
        "plain",
        f"{tally.answered} of {tally.total} answered cold, {tally.target} needed:"
        f" {goal.short} to go.",
    )
    asked = [o for o in goal.obstacles if o.state != "never asked"]
    fresh = [o.question for o in goal.obstacles if o.state == "never asked"]
    if asked:
        yield "plain", "In the way, the most likely to flip first:"
        if flips := flip_words(asked):
            yield "note", flips
    for obstacle in asked[:SHOWN]:
        yield from _obstacle(obstacle)
    if len(asked) > SHOWN:
        rest = plural(len(asked) - SHOWN, "more question")
        yield "note", f"and {rest}; --html and --json have them all."
    if fresh:
        yield "plain", f"Never asked: {ranges(fresh)}."


def _obstacle(obstacle: Obstacle) -> Iterator[Line]:
    yield "missing", f"{obstacle.question}. {one_line(obstacle.prompt)} ({state_words(obstacle)})"
    for criterion in obstacle.open:
        yield (
            "note",
            f"{criterion.share:.0%} {criterion.level or 'ungraded'}: {criterion.statement}",
        )


def state_words(obstacle: Obstacle) -> str:
    """How a question in the way went last."""
    return "answered with help" if obstacle.state == "prompted" else obstacle.state


def flip_words(obstacles: Sequence[Obstacle]) -> str:
    """How often questions in the states of these flipped so far; "" if none was asked again."""
    found = {o.state: o.flips for o in obstacles if o.flips is not None and o.flips.asked}
    told = {"missed": "missed", "prompted": "answered with help"}
    parts = [
        f"of those {told[state]} {flips.turned} of {flips.asked}" for state, flips in found.items()
    ]
    return f"Cold when asked again so far: {', '.join(parts)}." if parts else ""


def ranges(numbers: Sequence[int]) -> str:
    """ "1-3, 7" for 1, 2, 3, 7."""
    out: list[list[int]] = []
    for number in sorted(numbers):
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
