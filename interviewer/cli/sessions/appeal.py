"""`interviewer appeal`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interviewer.cli import options
from interviewer.cli.outputs import refresh_markdown
from interviewer.cli.sessions.finding import reopen
from interviewer.common import system
from interviewer.common.console import ask, make_console, show, show_line
from interviewer.errors import UsageError
from interviewer.report import verdict_text
from interviewer.session import fold as sessions
from interviewer.session.disputes import answer_of, claim_of
from interviewer.session.events import Appealed

turn_option = click.option(
    "--turn",
    type=click.IntRange(min=0),
    metavar="N",
    help="Which answer: 0 to the question itself, 1 to its first follow-up.",
)
session_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@session_argument
@click.argument("question", type=int)
@options.combined(
    click.option("--criterion", metavar="N|ID", help="The verdict it is about, by the number that 'replay' "
                 "shows or by its id; the whole grade if not given."),
    turn_option,
    click.option("--reason", metavar="TEXT", help="Why the grade is wrong; asked for if not given."),
)  # fmt: skip
def appeal(
    file: Path, question: int, criterion: str | None, turn: int | None, reason: str | None
) -> None:
    """Dispute the grade of the answer to QUESTION in the session FILE.

    The appeal is kept in the log and shown in reports; the score stays until a person settles it
    with 'interviewer gold add'.
    """
    log, read = reopen(file)
    with log:
        session = read.session
        try:
            found = answer_of(session, question, turn or 0)
            claim = claim_of(found, criterion)
        except LookupError as error:
            raise UsageError(
                str(error.args[0]), hint=f"'interviewer replay {file}' shows it."
            ) from error
        why = (reason if reason is not None else _ask(found.text)).strip()
        if not why:
            raise UsageError("an appeal needs a reason", hint="Give it with --reason.")
        event = Appealed(
            seq=session.last_seq + 1,
            at=system.SystemClock().now(),
            question=question,
            answer=found.seq,
            reason=why,
            criterion=claim,
        )
        session = sessions.apply(session, event)
        log.append(event)
    console = make_console()
    show_line(console, f"{verdict_text.appeal_line(event.question, event)}: logged.")
    again = f" --turn {turn}" if turn else ""
    show_line(
        console,
        f"When a person has settled it: interviewer gold add {file} {question}{again} --rater NAME",
        "path",
    )
    refresh_markdown(session, log.path)


def _ask(answer: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("an appeal needs a reason", hint="Give it with --reason.")
    show(make_console(), f"You said: {answer}", "plain")
    return ask("Why is the grade wrong?")
