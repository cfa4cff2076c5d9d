"""Text from outside as data in a prompt.

A fence is two lines that hold a marker nobody outside can guess. Servers such as llama.cpp read the
special tokens of a chat template also inside a message, so whatever looks like one is taken apart.
"""

from __future__ import annotations

import re

from interviewer.common.text import is_seen, printable

_TAG_OPENS = re.compile(r"<(?=[/!?|<A-Za-z])")
_TAG_CLOSES = re.compile(r"(?<=[/|>A-Za-z\"'\d])>")
_TEMPLATE = re.compile(r"\[(?=\s*/?\s*(?:inst|sys|system|assistant|user|tool)\b)", re.IGNORECASE)
_RULE = re.compile(r"([=#~`*_\-–—])\1{2,}")


def fence(text: str, marker: str, label: str = "answer") -> str:
    """The text, made harmless, between two lines that hold `marker`.

    marker: drawn afresh for every call by whoever makes it, from a source that cannot be foreseen.
    """
    body = harmless(text)
    while marker and marker in body:
        body = body.replace(marker, "")
    return f"=== {marker} {label} begins ===\n{body}\n=== {marker} {label} ends ==="


def harmless(text: str) -> str:
    """The text without what is not seen, with tags, template tokens and fence lines taken apart.

    What shows nothing by itself goes, private and unassigned characters too, so that a judge reads
    what somebody at the screen reads. Wide forms of angle brackets become plain.
    """
    shown = "".join(c for c in printable(text) if c in "\n\t" or is_seen(c))
    shown = shown.translate({0xFF1C: "<", 0xFF1E: ">", 0xFE64: "<", 0xFE65: ">"})
    shown = _TAG_CLOSES.sub("›", _TAG_OPENS.sub("‹", shown))
    return _RULE.sub(r"\1\1", _TEMPLATE.sub("(", shown)).strip()


def inline(text: str) -> str:
    """The harmless text on one line."""
    return " ".join(harmless(text).split())
