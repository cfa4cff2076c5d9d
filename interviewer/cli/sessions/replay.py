"""`interviewer replay`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interviewer.cli import options
from interviewer.cli.sessions.finding import file_argument, find_session, read_session
from interviewer.common.console import make_console, say
from interviewer.errors import UsageError
from interviewer.replay import playing, scenes
from interviewer.replay.replay_view import show_scene
from interviewer.replay.scenes import Scene
from interviewer.replay.strict import hold_to
from interviewer.session import log_file, runs
from interviewer.session.log_file import ReadLog


@click.command()
@file_argument
@options.combined(
    click.option("--speed", type=options.Number(min=0), default=0.0, show_default=True,
                 help="0: at once; 1: as it went; 10: ten times faster."),
    click.option("--step", is_flag=True,
                 help="Step by step: space next, left back, a number and enter jumps, q quits."),
    click.option("--question", type=int, metavar="N", help="Start at this question."),
    click.option("--run", "number", type=click.IntRange(min=0), default=runs.OWN, show_default=True,
                 metavar="RUN", help="Show the grades of this grade run; 0 is the session's own."),
    click.option("--strict", is_flag=True,
                 help="Show nothing; check that the log gives the transcript byte for byte."),
    click.option("--md", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                 help="With --strict: the transcript; the .md beside the log if not given."),
    options.transcripts_option,
)  # fmt: skip
def replay(
    file: Path | None, speed: float, step: bool, question: int | None, number: int, strict: bool,
    md: Path | None, transcripts: Path,
) -> None:  # fmt: skip
    """Show a session again (the newest if no FILE is given), with evidence marked in the answers.

    No grader is loaded: the grades are the ones on record.
    """
    _check_together(speed=speed, step=step, question=question, number=number, strict=strict, md=md)
    path = find_session(file, transcripts)
    if strict:
        say(hold_to(log_file.read_log(path), md or path.with_suffix(".md")))
        return
    read = read_session(path)
    found = _scenes(read, number)
    start = _start(found, question)
    if step and _at_a_terminal():
        from interviewer.replay.step_screen import StepScreen

        playing.step_through(found, StepScreen(), start)
        return
    console = make_console()

    def show(scene: Scene) -> None:
        show_scene(console, scene)
        if speed:
            sys.stdout.flush()

    playing.play(found[start:], show, speed)


def _check_together(
    *, speed: float, step: bool, question: int | None, number: int, strict: bool, md: Path | None
) -> None:
    if step and speed:
        raise UsageError("--step and --speed do not go together", hint="Leave one of them out.")
    if strict and (step or speed or question is not None or number):
        raise UsageError("--strict shows nothing", hint="Leave the options for showing out.")
    if md is not None and not strict:
        raise UsageError("--md is for --strict", hint="'interviewer report --md FILE' writes one.")


def _at_a_terminal() -> bool:
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        return True
    say("There is no terminal to step in; here is all of it.", err=True)
    return False


def _scenes(read: ReadLog, number: int) -> list[Scene]:
    if runs.run_of(read.session, number) is None:
        there = ", ".join(str(run.number) for run in runs.runs(read.session))
        raise UsageError(
            f"there is no grade run {number} in {read.path}",
            hint=f"There is {there}; 'interviewer regrade' adds one.",
        )
    return scenes.scenes(read.events, number)


def _start(found: list[Scene], question: int | None) -> int:
    if question is None:
        return 0
    start = playing.start_of(found, question)
    if start is None:
        asked = dict.fromkeys(s.question for s in found if s.question is not None)
        listed = f"It asked: {', '.join(map(str, asked))}." if asked else "It asked nothing yet."
        raise UsageError(f"question {question} was not asked in this session", hint=listed)
    return start
