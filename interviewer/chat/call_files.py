"""Where calls of models are kept: beside the log of their session, under its name."""

from __future__ import annotations

from pathlib import Path

CALLS_SUFFIX = ".calls.jsonl"


def calls_file(place: Path) -> Path:
    """Where calls are kept: beside a session's log, in a folder, or in the file itself."""
    if place.name.endswith(CALLS_SUFFIX):
        return place
    if place.suffix == ".jsonl":
        return place.with_name(place.stem + CALLS_SUFFIX)
    return place / f"interviewer{CALLS_SUFFIX}"
