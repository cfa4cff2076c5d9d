"""Past sessions: `list`."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli import options
from interviewer.common.console import say
from interviewer.common.text import one_line
from interviewer.errors import TranscriptError
from interviewer.session import log_file, standing


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
            say(f"{path}: cannot be read: {one_line(error.message)}")
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
        say(
            f"{session.started.at:%Y-%m-%d %H:%M}  {session.cold_count:>2} of {replied:>2} cold"
            f"  {state:<16} {path}{tail}"
        )
    if not found:
        say(f"There is no session in {transcripts} yet. 'interviewer' holds an interview.")
