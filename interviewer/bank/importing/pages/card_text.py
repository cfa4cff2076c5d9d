"""The text of a card: no HTML, and a gap to fill as a question."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from interviewer.common.text import printable

CLOZE = re.compile(r"\{\{c\d{1,3}::(.{1,500}?)(?:::(.{0,200}?))?\}\}", re.DOTALL)
MARKUP = re.compile(
    r"</?(?:b|i|u|p|br|div|span|ul|ol|li|sub|sup|img|table|tr|td|strong|em|code)\b[^<>]{0,500}>"
    r"|&(?:nbsp|amp|lt|gt|quot|#\d{2,5});|\{\{c\d{1,3}::",
    re.IGNORECASE,
)
"""What shows that a cell holds the HTML of a card."""
_MEDIA = re.compile(r"<img\b[^<>]{0,500}>|\[sound:[^\]]{0,200}\]", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,500}|!--.{0,500}?--)>", re.DOTALL)
_LONG = 50
_DROPPED = re.compile(r"<(style|script)\b.{0,5000}?</\1>", re.IGNORECASE | re.DOTALL)


def plain(field: str) -> str:
    """The text of a field: no HTML; what was a picture or a sound is marked as one that is lost."""
    text = _MEDIA.sub(" [image] ", field)
    text = _DROPPED.sub(" ", text)
    text = _BREAK.sub("\n", _ITEM.sub("\n- ", text))
    text = html.unescape(_TAG.sub("", text)).replace("\xa0", " ")
    lines = [kept for line in printable(text).split("\n") if (kept := " ".join(line.split()))]
    for at in range(len(lines) - 1):
        # A long line would be taken for one that was wrapped, and goes on in the next.
        if len(lines[at]) >= _LONG and lines[at][-1].isalnum() and lines[at + 1][0].isupper():
            lines[at] += ";"
    return "\n".join(lines)


def is_picture(prompt: str) -> bool:
    """Whether nothing but a picture or a sound asks."""
    return "[image]" in prompt and not any(map(str.isalnum, prompt.replace("[image]", "")))


def cloze(text: str) -> tuple[str, tuple[str, ...]]:
    """The question and the answer of a text with gaps."""
    hidden = [match[1] for match in CLOZE.finditer(text)]
    shown = CLOZE.sub(lambda m: f"[{m[2]}]" if m[2] else "[...]", text)
    answer = hidden[0] if len(hidden) == 1 else "\n".join(f"- {text}" for text in hidden)
    return f"What is missing: {shown}", (answer,)


def clozed(
    rows: Sequence[tuple[int, Sequence[str]]], usual: Sequence[int]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows, those with gaps as question and answer. usual: the columns of the two."""
    for line, cells in rows:
        first = cells[usual[0]] if usual[0] < len(cells) else ""
        if not CLOZE.search(first):
            yield line, cells
            continue
        prompt, answers = cloze(first)
        made = [*cells, *[""] * (usual[1] + 1 - len(cells))]
        made[usual[0]], made[usual[1]] = prompt, answers[0]
        yield line, made
