"""Text from outside, made safe to show."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import zip_longest
from typing import Any, Literal

Tone = Literal[
    "title", "question", "probe", "hint", "good", "half", "missing", "note", "plain", "warning",
    "path",
]  # fmt: skip
"""What a paragraph is. A path is never broken, so that it can be copied."""

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164"
    r"\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What Unicode has displays leave out (Default_Ignorable_Code_Point), and format characters that
show nothing. The signs of the category Cf that are seen, such as the Arabic number sign, stay."""

_SHAPING = "\u200c\u200d\ufe0e\ufe0f"
"""Joiners and variation selectors: they shape emoji and some scripts, and hide text elsewhere."""

UNSEEN = f"{_CONTROLS}{_BIDI}{_INVISIBLE}{_SHAPING}"
"""All characters that are not seen, line breaks and tabs aside, as the inside of a pattern's [ ]."""

_GONE = re.compile(f"[{_CONTROLS}{_BIDI}{_INVISIBLE}]+")
_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SHAPES = re.compile(f"[{_SHAPING}]")
_ESCAPED = re.compile(rf"[{UNSEEN}\u2028\u2029]")
_JOINING = (
    *(range(0x0600, 0x0900), range(0x0900, 0x0E00), range(0x1000, 0x10A0), range(0x1780, 0x18B0)),
    *(range(0x1900, 0x1D00), range(0xA800, 0xAC00), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF)),
    *(range(0x10A00, 0x11000), range(0x11000, 0x12000)),
)
"""Blocks of scripts whose letters take another form beside a joiner: Arabic, Indic and the like."""


def printable(text: str) -> str:
    """The text without control characters, escape sequences, direction overrides and what shows
    nothing.

    Newlines and tabs stay; every other line break becomes a newline. Joiners and variation
    selectors stay only where they shape an emoji, or a letter of a script that needs them.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _GONE.sub("", _BREAK.sub("\n", text))
    return "".join(shown_of(text)) if _SHAPES.search(text) else text


def shown_of(text: str) -> list[str]:
    """What is shown of each character: itself, a newline, or nothing; joined, `printable(text)`."""
    kept = [_alone(char, text[at + 1 : at + 2]) for at, char in enumerate(text)]
    seen = [at for at, char in enumerate(kept) if char]
    before = ""
    for at, following in zip_longest(seen, seen[1:]):
        after = "" if following is None else kept[following]
        if kept[at] in _SHAPING and not (before and _shapes(kept[at], before, after)):
            kept[at] = ""
        else:
            before = kept[at]
    return kept


def _alone(char: str, after: str) -> str:
    if _BREAK.match(char):
        return "" if char == "\r" and after == "\n" else "\n"
    return "" if _GONE.match(char) else char


def _shapes(char: str, before: str, after: str) -> bool:
    """Whether that joiner or selector changes what is seen there."""
    kind = unicodedata.category(before)
    if char in "\ufe0e\ufe0f":
        if before in "#*0123456789":
            return after == "\u20e3"
        return before > "\x7f" and (kind in ("So", "Sm") or before in "‼⁉〰ℹ")
    if any(ord(before) in block for block in _JOINING) and kind[0] in "LM":
        return True
    emoji = kind == "So" or before == "\ufe0f" or "\U0001f3fb" <= before <= "\U0001f3ff"
    return (
        char == "\u200d"
        and emoji
        and after != ""
        and (unicodedata.category(after) == "So" or after in "↔↕")
    )


def is_seen(char: str) -> bool:
    """Whether the character shows something by itself or is a space; no format character counts,
    none for private use and none that Unicode has not assigned."""
    usual = char.isprintable() or unicodedata.category(char) == "Zs"
    return usual and char not in _SHAPING and not _GONE.match(char)


def json_text(value: Any) -> str:
    """JSON whose characters are all seen: every other one is escaped as \\uXXXX.

    value: JSON text as a library writes it, or plain data. Raises ValueError for numbers that JSON
    has not.
    """
    text = (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
    )
    return _ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], text)


def one_line(text: str, limit: int = 0) -> str:
    """The printable text on one line, cut with an ellipsis beyond `limit` characters (0: never)."""
    line = " ".join(printable(text).split())
    if limit and len(line) > limit:
        return line[: max(1, limit - 1)].rstrip() + "…"
    return line


DASH = "–"
"""Stands for a value that is not defined."""


def score(value: float | None) -> str:
    """ "0.85"."""
    return DASH if value is None else f"{value:.2f}"


def change(value: float | None) -> str:
    """ "+0.85"."""
    return DASH if value is None else f"{value:+.2f}"


def duration(seconds: float) -> str:
    """Minutes and seconds, "4:05"; hours where there are any, "1:02:03"."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def plural(count: int, noun: str) -> str:
    """The count with its noun: "1 question", "2 questions"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def letter(index: int) -> str:
    """0 is "a", 25 is "z", 26 is "aa"."""
    head, last = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("a") + last)
