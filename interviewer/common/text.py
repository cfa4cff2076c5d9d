"""Text from outside, made safe to show."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Tone = Literal["title", "question", "probe", "hint", "good", "missing", "note", "plain", "warning"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$:@=^])")
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def printable(text: str) -> str:
    """The text without control characters, escape sequences and direction overrides.

    Newlines and tabs stay; a carriage return becomes a newline. Zero-width joiners stay, for emoji.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char
        for char in text
        if char in "\n\t" or not (unicodedata.category(char) in ("Cc", "Cs") or ord(char) in _BIDI)
    )


def one_line(text: str, limit: int = 0) -> str:
    """The printable text on one line, cut with an ellipsis beyond `limit` characters (0: never)."""
    line = " ".join(printable(text).split())
    if limit and len(line) > limit:
        return line[: max(1, limit - 1)].rstrip() + "…"
    return line


def markdown(text: str) -> str:
    """The text so escaped that Markdown shows it as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def markdown_block(text: str) -> str:
    """The text as an escaped block quote that keeps its line breaks."""
    lines = printable(text).split("\n")
    return "\n".join("> " + _MARKDOWN.sub(r"\\\1", line.strip()) + "  " for line in lines).rstrip()


def duration(seconds: float) -> str:
    """Minutes and seconds, "4:05"; hours where there are any, "1:02:03"."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def plural(count: int, noun: str) -> str:
    """The count with its noun: "1 question", "2 questions"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
