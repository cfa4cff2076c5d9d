"""Finding and opening a session; several commands need this."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.common.console import say
from interviewer.errors import UsageError
from interviewer.session import log_file
from interviewer.session.log_file import LogFile, ReadLog

file_argument = click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False
)


def find_session(file: Path | None, folder: Path) -> Path:
    """The file given, or the newest session; a simulated one is taken only where it is given."""
    if file is not None:
        return file
    from interviewer.cli.study import histories

    newest = histories.newest(folder)
    if newest is None:
        raise UsageError(f"there is no session in {folder}", hint=none_hint(folder))
    return folder / newest.name


def none_hint(folder: Path) -> str:
    """What to do where a folder holds no session that a person sat."""
    simulated = next(log_file.session_files(folder), None) is not None
    named = " Simulated ones are taken where their FILE is named." if simulated else ""
    return f"'interviewer' holds an interview.{named}"


def read_session(path: Path) -> ReadLog:
    """The log; says on standard error that a torn last line was left out."""
    read = log_file.read_log(path)
    if read.torn:
        say("The last line of the log was cut off while being written; left out.", err=True)
    return read


def reopen(path: Path) -> tuple[LogFile, ReadLog]:
    """The log to be continued; says on standard error what happened to it, now and later."""
    log, read = LogFile.reopen(path)
    log.tell = lambda message: say(message, err=True)
    if read.torn:
        say("The last line was cut off while being written; it is kept beside the log.", err=True)
    return log, read
