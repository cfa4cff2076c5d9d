"""Files of grades: a head, then a line for each row; a run that was stopped goes on where it was."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from interviewer.classroom.class_values import (
    GRADES_LINE,
    ClassHead,
    CollectedRow,
    GradedRow,
    GradesRow,
    UngradedRow,
    same_row,
)
from interviewer.classroom.known_texts import KnownTexts, text_digest
from interviewer.common import files
from interviewer.common.base import problem
from interviewer.errors import InputError, Where

LONGEST_LINE = 64_000_000
"""Bytes. The head holds a whole bank."""
SYNCED = 1.0
"""Seconds after which what was written is made sure to be on disk."""
_ANEW = "Give another file with -o, or take this one away."


def read_head(path: Path) -> ClassHead:
    """The head of a file of grades. Raises InputError."""
    with files.open_plain(path, InputError, what="the file of grades") as file:
        return _head(path, file.readline(LONGEST_LINE))


def read_rows(path: Path) -> Iterator[GradesRow]:
    """The rows of a file of grades; a torn last line is left out. Raises InputError with the line."""
    with files.open_plain(path, InputError, what="the file of grades") as file:
        _head(path, file.readline(LONGEST_LINE))
        number = 1
        while (line := file.readline(LONGEST_LINE)).endswith(b"\n"):
            number += 1
            yield _row(path, number, line)


def _head(path: Path, line: bytes) -> ClassHead:
    with suppress(ValidationError):
        found = GRADES_LINE.validate_json(line)
        if isinstance(found, ClassHead):
            return found
    raise InputError(
        "this is no file of grades",
        where=Where(str(path), 1),
        hint="'interviewer grade ANSWERS -o GRADES' writes one.",
    )


def _row(path: Path, number: int, line: bytes) -> GradesRow:
    try:
        found = GRADES_LINE.validate_json(line)
    except ValidationError as error:
        raise InputError(
            f"this line holds no row of grades: {problem(error)}", where=Where(str(path), number)
        ) from error
    if isinstance(found, ClassHead):
        raise InputError("a second head stands here", where=Where(str(path), number))
    return found


class GradesFile:
    """An open file of grades; implements `Shelf`. One process at a time may hold it.

    A last line that was cut off while being written is taken away: its row is graded again.
    """

    def __init__(self, path: Path, head: ClassHead):
        self._path = path
        try:
            if path.exists() and not files.is_plain(path):
                raise InputError(
                    "grades go into a plain file", where=Where(str(path)), hint=files.NOT_PLAIN
                )
            self._out = path.open("ab", buffering=0)
            self._in = path.open("rb")
        except OSError as error:
            raise _unwritten(path, error) from error
        self._synced = time.monotonic()
        try:
            self._lock()
            self._begin(head)
        except BaseException:
            self._let_go()
            raise

    def go_on(self, rows: Iterator[CollectedRow], known: KnownTexts) -> int:
        """Take from the rows those that the file holds already, and say how many that were.

        Raises InputError where it holds another one: the answers are others now.
        """
        count = 0
        self._in.seek(self._end)
        while line := self._in.readline(LONGEST_LINE):
            place = self._end
            self._end += len(line)
            count += 1
            held, row = _row(self._path, count + 1, line), next(rows, None)
            if row is None or not same_row(row, held):
                raise InputError(
                    f"it holds grades of other answers: here of {held.file}:{held.line}, where"
                    f" {f'{row.file}:{row.line}' if row else 'no row'} is due",
                    where=Where(str(self._path), count + 1),
                    hint=f"Answers may be added at the end, not changed. {_ANEW}",
                )
            if held.question is not None and held.answer:
                known.keep(text_digest(held.question, held.answer), place)
        return count

    def put(self, row: GradesRow) -> int:
        place = self._end
        self._write(row.model_dump_json().encode() + b"\n")
        return place

    def row_at(self, place: int) -> GradesRow:
        self._in.seek(place)
        found = GRADES_LINE.validate_json(self._in.readline(LONGEST_LINE))
        assert isinstance(found, GradedRow | UngradedRow)
        return found

    def close(self) -> None:
        """Bring all to disk and let go of the file."""
        try:
            os.fsync(self._out.fileno())
        except OSError as error:
            raise _unwritten(self._path, error) from error
        finally:
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _begin(self, head: ClassHead) -> None:
        """Hold the file to that head, which is written where there is none yet."""
        due = head.model_dump_json().encode() + b"\n"
        line = self._in.readline(LONGEST_LINE)
        if due.startswith(line) and line != due:  # empty, or cut off within the head
            self._out.truncate(0)
            self._end = 0
            self._write(due)
            return
        held = _head(self._path, line)
        if held != head:
            what = "grader" if held.grader != head.grader else "bank"
            raise InputError(
                f"it holds grades of another {what}", where=Where(str(self._path), 1), hint=_ANEW
            )
        self._mend()
        self._end = len(line)

    def _mend(self) -> None:
        """Cut off what stands after the last line break."""
        at = end = self._in.seek(0, os.SEEK_END)
        while at:
            begin = max(0, at - (1 << 16))
            self._in.seek(begin)
            if (found := self._in.read(at - begin).rfind(b"\n")) >= 0:
                at = begin + found + 1
                break
            at = begin
        if at < end:
            self._out.truncate(at)

    def _write(self, line: bytes) -> None:
        try:
            files.write_all(self._out.fileno(), line)
            self._end += len(line)
            if time.monotonic() - self._synced > SYNCED:
                os.fsync(self._out.fileno())
                self._synced = time.monotonic()
        except OSError as error:
            raise _unwritten(self._path, error) from error

    def _let_go(self) -> None:
        with suppress(OSError):
            self._in.close()
            self._out.close()

    def _lock(self) -> None:
        try:
            files.lock(self._out.fileno())
        except OSError as error:
            raise InputError(
                "another run writes these grades", where=Where(str(self._path))
            ) from error


def _unwritten(path: Path, error: OSError) -> InputError:
    return InputError(
        f"the grades cannot be written: {error.strerror or error}",
        where=Where(str(path)),
        hint="Make room or choose another file; the same command then goes on from here.",
    )
