"""Grade a class: rows in, rows with grades out, in their order and one of each.

A text that stands several times as an answer to a question is graded once. What is held at a time
is bounded, however many rows there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from interviewer.classroom.class_values import (
    ClassHead,
    Collected,
    CollectedRow,
    GradedRow,
    GradesRow,
    NotGradable,
    graded_row,
    ungraded_row,
)
from interviewer.classroom.engines import Engine, Pending, WorkerLost
from interviewer.classroom.grades_file import GradesFile
from interviewer.classroom.known_texts import Digest, KnownTexts, text_digest
from interviewer.classroom.workers import WorkResult

MOST_WAITING = 4096
"""Rows that are held back because one before them is not graded yet."""
PATIENCE = 3
"""Workers that may die over a piece of work before each of its answers is graded by itself."""
DEADLY = "whoever graded it died of it"


class Shelf(Protocol):
    """Where rows are put, and found again by the number of their place."""

    def put(self, row: GradesRow) -> int:
        """Put the row after those before it; its place."""
        ...

    def row_at(self, place: int) -> GradesRow:
        """The row at that place."""
        ...


@dataclass(eq=False)
class _Ticket:
    """A piece of work. deaths: how many workers were lost over it."""

    work: list[tuple[int, str]] = field(default_factory=list)
    pending: Pending | None = None
    found: list[WorkResult] | None = None
    deaths: int = 0


@dataclass(eq=False)
class _Waiting:
    """A row that is not put away yet, with what its outcome will come from: nothing where it was
    refused, a row put away before, or its place in a piece of work."""

    row: CollectedRow
    text: Digest | None = None
    place: int | None = None
    ticket: _Ticket | None = None
    at: int = 0


class ClassGrading:
    """One grading of a class. shelf: where rows are put. known: the texts of the rows there."""

    def __init__(self, engine: Engine, shelf: Shelf, known: KnownTexts):
        self._engine = engine
        self._shelf = shelf
        self._known = known
        self._queue: deque[_Waiting] = deque()
        self._open: list[_Ticket] = []
        self._filling = _Ticket()
        self._under_way: dict[Digest, tuple[_Ticket, int]] = {}

    def rows(self, rows: Iterable[CollectedRow]) -> Iterator[GradesRow]:
        """The rows with their grades, each put on the shelf before it is given.

        Raises what the making of the grader raises.
        """
        for row in rows:
            self._queue.append(self._waiting(row))
            while len(self._open) > self._engine.width or len(self._queue) > MOST_WAITING:
                yield self._next()
        while self._queue:
            yield self._next()

    def _waiting(self, row: CollectedRow) -> _Waiting:
        if isinstance(row, NotGradable):
            return _Waiting(row)
        text = text_digest(row.question, row.answer)
        if text in self._under_way:
            ticket, at = self._under_way[text]
            return _Waiting(row, text, ticket=ticket, at=at)
        place = self._known.find(text)
        if place is not None:
            return _Waiting(row, place=place)
        ticket, at = self._filling, len(self._filling.work)
        ticket.work.append((row.question, row.answer))
        self._under_way[text] = ticket, at
        if len(ticket.work) >= self._engine.size:
            self._send()
        return _Waiting(row, text, ticket=ticket, at=at)

    def _next(self) -> GradesRow:
        waiting = self._queue.popleft()
        made = _row(waiting.row, self._outcome(waiting))
        place = self._shelf.put(made)
        if waiting.text is not None:
            self._known.keep(waiting.text, place)
            self._under_way.pop(waiting.text, None)
        return made

    def _outcome(self, waiting: _Waiting) -> WorkResult:
        if isinstance(waiting.row, NotGradable):
            return waiting.row.reason
        if waiting.place is not None:
            same = self._shelf.row_at(waiting.place)
            return same.grade if isinstance(same, GradedRow) else same.reason
        assert waiting.ticket is not None
        return self._found(waiting.ticket)[waiting.at]

    def _send(self) -> None:
        ticket, self._filling = self._filling, _Ticket()
        ticket.pending = self._engine.submit(ticket.work)
        self._open.append(ticket)

    def _found(self, ticket: _Ticket) -> list[WorkResult]:
        """What came of the piece; waits for it, and has it done again where it was lost."""
        if ticket.found is not None:
            return ticket.found
        if ticket is self._filling:
            self._send()
        while ticket.found is None and ticket.deaths < PATIENCE:
            assert ticket.pending is not None
            try:
                ticket.found = ticket.pending.result()
            except WorkerLost as lost:
                ticket.deaths = PATIENCE if lost.tried else ticket.deaths + 1
                self._again(ticket)
        if ticket.found is None:
            ticket.found = [self._alone(question, answer) for question, answer in ticket.work]
        self._open.remove(ticket)
        return ticket.found

    def _again(self, lost: _Ticket) -> None:
        """Have that piece done again, and every other that is known to be lost."""
        for ticket in self._open:
            gone = ticket is not lost and ticket.pending is not None and ticket.pending.lost
            ticket.deaths += gone
            if (gone or ticket is lost) and ticket.deaths < PATIENCE:
                ticket.pending = self._engine.submit(ticket.work)

    def _alone(self, question: int, answer: str) -> WorkResult:
        try:
            return self._engine.alone([(question, answer)])[0]
        except WorkerLost:
            return DEADLY


def grade_into(
    target: Path,
    head: ClassHead,
    rows: Iterator[CollectedRow],
    engine: Engine,
    held: Callable[[int], None] = lambda count: None,
) -> Iterator[GradesRow]:
    """Grade the rows into that file and give each that is new there.

    held: told how many rows the file held already. Raises InputError where the file holds grades
    of others, or cannot be written.
    """
    with (
        GradesFile(target, head) as shelf,
        closing(KnownTexts(target.with_name(f".{target.name}.known"))) as known,
    ):
        held(shelf.go_on(rows, known))
        yield from ClassGrading(engine, shelf, known).rows(rows)


def _row(row: CollectedRow, outcome: WorkResult) -> GradesRow:
    if isinstance(outcome, str):
        return ungraded_row(row, outcome)
    assert isinstance(row, Collected)
    return graded_row(row, outcome)
