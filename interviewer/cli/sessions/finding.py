"""Finding and opening a session; several commands need this."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli import options
from interviewer.common.console import say
from interviewer.errors import UsageError
from interviewer.session import log_file
from interviewer.session.log_file import LogFile, ReadLog

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
