"""Tables of answers: one answer a row, or one candidate a row and a column for each question."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.bank.questions import Bank
from interviewer.classroom.answer_fields import field_of, name_of, number_of, row_of
from interviewer.classroom.class_values import CollectedRow, NotGradable
from interviewer.classroom.line_files import lines_of, text_of
from interviewer.common import files
from interviewer.errors import InputError, Where

DELIMITERS = ",;\t|"
_HINT = (
    "The first line of a table names its columns: 'question' and 'answer', and if you like 'candidate'"
    " and 'id'; or 'candidate' and a column for each question, such as '12' or 'Q12'."
)
_TOO_WIDE = (
    "the row has more cells than its table has columns (is a text with a comma not in quotes?)"
)


class _Physical:
    """The lines of a file for the reader of rows. `number` is that of the last one it took."""

    def __init__(self, path: Path):
        self._lines = lines_of(path)
        self._name = str(path)
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        text = None if line is None else text_of(line)
        if text is None:
            raise _Bad("the line is too long" if line is None else "the line is not UTF-8 text")
        return text


class _Bad(ValueError):
    """A line that no row can be made of."""


@dataclass(frozen=True)
class _Head:
    """The first line. columns: by the place of each one its field, or the question it answers.
    width: how many columns there are."""

    delimiter: str = ","
    columns: dict[int, str | int] = field(default_factory=dict)
    width: int = 0


def table_rows(path: Path, bank: Bank) -> Iterator[CollectedRow]:
    """The rows of a table. Raises InputError where its first line is no head of one."""
    source = _Physical(path)
    try:
        head = _head(next(source, ""), bank)
    except _Bad as bad:
        raise InputError(str(bad), where=Where(str(path), 1), hint=files.SAVE_AS_UTF8) from bad
    if not head.columns:
        raise InputError(
            "the first line does not name the columns of a table of answers",
            where=Where(str(path), 1),
            hint=_HINT,
        )
    for where, cells in _rows(source, head.delimiter, str(path)):
        if isinstance(cells, str):
            yield NotGradable(file=where.file, line=where.line or 1, reason=cells)
        elif any(cell.strip() for cell in cells):
            yield from _answers(where, cells, head, bank)


def _rows(source: _Physical, delimiter: str, name: str) -> Iterator[tuple[Where, list[str] | str]]:
    """Each row with its place, or why it is none; after that the next line begins a row."""
    while True:
        begun = source.number
        try:
            for cells in csv.reader(source, delimiter=delimiter, strict=True):
                yield Where(name, begun + 1), cells
                begun = source.number
            return
        except (csv.Error, _Bad) as bad:
            quote = " (is a quotation mark left open?)" if isinstance(bad, csv.Error) else ""
            yield Where(name, begun + 1), f"the row cannot be read: {bad}{quote}"


def _head(line: str, bank: Bank) -> _Head:
    """The head, by the delimiter that makes most of it; without columns where it is none."""
    prompts = {question.prompt.casefold(): question.id for question in bank.questions}
    best = _Head()
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        found = _columns(names, prompts)
        if len(found) > len(best.columns):
            best = _Head(delimiter, found, len(names))
    return best


def _columns(names: Sequence[str], prompts: dict[str, int]) -> dict[int, str | int]:
    fields: dict[int, str | int] = {}
    for at, name in enumerate(names):
        known = field_of(name)
        if known is not None and known not in fields.values():
            fields[at] = known
    if {"question", "answer"} <= set(fields.values()):
        return fields
    kept = {at: known for at, known in fields.items() if known in ("candidate", "id")}
    asked = {
        at: number
        for at, name in enumerate(names)
        if (number := number_of(name) or prompts.get(name.strip().casefold())) is not None
    }
    return {**kept, **asked} if asked else {}


def _answers(where: Where, cells: Sequence[str], head: _Head, bank: Bank) -> Iterator[CollectedRow]:
    held = {name: cells[at] if at < len(cells) else "" for at, name in head.columns.items()}
    own = {str(name): value for name, value in held.items() if not isinstance(name, int)}
    if len(cells) > head.width:
        yield NotGradable(
            file=where.file, line=where.line or 1, candidate=name_of(own.get("candidate")),
            reason=_TOO_WIDE,
        )  # fmt: skip
        return
    asked = [name for name in held if isinstance(name, int)]
    if not asked:
        yield row_of(where, own, bank)
    for number in asked:
        name = f"{own['id']}-{number}" if own.get("id") else ""
        yield row_of(where, {**own, "id": name, "question": number, "answer": held[number]}, bank)
