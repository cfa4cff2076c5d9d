"""`interviewer drill`: a session on what is about to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from interviewer.bank.questions import Bank, lacks
from interviewer.cli import options
from interviewer.cli.interviews import holding, planning
from interviewer.cli.interviews.answers import (
    answers_option,
    fit_script,
    make_terminal,
    read_script,
)
from interviewer.cli.interviews.holding import Means
from interviewer.cli.study import histories
from interviewer.common import dates, system
from interviewer.common.console import make_console, show
from interviewer.common.text import one_line, plural
from interviewer.drill import spacing
from interviewer.drill.spacing import Item
from interviewer.interview.asking import order
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import AnswerPace
from interviewer.specs import banks

_SOON = 5


@click.command()
@options.combined(
    click.option(
        "--minutes",
        type=options.Number(min=0, min_open=True, max=24 * 60),
        default=15.0,
        show_default="15",
        help="How long at most, going by what questions took so far.",
    ),
    click.option("--due", is_flag=True, help="Nothing new: only what is due."),
    click.option("--list", "only_list", is_flag=True, help="Show what is due, ask nothing."),
    click.option("--cold", is_flag=True, help="No probes and no hints."),
    planning.teach_option,
    planning.timed_option,
    planning.pace_option,
    answers_option,
    holding.means_option,
)
def drill(
    minutes: float, due: bool, only_list: bool, cold: bool, teach: bool, timed: bool,
    pace: AnswerPace | None, answers: Path | None, means: Means,
) -> None:  # fmt: skip
    """Ask what is about to be forgotten, as an ordinary session.

    Spaced repetition (FSRS) over the criteria of a bank, from the grades of all sessions. What is
    due comes first, the most likely forgotten before the rest; when nothing else is due, questions
    that were never asked.
    """
    planning.teach_apart(teach, {"--cold": cold, "--timed": timed})
    clock = planning.pace_of(pace, timed=timed)
    bank = banks.open_bank(means.bank_name)
    now = system.SystemClock().now()
    items = _agenda(bank, means.transcripts, now)
    console = make_console()
    if only_list:
        for tone, text in _list_lines(items, now):
            show(console, text, tone)
        return
    chosen = spacing.choose(items, minutes * 60, due_only=due)
    if not chosen:
        show(console, _nothing(items, now), "plain")
        return
    script = read_script(answers)
    numbers = tuple(item.question.id for item in chosen)
    numbers, count, probes = fit_script(script, bank, numbers, None, 2, narrowed=False)
    plan = order.make_plan(
        numbers,
        count=count,
        probes=probes,
        cold=cold,
        timed=timed,
        style=means.style(),
        teaches=teach,
        pace=clock,
    )
    show(console, _announced([i for i in chosen if i.question.id in plan.questions]), "note")
    with holding.begun(means, bank, plan, lambda _: make_terminal(script)) as sitting:
        holding.hold(sitting)
    then = system.SystemClock().now()
    after = _agenda(bank, means.transcripts, then, warn=False)
    for tone, text in _again_lines([i for i in after if i.question.id in plan.questions], then):
        show(console, text, tone)


def _agenda(bank: Bank, transcripts: Path, now: datetime, *, warn: bool = True) -> tuple[Item, ...]:
    history = histories.read(transcripts, warn=warn)
    known = histories.memories(history, bank)
    seconds = spacing.expected_seconds(history.on(bank.id), bank)
    return spacing.agenda(bank, known.of, known.recall(now), seconds, histories.end_of_day(now))


def _announced(items: Sequence[Item]) -> str:
    due = sum(1 for item in items if item.state == "due")
    parts = [f"{due} due"] if due else []
    if due < len(items):
        parts.append(f"{len(items) - due} new")
    minutes = max(1, round(sum(item.seconds for item in items) / 60))
    return f"Drill: {', '.join(parts)}; about {plural(minutes, 'minute')}."


def _nothing(items: Sequence[Item], now: datetime) -> str:
    later = [item for item in items if item.state == "later"]
    fresh = sum(1 for item in items if item.state == "new")
    words = "Nothing is due."
    if later:
        words += f" Next: question {later[0].question.id}, {_when(later[0], now)}."
    if fresh:
        words += f" {plural(fresh, 'question')} never asked; without --due they come up."
    return words


def _when(item: Item, now: datetime) -> str:
    assert item.due is not None
    return dates.when(dates.local(item.due).date(), dates.local(now).date())


def _again_lines(items: Sequence[Item], now: datetime) -> list[Line]:
    """When what was asked is due again, earliest first, and what was not got to."""
    days: dict[str, list[str]] = {}
    for item in items:
        if item.state == "later":
            days.setdefault(_when(item, now), []).append(str(item.question.id))
    lines: list[Line] = []
    if days:
        words = "; ".join(f"{_numbers(numbers)} {day}" for day, numbers in days.items())
        lines.append(("note", f"Due again: {words}."))
    if left := [str(item.question.id) for item in items if item.state == "due"]:
        lines.append(("note", f"Still due: {_numbers(left)}."))
    return lines


def _numbers(numbers: Sequence[str]) -> str:
    return f"{'question' if len(numbers) == 1 else 'questions'} {', '.join(numbers)}"


def _list_lines(items: Sequence[Item], now: datetime) -> list[Line]:
    due = [item for item in items if item.state == "due"]
    later = [item for item in items if item.state == "later"]
    fresh = [item for item in items if item.state == "new"]
    if due:
        minutes = max(1, round(sum(item.seconds for item in due) / 60))
        head = f"Due today: {plural(len(due), 'question')}, about {plural(minutes, 'minute')}"
    else:
        head = "Nothing is due today"
    lines: list[Line] = [("title", head)]
    lines += [("plain", f"{_named(item)} (recall {item.recall:.0%})") for item in due]
    if later:
        lines.append(("title", "Next"))
        lines += [("plain", f"{_when(item, now)}: {_named(item)}") for item in later[:_SOON]]
        if len(later) > _SOON:
            lines.append(("note", f"and {plural(len(later) - _SOON, 'question')} after that."))
    if fresh:
        lines.append(("note", f"{plural(len(fresh), 'question')} never asked."))
    return lines


def _named(item: Item) -> str:
    """The question with the ids of the criteria meant, those of a group as a choice."""
    found = lacks(item.question.groups, item.criteria, ())
    meant = ", ".join(lack.words({claim: claim for claim in item.criteria}) for lack in found)
    return f"{item.question.id}. {one_line(item.question.prompt)} [{meant}]"
