"""What was found in a document, before it is made a bank."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.common.base import Text, Value
from interviewer.common.ranges import MAX_NUMBER

MOST_QUESTIONS = 2_000
"""In one document. A larger bank is slow to load, and nobody sits it."""

QUOTED = 100
"""Characters shown of a line that was not understood."""


class TooMuch(Exception):
    """A document beyond all bounds: the line where that shows, and what is too much."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line
        self.message = message


class Missed(Value):
    """Something that was not understood, or not taken over as it stood. line: from 1."""

    line: int
    text: str
    why: Text


class Heading(Value):
    """A section as the document names it. id: its letter, "" where it has none."""

    title: Text
    id: str = ""
    line: int


class RawQuestion(Value):
    """A question as it stands in a document.

    number: as written, None where there is none. part: the index of its section, None before the
    first. points: criteria that the document itself states, with their weights. wrong: statements
    that it says must not be made. enough: groups of which some are enough, by indexes into points.
    """

    line: int
    number: int | None = None
    prompt: str
    answers: tuple[str, ...] = ()
    points: tuple[tuple[str, float], ...] = ()
    wrong: tuple[str, ...] = ()
    enough: tuple[tuple[int, tuple[int, ...]], ...] = ()
    part: int | None = None

    def own_lines(self, references: Iterable[str]) -> set[tuple[str, str]]:
        """The lines that stand in the document as they are, each after the part that it belongs to."""
        return {
            ("prompt", self.prompt.strip()),
            *(("references", text) for text in references),
            *(("criteria", text) for text, _ in self.points),
            *(("misconceptions", text) for text in self.wrong),
        }


class Band(Value):
    """A tier or an aim in prose. first, last: numbers of questions as written; for an aim, None
    where it does not say of which. target: of an aim. said: the words about it."""

    line: int
    first: int | None
    last: int | None
    target: int | None = None
    percent: int | None = None
    said: str


class Document(Value):
    """All that was found. declared: how many questions the document says that it holds."""

    title: str = ""
    parts: tuple[Heading, ...] = ()
    asked: tuple[RawQuestion, ...] = ()
    tiers: tuple[Band, ...] = ()
    aims: tuple[Band, ...] = ()
    declared: int | None = None
    missed: tuple[Missed, ...] = ()


def number_of(digits: str) -> int | None:
    """The number of a question, None where it is none."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(MAX_NUMBER)):
        return None
    value = int(digits)
    return value if 1 <= value <= MAX_NUMBER else None
