"""`interviewer plan`: the daily rate that reaches an aim by a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import click

from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.cli.study import histories
from interviewer.cli.study.histories import Memories
from interviewer.common import dates, system
from interviewer.common.console import make_console, say_json, show_line
from interviewer.common.dates import day_words
from interviewer.drill import spacing
from interviewer.drill.spacing import Ease, Review
from interviewer.errors import UsageError
from interviewer.history import summaries
from interviewer.history.summaries import History
from interviewer.progress import daily_rate
from interviewer.progress.daily_rate import DailyRate, Situation
from interviewer.specs import banks


class DatedRate(DailyRate):
    """The daily rate towards a day, as --json prints it."""

    date: date
    bank: str


@click.command()
@options.combined(
    click.option(
        "--date",
        "by",
        type=click.DateTime(["%Y-%m-%d"]),
        required=True,
        metavar="YYYY-MM-DD",
        help="The day to be ready on.",
    ),
    click.option("--aim", "aim_name", metavar="NAME", help="An aim of the bank; the widest if not given."),
    click.option("--target", type=click.IntRange(min=1), help="Questions to answer cold; the aim's if not given."),
    click.option("--json", "as_json", is_flag=True, help="Print it as JSON."),
    options.bank_option,
    options.transcripts_option,
)  # fmt: skip
def plan(
    by: datetime, aim_name: str | None, target: int | None, as_json: bool,
    bank_name: str | None, transcripts: Path,
) -> None:  # fmt: skip
    """Reckon how many questions a day reach an aim by a date, from how it went so far."""
    bank = banks.open_bank(bank_name)
    now = system.SystemClock().now()
    days = (by.date() - dates.local(now).date()).days
    if days < 1:
        raise UsageError(
            f"--date: {by:%Y-%m-%d} is not ahead of today", hint="Give a day from tomorrow on."
        )
    questions, wanted = _aim(bank, aim_name, target)
    history = histories.read(transcripts)
    at = _situation(history, bank, questions, wanted, now, days)
    found = daily_rate.reckon(at)
    if as_json:
        made = DatedRate(date=by.date(), bank=bank.id, **found.model_dump())
        say_json(made.model_dump_json())
        return
    expected = spacing.expected_seconds(history.on(bank.id), bank)
    console = make_console()
    for line in daily_rate.lines(
        found, day_words(by.date()), median(expected[q] for q in questions)
    ):
        show_line(console, line)


def _aim(bank: Bank, name: str | None, target: int | None) -> tuple[tuple[int, ...], int]:
    """The questions and how many of them to answer cold."""
    chosen = [aim for aim in bank.aims if name in (None, aim.name)]
    if name is not None and not chosen:
        there = ", ".join(aim.name for aim in bank.aims) or "none"
        raise UsageError(f"there is no aim '{name}'", hint=f"There are: {there}.")
    widest = max(chosen, key=lambda aim: len(aim.questions), default=None)
    if widest is None and target is None:
        raise UsageError("this bank has no aim", hint="Say how many with --target.")
    questions = widest.questions if widest else tuple(q.id for q in bank.questions)
    wanted = target or (widest.target if widest else 0)
    if wanted > len(questions):
        raise UsageError(f"--target: {wanted} of {len(questions)} questions cannot be answered")
    return questions, wanted


def _situation(
    history: History,
    bank: Bank,
    questions: tuple[int, ...],
    target: int,
    now: datetime,
    days: int,
) -> Situation:
    sessions = history.on(bank.id)
    known = histories.memories(history, bank)
    sizes = [len(session.attempts) for session in sessions if session.attempts]
    return Situation(
        questions=questions,
        target=target,
        days=days,
        attempts=summaries.by_question(sessions),
        recall=spacing.question_recall(bank, known.recall(dates.later(now, timedelta(days=days)))),
        keep=_keep(known, now, days),
        session_size=median(sizes) if sizes else 0.0,
    )


def _keep(known: Memories, now: datetime, days: int) -> float:
    """What is left on the day of something first recalled half-way to it."""
    fresh = known.scheduler.remember([Review(now, Ease.GOOD)])
    return known.scheduler.recall(fresh, dates.later(now, timedelta(days=days / 2)))
