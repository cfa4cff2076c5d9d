"""`interviewer appeal`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interviewer.cli import options
from interviewer.cli.outputs import refresh_markdown
from interviewer.cli.sessions.finding import find_session, reopen
from interviewer.common import system
from interviewer.common.console import ask, make_console, show, show_line
from interviewer.common.text import one_line
from interviewer.errors import UsageError
from interviewer.report import verdict_text
from interviewer.session import graded_answers
from interviewer.session.appending import OpenSession
from interviewer.session.events import Appealed
from interviewer.session.graded_answers import GradedAnswer

turn_option = click.option(
    "--turn",
    type=click.IntRange(min=0),
    metavar="N",
    help="Which answer: 0 to the question itself, 1 to its first follow-up.",
)
session_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
NAMED = "Criteria are named by number or id, misconceptions by letter or id."


@click.command()
@session_argument
@click.argument("question", type=int)
@options.combined(
    click.option("--criterion", metavar="NUMBER|ID",
                 help=f"The verdict it is about; the whole grade if not given. {NAMED}"),
    turn_option,
    click.option("--reason", metavar="TEXT", help="Why the grade is wrong; asked for if not given."),
    options.transcripts_option,
)  # fmt: skip
def appeal(
    file: Path, question: int, criterion: str | None, turn: int | None, reason: str | None,
    transcripts: Path,
) -> None:  # fmt: skip
    """Dispute the grade of the answer to QUESTION in the session FILE, which may also be "latest"
    or its number in 'interviewer list'.

    The appeal is kept in the log and shown in reports; the score stays until a person settles it
    with 'interviewer gold add'.
    """
    file = find_session(file, transcripts)
    log, read = reopen(file)
    with log:
        session = read.session
        try:
            found = graded_answers.answer_of(session, question, turn or 0)
            if reason is None:
                _show(found)
            if criterion is None and reason is None:
                criterion = ask("Which one is it about? Enter for the whole grade", default="")
            named = found.record.question
            claim = graded_answers.claim_named(named, criterion) if criterion else None
        except LookupError as error:
            raise UsageError(
                str(error.args[0]), hint=f"'interviewer replay {file}' shows it."
            ) from error
        why = (reason if reason is not None else ask("Why is the grade wrong?")).strip()
        if not why:
            raise UsageError("an appeal needs a reason", hint="Give it with --reason.")
        held = OpenSession(log, session, system.SystemClock())
        event = held.append(
            Appealed, question=question, answer=found.seq, reason=why, criterion=claim
        )
    console = make_console()
    show_line(console, f"{verdict_text.appeal_line(event.question, event)}: logged.")
    again = f" --turn {turn}" if turn else ""
    show_line(
        console,
        f"When a person has settled it: interviewer gold add {file} {question}{again} --rater NAME",
        "path",
    )
    refresh_markdown(held.session, log.path)


def _show(found: GradedAnswer) -> None:
    """The answer and its claims by number, for somebody who is to say which one is wrong."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("an appeal needs a reason", hint="Give it with --reason.")
    console, question = make_console(), found.record.question
    show(console, f"You said: {found.text}", "plain")
    levels = {**found.levels, **dict.fromkeys(found.asserted, "charged")}
    for claim in (*question.criteria, *question.misconceptions):
        label, level = question.labels[claim.id], levels.get(claim.id)
        if level is not None or claim in question.criteria:
            show_line(console, f"{label}. {one_line(claim.statement)} ({level or 'ungraded'})")
