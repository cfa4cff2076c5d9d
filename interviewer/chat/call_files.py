"""Where calls of models are kept: beside the log of their session, under its name."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

CALLS_SUFFIX = ".calls.jsonl"
_moved: dict[Path, Path] = {}


def calls_file(place: Path) -> Path:
    """Where calls are kept: beside a session's log, in a folder, or in the file itself."""
    if place.name.endswith(CALLS_SUFFIX):
        return place
    if place.suffix == ".jsonl":
        return place.with_name(place.stem + CALLS_SUFFIX)
    return place / f"interviewer{CALLS_SUFFIX}"


def follow(old: Path, new: Path) -> None:
    """The calls of a session are kept beside its log, which is no longer `old` but `new`.

    They stay where they were if the new name is taken or cannot be written.
    """
    before, after = calls_file(old), calls_file(new)
    if before == after or os.path.lexists(after):
        return
    with suppress(OSError):
        if before.exists():
            shutil.move(before, after)
        _moved[before] = after


def kept_now(calls: Path) -> Path:
    """Where calls are kept that were first kept there."""
    while calls in _moved:
        calls = _moved[calls]
    return calls
