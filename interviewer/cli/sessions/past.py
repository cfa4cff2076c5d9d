"""Past sessions: `list`."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli import options
from interviewer.cli.study import histories
from interviewer.common.console import say
from interviewer.common.text import one_line
from interviewer.history.summaries import SessionSummary, Unreadable
from interviewer.session import settlements


@click.command("list")
@options.transcripts_option
def list_sessions(transcripts: Path) -> None:
    """Show past sessions, newest first, by the numbers that other commands know them by."""
    found = histories.read(transcripts, warn=False).newest_first()
    width = len(str(len(found)))
    for number, one in enumerate(found, start=1):
        say(f"{number:>{width}}  {_line(one, transcripts / one.name)}")
    if not found:
        say(f"There is no session in {transcripts} yet. 'interviewer' holds an interview.")


def _line(one: SessionSummary | Unreadable, path: Path) -> str:
    if isinstance(one, Unreadable):
        return f"{path}: cannot be read: {one_line(one.problem)}"
    replied = len(one.attempts)
    state = "finished" if one.closed else f"open, {one.count - replied} to go"
    settled = settlements.cold_words(one.settled).rstrip(".")
    told = (
        f"held: {', '.join(one.held)}" if one.held else "",
        settled[:1].lower() + settled[1:],
        settlements.dispute_words(one.disputes),
        "simulated" if one.simulated else "",
    )
    tail = "".join(f"; {part}" for part in told if part)
    return (
        f"{one.started:%Y-%m-%d %H:%M}  {one.cold_count:>2} of {replied:>2} cold"
        f"  {state:<16} {path}{tail}"
    )
