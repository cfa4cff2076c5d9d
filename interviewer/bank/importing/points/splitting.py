"""A text cut at a pattern, but never within brackets or quotes."""

from __future__ import annotations

import re

from interviewer.answer_text.normalize import content


def split(pattern: re.Pattern[str], text: str) -> list[str]:
    """The stretches of the text between matches of the pattern."""
    return [text[start:end] for start, end in _cuts(pattern, text)]


def parts(
    pattern: re.Pattern[str], text: str, least: int, hanging: re.Pattern[str] | None = None
) -> list[str]:
    """The text cut at the pattern; a part of fewer telling words than `least`, or that matches `hanging`,
    stays with the one before, as it was written."""
    out: list[tuple[int, int]] = []
    for start, end in _cuts(pattern, text):
        hangs = hanging is not None and hanging.match(text[start:end])
        if out and (
            hangs or min(len(content(text[start:end])), len(content(text[slice(*out[-1])]))) < least
        ):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return [text[start:end].strip() for start, end in out]


def outside(text: str) -> list[str]:
    """The words of the text without what stands in brackets."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text).split()


def _cuts(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    inside = _inside(text)
    out, at = [], 0
    for match in pattern.finditer(text):
        if not inside[match.start()]:
            out.append((at, match.start()))
            at = match.end()
    return [(start, end) for start, end in (*out, (at, len(text))) if text[start:end].strip()]


def _inside(text: str) -> list[int]:
    depth, quoted, out = 0, False, []
    for char in text:
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(0, depth - 1)
        elif char in '"“”':
            quoted = not quoted
        out.append(depth + quoted)
    # Brackets or quotes that never close hide nothing.
    return [*out, 0] if not depth and not quoted else [0] * (len(out) + 1)
