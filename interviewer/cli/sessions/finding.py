"""Finding and opening a session; several commands need this."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from interviewer.common.console import say
from interviewer.errors import UsageError
from interviewer.session import log_file
from interviewer.session.log_file import LogFile, ReadLog

file_argument = click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), required=False
)
LATEST = "latest"
_MOST_DIGITS = 9


def find_session(file: Path | None, folder: Path) -> Path:
    """The session that is named, or the newest one.

    Where there is no file of that name, "latest" is the newest session that a person sat and a
    number the one that 'interviewer list' shows under it, a simulated one too. Raises UsageError
    where there is none.
    """
    name = LATEST if file is None else str(file)
    counted = name.isascii() and name.isdecimal() and 0 < len(name) <= _MOST_DIGITS
    if file is not None and (file.exists() or not (counted or name == LATEST)):
        return file
    if not counted:
        return _latest(folder)
    number = int(name)
    path = next(islice(log_file.session_files(folder), max(0, number - 1), None), None)
    if path is None and number <= 1:
        raise UsageError(f"there is no session in {folder}", hint=none_hint(folder))
    if path is None or number < 1:
        raise UsageError(
            f"there is no session {number} in {folder}", hint="'interviewer list' numbers them."
        )
    return path


def _latest(folder: Path) -> Path:
    from interviewer.cli.study import histories

    newest = histories.newest(folder)
    if newest is None:
        raise UsageError(f"there is no session in {folder}", hint=none_hint(folder))
    return folder / newest.name


def none_hint(folder: Path) -> str:
    """What to do where a folder holds no session that a person sat."""
    simulated = next(log_file.session_files(folder), None) is not None
    named = " Simulated ones are taken by their FILE or number." if simulated else ""
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
