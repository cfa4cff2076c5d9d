"""`interviewer resume`."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.cli.interviews import holding, planning
from interviewer.cli.interviews.answers import answers_option, make_terminal, read_script
from interviewer.cli.interviews.holding import Means
from interviewer.cli.sessions.finding import find_session, reopen
from interviewer.common.console import say
from interviewer.common.text import one_line
from interviewer.errors import UsageError
from interviewer.session.events import (
    Amended,
    AnswerPace,
    Appealed,
    Event,
    Graded,
    Hinted,
    Paused,
    Rerun,
    Resumed,
    Settled,
)
from interviewer.session.record import Session
from interviewer.specs import banks


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@options.combined(answers_option, planning.pace_option, holding.means_option)
def resume(file: Path | None, answers: Path | None, pace: AnswerPace | None, means: Means) -> None:
    """Go on exactly where a session stopped; the newest unfinished one if no FILE is given.

    Who graded it grades on, unless --grader, --judge or --model says otherwise, and so does its
    clock, unless --pace does.
    """
    named = find_session(file, means.transcripts) if file is not None else None
    path = named or _unfinished(means.transcripts)
    log, read = reopen(path)
    with log:
        if read.session.closed is not None:
            raise UsageError(
                "this session is finished", hint=f"'interviewer report {path}' shows it."
            )
        if pace is not None and not read.session.started.plan.timed:
            raise UsageError(
                "--pace sets a clock, and none runs in this session", hint="Leave --pace out."
            )
        name = means.bank_name or _where_it_was(read.session)
        bank = _same_bank(read.session, name)
        sitting = holding.gone_on(
            means,
            bank,
            read.session,
            log,
            lambda: make_terminal(
                read_script(answers),
                draft=_draft(read.events),
                self_graded=read.session.started.plan.self_graded,
            ),
            pace=pace,
            folder=name,
        )
        holding.hold(sitting)


def _draft(events: tuple[Event, ...]) -> str:
    """What was typed before the last pause, unless something was said or asked since."""
    for event in reversed(events):
        if isinstance(event, Paused):
            return event.draft
        later = isinstance(event, Graded) and event.run > 0
        if not later and not isinstance(
            event, Resumed | Hinted | Rerun | Appealed | Settled | Amended
        ):
            break
    return ""


def _unfinished(folder: Path) -> Path:
    from interviewer.cli.study import histories

    found, passed = histories.newest_open(folder)
    for one in passed:
        name = one_line(str(folder / one.name))
        say(f"passed over: {name}: {one_line(one.problem)}", err=True)
    if found is not None:
        return folder / found.name
    raise UsageError(
        f"there is no unfinished session in {folder}", hint="'interviewer list' shows them all."
    )


def _where_it_was(session: Session) -> str:
    """Where the bank of the session is; where it lay when it was begun if another bank or a spoilt one is
    there. Raises UsageError where it is gone."""
    began, folder = session.started.bank, Path(session.started.folder)
    home = banks.home_of(session.started)
    if home is not None:
        return home
    if banks.lies_in(folder):
        return str(folder)
    gone = f"no longer in {one_line(str(folder))}" if folder.is_absolute() else "not a shipped one"
    raise UsageError(
        f"the bank '{began.id}' of this session is {gone}, and not under {banks.OWN}/ either",
        hint="Name its folder with --bank.",
    )


def _same_bank(session: Session, name: str) -> Bank:
    """The bank the session was begun with; it may have been edited, but not exchanged."""
    began = session.started.bank
    bank = banks.open_bank(name)
    if bank.id != began.id:
        raise UsageError(f"this session is on the bank '{began.id}', not on '{bank.id}'")
    if bank.digest != began.digest:
        say("The bank has changed since; questions already asked stay as they were.", err=True)
    asked = {record.question.id for record in session.records}
    if gone := [q for q in session.started.plan.questions if q not in bank and q not in asked]:
        raise UsageError(
            f"the bank no longer has question {gone[0]}, which this session has yet to ask",
            hint="Put it back, or begin a new session.",
        )
    return bank
