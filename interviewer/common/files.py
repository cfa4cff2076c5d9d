"""Files: read within bounds, and written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, TextIO

from interviewer.errors import InterviewerError, Where

BOM = b"\xef\xbb\xbf"
NOT_PLAIN = "Give a plain file; a folder, a pipe or a device is none."
TOO_LARGE = "Is it the right one? If so, split it."
SAVE_AS_UTF8 = "Save it as UTF-8 in your editor."
_CHUNK = 1 << 20
_LEAST = 1 << 12
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_plain(path: Path) -> bool:
    """Whether a plain file stands there, symbolic links followed; False where nobody may look."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_bounded(
    path: Path,
    limit: int,
    error: type[InterviewerError],
    *,
    what: str = "the file",
    hint: str | None = None,
) -> bytes:
    """The content of a plain file of at most `limit` bytes, symbolic links followed.

    Raises `error` with the place for anything else; `what` names the file in its message, and `hint`
    says what to do about one that cannot be opened. The cause of the error is an OSError or a
    ValueError where the system said no.
    """
    where = Where(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: that may wait or act
            raise error(
                f"{what} cannot be read: it is not a plain file", where=where, hint=NOT_PLAIN
            )
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb", buffering=0) as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise error(
                    f"{what} cannot be read: it is not a plain file", where=where, hint=NOT_PLAIN
                )
            # Not up to the size that the system tells, which may be 0 for what never ends; it only
            # says how much to make room for at first.
            chunks, left, room = [], limit + 1, state.st_size + 1
            while left and (chunk := file.read(min(max(room, _LEAST), _CHUNK, left))):
                chunks.append(chunk)
                left -= len(chunk)
                room = room - len(chunk) if room > len(chunk) else _CHUNK
    except (OSError, ValueError) as failed:
        said = getattr(failed, "strerror", None) or str(failed)
        raise error(f"{what} cannot be read: {said}", where=where, hint=hint) from failed
    if not left:
        raise error(f"{what} is larger than {size_words(limit)}", where=where, hint=TOO_LARGE)
    return b"".join(chunks)


def open_plain(path: Path, error: type[InterviewerError], *, what: str = "the file") -> BinaryIO:
    """A plain file opened for reading bytes, for what is too large to be held. Raises `error`."""
    where = Where(str(path))
    try:
        if stat.S_ISREG(path.stat().st_mode):
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            return os.fdopen(handle, "rb")
    except (OSError, ValueError) as failed:
        said = getattr(failed, "strerror", None) or str(failed)
        raise error(f"{what} cannot be read: {said}", where=where) from failed
    raise error(f"{what} cannot be read: it is not a plain file", where=where, hint=NOT_PLAIN)


def size_words(size: int) -> str:
    """ "8 MB", "64 kB", "100 bytes"."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"


def decoded(
    data: bytes, name: str, error: type[InterviewerError], *, what: str = "the file"
) -> str:
    """The bytes as UTF-8 text without a byte order mark. Raises `error` with the line of what is
    none; `name` is what the file is called.
    """
    if data[:2] in _UTF16 or (len(data) > 3 and data[0:4:2].count(0) + data[1:4:2].count(0) == 2):
        raise error(
            f"{what} is not UTF-8 text; it looks like UTF-16",
            where=Where(name, 1),
            hint=SAVE_AS_UTF8,
        )
    try:
        return data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as failed:
        line = failed.object[: failed.start].count(b"\n") + 1
        raise error(
            f"{what} is not UTF-8 text", where=Where(name, line), hint=SAVE_AS_UTF8
        ) from failed


def read_text(
    path: Path,
    limit: int,
    error: type[InterviewerError],
    *,
    what: str = "the file",
    hint: str | None = None,
) -> str:
    """`read_bounded`, then `decoded`."""
    return decoded(
        read_bounded(path, limit, error, what=what, hint=hint), str(path), error, what=what
    )


def read_stream(stream: TextIO | None, limit: int, error: type[InterviewerError]) -> str:
    """What is left in standard input, at most `limit` bytes; "" where it is closed.

    Bytes that are no UTF-8 become replacement characters. Raises `error` for more than that.
    """
    if stream is None:
        return ""
    raw = getattr(stream, "buffer", None)
    found = raw.read(limit + 1) if raw is not None else stream.read(limit + 1)
    if len(found) > limit:
        raise error(f"standard input holds more than {size_words(limit)}")
    if isinstance(found, str):
        return found
    text: str = found.removeprefix(BOM).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


SCREEN = "-"
"""The name that stands for standard output."""


def is_screen(path: Path | None) -> bool:
    """Whether what is to be written there goes to standard output."""
    return str(path) == SCREEN


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file with `data`; a reader sees the old or the new content, never a part.

    A link is followed and the mode of a file kept. What is no plain file, such as a pipe or a
    device, is written to as it stands, and "-" is standard output. Raises OSError.
    """
    if is_screen(path):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    target = Path(os.path.realpath(path))
    try:
        there = path.stat()
    except FileNotFoundError:
        _replace(target, data, None)
        return
    if stat.S_ISREG(there.st_mode) and _is_same(target, there):
        _replace(target, data, stat.S_IMODE(there.st_mode))
    else:
        # A name such as /dev/stdout leads to no file that could be replaced, either.
        with path.open("wb", buffering=0) as file:
            write_all(file.fileno(), data)


def write_text(path: Path, text: str) -> None:
    """Replace the file with the text, in UTF-8. Raises as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


def write_all(handle: int, data: bytes) -> None:
    """Write everything to the open file, which the system may take in parts. Raises OSError."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def lock(handle: int, *, wait: bool = False) -> None:
    """Hold the open file alone until it is closed.

    Raises OSError where another holds it, unless that is to be waited for.
    """
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows, where the lock is left out
    except ImportError:
        return
    fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _is_same(target: Path, there: os.stat_result) -> bool:
    try:
        return os.path.samestat(target.stat(), there)
    except OSError:
        return False


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            Path(name).chmod(mode)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
