"""Files that are either whole or not there."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

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
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]


def write_text(path: Path, text: str) -> None:
    """Replace the file with the text, in UTF-8. Raises as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


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
