"""The clock, and the folders of this machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import platformdirs

APP = "interviewer"


class SystemClock:
    """Implements `ports.Clock`; moments are in UTC."""

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


def config_file() -> Path:
    """The user's configuration; it need not exist."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"


def package_data(name: str) -> Path:
    """A folder shipped with the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / name
    return inside if inside.exists() else package.parent / name


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...

    def monotonic(self) -> float:
        """Seconds from some fixed point."""
        ...
