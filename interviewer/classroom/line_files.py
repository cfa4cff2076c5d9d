"""Files read line by line: however large the file, no more than one bounded line is held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from interviewer.common import files
from interviewer.errors import InputError

LONGEST_LINE = 4_000_000
"""Bytes."""


def lines_of(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1, line breaks kept, a byte order mark dropped.

    None stands for a line that is longer than LONGEST_LINE. Raises InputError.
    """
    with files.open_plain(path, InputError, what="the file of answers") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if number == 1:
                line = line.removeprefix(files.BOM)
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                yield number, line
                continue
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None


def text_of(line: bytes) -> str | None:
    """The line as text; None where it is not UTF-8."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None
