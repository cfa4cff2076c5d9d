"""Past sessions: `replay`, `report`, `list`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interviewer.adapters import atomic, log_file
from interviewer.adapters.console import make_console, show
from interviewer.cli import options
from interviewer.core import markdown_report, standing, summary
from interviewer.core.session import Session
from interviewer.core.text import one_line
from interviewer.errors import TranscriptError, UsageError, Where
from interviewer.flows import replay as replays

file_argument = click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False
)


def find_session(file: Path | None, folder: Path) -> Path:
    """The file given, or the newest session."""
    path = file or options.newest(log_file.session_files(folder))
    if path is None:
        raise UsageError(
            f"there is no session in {folder}", hint="'interviewer' holds an interview."
        )
    return path


def write_markdown(session: Session, log: Path) -> Path:
    """Write the Markdown transcript beside the log and return its path."""
    return _write(session, log.with_suffix(".md"))


def _write(session: Session, target: Path) -> Path:
    try:
        atomic.write_text(target, markdown_report.render(session))
    except OSError as error:
        raise TranscriptError(
            f"the transcript cannot be written: {error.strerror}",
            where=Where(str(target)),
            hint="'interviewer report FILE --md PATH' writes it elsewhere.",
        ) from error
    return target


@click.command()
@file_argument
@click.option(
    "--md", type=click.Path(path_type=Path, dir_okay=False), help="Write it there instead."
)
@options.transcripts_option
def report(file: Path | None, md: Path | None, transcripts: Path) -> None:
    """Write the Markdown transcript of a session (the newest if no FILE is given) and sum it up."""
    path = find_session(file, transcripts)
    read = log_file.read_log(path)
    if read.torn:
        click.echo("The last line of the log was cut off while being written; left out.", err=True)
    target = _write(read.session, md or path.with_suffix(".md"))
    console = make_console()
    for tone, text in summary.closing_lines(read.session):
        show(console, text, tone)
    click.echo(f"Transcript: {target}")


@click.command()
@file_argument
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="0: at once; 1: as it went; 10: ten times faster.",
)
@options.transcripts_option
def replay(file: Path | None, speed: float, transcripts: Path) -> None:
    """Show a session again. No grader is loaded: the grades are the ones on record."""
    path = find_session(file, transcripts)
    read = log_file.read_log(path)
    console = make_console()
    for pause, tone, text in replays.scenes(read.events):
        replays.wait(pause, speed)
        show(console, text, tone)
        if speed:
            sys.stdout.flush()


@click.command("list")
@options.transcripts_option
def list_sessions(transcripts: Path) -> None:
    """Show past sessions, newest first."""
    found = False
    for path in log_file.session_files(transcripts):
        found = True
        try:
            session = log_file.read_log(path).session
        except TranscriptError as error:
            click.echo(f"{path}: cannot be read: {one_line(error.message)}")
            continue
        replied = sum(1 for r in session.records if r.replied)
        state = (
            "finished" if session.closed else f"open, {session.started.plan.count - replied} to go"
        )
        held = [
            tier.name
            for tier in session.started.bank.tiers
            if standing.tier_standing(session, tier).reached
        ]
        tail = f"; held: {', '.join(held)}" if held else ""
        click.echo(
            f"{session.started.at:%Y-%m-%d %H:%M}  {session.cold_count:>2} of {replied:>2} cold"
            f"  {state:<16} {path}{tail}"
        )
    if not found:
        click.echo(f"There is no session in {transcripts} yet. 'interviewer' holds an interview.")
