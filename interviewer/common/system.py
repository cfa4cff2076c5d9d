"""The clock, the folders and the memory of this machine."""

from __future__ import annotations

import errno
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import platformdirs

APP = "interviewer"


class SystemClock:
    """Implements `Clock`; moments are in UTC."""

    def now(self) -> datetime:
        """The present moment, to the millisecond."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        """Seconds from some fixed point."""
        return time.monotonic()


def cache_folder() -> Path:
    """Where derived files go; they may be deleted at any time."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def data_folder() -> Path:
    """Where the program keeps what it made for its user and cannot make again by itself."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_file() -> Path:
    """The user's configuration; it need not exist."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"


def package_data(name: str) -> Path:
    """A folder shipped with the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / name
    return inside if inside.exists() else package.parent / name


_NO_MEMORY = (
    "bad_alloc",
    "failed to map segment",
    "cannot allocate memory",
    "failed to allocate memory",
    "can't start new thread",
    "can't allocate lock",
)
"""How libraries say so in errors of their own; a thread needs room for its stack."""


def is_short_of_memory(error: BaseException | None) -> bool:
    """Whether the error, or one that it came of, is a want of memory."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if (
            isinstance(error, ImportError | OSError | RuntimeError)
            or "onnx" in type(error).__module__
        ):
            words = str(error).lower()
            if any(phrase in words for phrase in _NO_MEMORY):
                return True
        error = error.__cause__ or error.__context__
    return False


def make_sure_of_room(size: int) -> None:
    """Raises MemoryError unless that many bytes can be had: some libraries end the process where they
    get none."""
    bytearray(size)


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...

    def monotonic(self) -> float:
        """Seconds from some fixed point."""
        ...
