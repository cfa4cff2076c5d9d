"""Standard streams that may be closed, full, or without a reader."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from interviewer.common.signals import Ending

_NO_READER = (errno.EPIPE, errno.ECONNRESET)


class OutputLost(Ending):
    """Standard output takes nothing more.

    Its code is 0 where the reader has left, else 1; `why` says what is wrong, "" for the former.
    """

    def __init__(self, error: OSError):
        gone = error.errno in _NO_READER
        super().__init__(0 if gone else 1)
        self.why = "" if gone else error.strerror or str(error)


class _Handle(io.FileIO):
    """A file handle that is put on the null device once it cannot be written.

    vital: the first failure is raised, as OutputLost; else it is passed over.
    """

    def __init__(self, handle: int, *, vital: bool):
        super().__init__(handle, "w", closefd=False)
        self._vital = vital
        self.lost: OutputLost | None = None

    def write(self, data: Any) -> int:
        try:
            while (count := super().write(data)) is None:  # another program made it non-blocking
                select.select([], [self], [])
        except OSError as error:
            self._lose(error)
            count = memoryview(data).nbytes
        self.check()
        return count

    def check(self) -> None:
        """Raises OutputLost, once, in the thread that can end the program."""
        main = threading.current_thread() is threading.main_thread()
        if self.lost is not None and self._vital and main:
            self._vital = False
            raise self.lost

    def _lose(self, error: OSError) -> None:
        self.lost = OutputLost(error)
        with suppress(OSError):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self.fileno())  # what is buffered has to go somewhere at exit
            os.close(null)


@contextmanager
def guarded() -> Iterator[None]:
    """Streams that can be used whatever the program was started with.

    A closed one stands on the null device, so that no other file gets its number. A character that
    the encoding lacks becomes a question mark. A standard output that cannot be written raises
    OutputLost; on standard error what cannot be written is lost.
    """
    _open_closed()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _safe(sys.stdout, 1), _safe(sys.stderr, 2)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OutputLost, ValueError):
                stream.flush()
        sys.stdout, sys.stderr = before


def flush() -> None:
    """Bring standard output to its reader. Raises OutputLost where that fails or has failed."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(raw, _Handle):
        raw.check()


def _open_closed() -> None:
    for handle in range(3):
        try:
            os.fstat(handle)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if handle == 0 else os.O_WRONLY)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open to the end
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _safe(stream: Any, handle: int) -> Any:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    try:
        same = stream.fileno() == handle
    except (OSError, ValueError):
        same = False
    if not same or os.name == "nt":  # a Windows console is no file
        stream.reconfigure(errors="replace")
        return stream
    stream.flush()
    raw = _Handle(handle, vital=handle == 1)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="replace",
        newline="",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
