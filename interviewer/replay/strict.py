"""Whether a log gives the transcript beside it, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewer.common import files
from interviewer.common.text import plural
from interviewer.errors import TranscriptError, Where
from interviewer.report import markdown_report, report_data
from interviewer.session import log_file
from interviewer.session.fold import fold
from interviewer.session.log_file import ReadLog
from interviewer.session.record import Session

CONTEXT = 60
"""Bytes shown before and after the place where two lines part."""


def hold_to(read: ReadLog, md: Path) -> str:
    """What was checked; TranscriptError with the first line that is not as it must be."""
    log_file.check_canonical(read)
    expected = _transcript(read.session)
    if _transcript(fold(read.events)) != expected:
        raise TranscriptError("the transcript comes out differently each time it is made")
    hint = "'interviewer report FILE' writes it; --md names another file."
    kept = files.read_bounded(
        md, log_file.MAX_BYTES, TranscriptError, what="the transcript", hint=hint
    )
    apart = _first_difference(expected, kept)
    if apart is not None:
        raise TranscriptError(
            "the transcript is not what the log says",
            where=Where(str(md), apart.line),
            hint=f"by the log:  {apart.expected}\n  in the file: {apart.found}",
        )
    return f"{plural(len(read.events), 'event')}, and {md.name} is what they say, byte for byte."


def _transcript(session: Session) -> bytes:
    return markdown_report.render(report_data.build(session)).encode()


@dataclass(frozen=True)
class _Parting:
    """The first line, from 1, in which two texts differ, as both have it around that place."""

    line: int
    expected: str
    found: str


def _first_difference(expected: bytes, found: bytes) -> _Parting | None:
    """The first difference; None if there is none. What cannot be seen is written as an escape."""
    if expected == found:
        return None
    left, right = expected.split(b"\n"), found.split(b"\n")
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else None
        two = right[number] if number < len(right) else None
        if one != two:
            at = _parting(one or b"", two or b"")
            return _Parting(number + 1, _shown(one, at), _shown(two, at))
    return None


def _parting(one: bytes, two: bytes) -> int:
    same = (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    return next(same, min(len(one), len(two)))


def _shown(line: bytes | None, at: int) -> str:
    if line is None:
        return "(nothing: the text ends before)"
    start, end = max(0, at - CONTEXT), at + CONTEXT
    cut = repr(line[start:end].decode("utf-8", "replace"))
    return ("…" if start else "") + cut + ("…" if end < len(line) else "")
