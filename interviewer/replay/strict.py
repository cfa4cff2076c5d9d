"""Where two texts first differ."""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 60
"""Bytes shown before and after the place where two lines part."""


@dataclass(frozen=True)
class Parting:
    """The first line, from 1, in which two texts differ, as both have it around that place."""

    line: int
    expected: str
    found: str


def first_difference(expected: bytes, found: bytes) -> Parting | None:
    """The first difference; None if there is none. What cannot be seen is written as an escape."""
    if expected == found:
        return None
    left, right = expected.split(b"\n"), found.split(b"\n")
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else None
        two = right[number] if number < len(right) else None
        if one != two:
            at = _parting(one or b"", two or b"")
            return Parting(number + 1, _shown(one, at), _shown(two, at))
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
