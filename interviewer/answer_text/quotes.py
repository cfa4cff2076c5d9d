"""Whether quoted words stand in an answer, and where."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Self
from unicodedata import normalize

from pydantic import Field, model_validator

from interviewer.answer_text.normalize import content
from interviewer.common.base import Value
from interviewer.common.text import is_seen

_SINGLE = "'’‘‚‛`´′ʼ＇"
_DOUBLE = '"“”„‟«»″＂'
_FOLDED = {ord(c): "'" for c in _SINGLE} | {ord(c): "'" for c in _DOUBLE}
_FOLDED |= {ord("‹"): "<", ord("›"): ">", 0xFF1C: "<", 0xFF1E: ">"}
_DASHES = "‐‑‒–—―−﹘﹣－⁃"
_FOLDED |= {ord(c): "-" for c in _DASHES}
_EDGES = " '.,;:!?…-*"
_CHOICE = re.compile(r"\bor\b|\beither\b|\bwhether\b", re.IGNORECASE)


Offset = Annotated[int, Field(ge=0)]


class Evidence(Value):
    """A half-open span of the answer, in characters (code points)."""

    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("evidence must span at least one character")
        return self

    def of(self, answer: str) -> str:
        """The words of the answer that the span covers."""
        return answer[self.start : self.end]


def find(quote: str, answer: str) -> Evidence | None:
    """Where the quoted words stand in the answer, in code points of the answer; None if nowhere.

    White space, case, quote marks, dashes, ligatures and other compatible forms (NFKC, character by
    character) and characters that are not seen are folded; punctuation around the quote does not
    count. A quote neither begins nor ends within a word.
    """
    wanted = _fold(quote)[0].strip(_EDGES)
    if not wanted:
        return None
    text, starts, ends = _fold(answer)
    at = text.find(wanted)
    while at >= 0:
        last = at + len(wanted)
        if not (_within_word(text, at) or _within_word(text, last)):
            return Evidence(start=starts[at], end=ends[last - 1])
        at = text.find(wanted, at + 1)
    return None


def only_asked(quote: str, asked: str) -> bool:
    """Whether the quote says nothing that the question did not.

    A question that offers a choice may be answered in its own words, by fewer of them.
    """
    said, known = content(quote), set(content(asked))
    if any(word not in known for word in said):
        return False
    return not (said and _CHOICE.search(asked) and len(set(said)) < len(known))


def _within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


@lru_cache(maxsize=4096)
def _shape(char: str) -> str:
    plain = char.translate(_FOLDED)
    return plain if plain.isascii() else normalize("NFKC", plain)


def _fold(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and for each of its characters where it begins and ends in `text`."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            if out and out[-1] == " ":
                ends[-1] = at + 1
                continue
            folded = " "
        else:
            folded = _shape(char).casefold() if is_seen(char) else ""
        for part in folded:
            out.append(part)
            starts.append(at)
            ends.append(at + 1)
    return "".join(out), starts, ends
