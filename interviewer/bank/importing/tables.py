"""Questions and answers in tables: CSV, tab-separated text, the rows of a Markdown table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.bank.importing import line_marks as marks
from interviewer.bank.importing.documents import (
    MOST_QUESTIONS,
    QUOTED,
    Document,
    Heading,
    Missed,
    RawQuestion,
    TooMuch,
    number_of,
)
from interviewer.common.text import one_line, printable

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 100_000
_NAMES = {
    "prompt": "question prompt q front ask problem term frage pregunta pergunta domanda вопрос 问题",
    "answer": "answer reference references a back definition response solution expected statement antwort"
    " respuesta réponse resposta risposta ответ 答案",
    "section": "section topic category deck chapter subject tag tags theme thema tema",
    "number": "id no number nr # n",
}
_COLUMN = {word: column for column, names in _NAMES.items() for word in names.split()}

TableRow = tuple[int, Sequence[str]]
"""The line it begins on, and its cells."""


@dataclass(frozen=True)
class Columns:
    """Which columns hold what, by index. answers: each alone earns full marks."""

    prompt: int
    answers: tuple[int, ...]
    section: int | None = None
    number: int | None = None


def is_table(text: str) -> bool:
    """Whether nearly every line has a tab between two cells and none of the marks of a list."""
    lines = [line for line in text.split("\n", 400)[:400] if line.strip()]
    tabbed = sum(1 for line in lines if "\t" in line.strip())
    return len(lines) > 1 and tabbed >= 0.8 * len(lines) and not any(map(marks.Q.match, lines))


def read_table(text: str) -> Document:
    """What is found in a table whose delimiter shows in its first lines. Raises TooMuch."""
    delimiter = _delimiter(text)
    return read_rows(rows_of(text, delimiter))


def rows_of(text: str, delimiter: str) -> list[TableRow]:
    """The rows that are not empty. Raises TooMuch for a cell beyond all bounds."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    rows: list[TableRow] = []
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begun, [printable(cell) for cell in cells]))
            begun = reader.line_num + 1
            if len(rows) > MOST_QUESTIONS + 1:
                raise TooMuch(begun, f"the table has more than {MOST_QUESTIONS:,} rows")
    except csv.Error as error:
        raise TooMuch(begun, f"the table cannot be read: {error}") from error
    return rows


def read_rows(rows: Sequence[TableRow], columns: Columns | None = None) -> Document:
    """What is found in the rows. columns: which hold what; found by their headings if not given."""
    missed: list[Missed] = []
    width = max(len(rows[0][1]) if rows else 0, 2)
    if columns is not None:
        width = max((len(cells) for _, cells in rows), default=0)
    if columns is None and rows:
        columns, headed = _columns(rows[0][1])
        if headed:
            missed += _unused(rows[0], columns)
            rows = rows[1:]
        else:
            missed.append(
                Missed(line=rows[0][0], text=one_line(" | ".join(rows[0][1]), QUOTED), why=(
                    "no headings: the first column is taken for the question, the second for the answer"
                ))
            )  # fmt: skip
    found = _asked(rows, columns or Columns(0, (1,)), missed)
    return found.model_copy(update={"missed": (*found.missed, *_beyond(rows, width))})


def _unused(head: TableRow, columns: Columns | None) -> list[Missed]:
    """The columns whose headings say nothing to this program."""
    used = () if columns is None else (
        columns.prompt, *columns.answers, columns.section, columns.number,
    )  # fmt: skip
    left = [cell.strip() for at, cell in enumerate(head[1]) if at not in used and cell.strip()]
    why = "columns that are not taken over"
    return [Missed(line=head[0], text=one_line(", ".join(left), QUOTED), why=why)] if left else []


def _beyond(rows: Sequence[TableRow], width: int) -> list[Missed]:
    """What stands in cells beyond those of the first row: a delimiter within an answer, as a rule."""
    return [
        Missed(
            line=line,
            text=one_line(" | ".join(left), QUOTED),
            why="cells beyond the columns; put quotes around what holds the delimiter",
        )
        for line, cells in rows
        if (left := [cell for cell in cells[width:] if cell.strip()])
    ]


def holds_questions(rows: Sequence[TableRow]) -> bool:
    """Whether the first row names a column of questions and one of answers."""
    return bool(rows) and _columns(rows[0][1])[0] is not None


def _asked(rows: Iterable[TableRow], columns: Columns, missed: list[Missed]) -> Document:
    parts: dict[str, int] = {}
    found: list[Heading] = []
    asked: list[RawQuestion] = []
    for line, cells in rows:
        prompt = _cell(cells, columns.prompt)
        answers = tuple(a for at in columns.answers if (a := _cell(cells, at)))
        if not prompt or not answers:
            why = "a question without an answer" if prompt else "a row without a question"
            shown = one_line(" | ".join(c for c in cells if c.strip()), QUOTED)
            missed.append(Missed(line=line, text=shown, why=why))
            continue
        if len(asked) == MOST_QUESTIONS:
            raise TooMuch(line, f"the table has more than {MOST_QUESTIONS:,} questions")
        title = one_line(_cell(cells, columns.section), 80)
        if title and title not in parts:
            parts[title] = len(found)
            found.append(Heading(title=title, line=line))
        asked.append(
            RawQuestion(
                line=line, number=number_of(_cell(cells, columns.number)), prompt=one_line(prompt),
                answers=answers, part=parts.get(title) if title else None,
            )
        )  # fmt: skip
    return Document(parts=tuple(found), asked=tuple(asked), missed=tuple(missed))


def _columns(first: Sequence[str]) -> tuple[Columns | None, bool]:
    """What the columns hold by their headings, and whether the row is one of headings."""
    named: dict[str, list[int]] = {}
    for at, cell in enumerate(first):
        word = re.sub(r"[\s_-]*\d+$", "", cell.strip().casefold()) or cell.strip()
        if column := _COLUMN.get(word) or _COLUMN.get(word.split(" ")[-1]):
            named.setdefault(column, []).append(at)
    if "prompt" not in named or "answer" not in named:
        return None, False
    section, number = (next(iter(named.get(key, ())), None) for key in ("section", "number"))
    return Columns(named["prompt"][0], tuple(named["answer"]), section, number), True


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _delimiter(text: str) -> str:
    head = [line for line in text.split("\n", 50)[:50] if line.strip()]
    first = head[0] if head else ""
    return max(
        _DELIMITERS,
        key=lambda d: (first.count(d) > 0, sum(line.count(d) > 0 for line in head), first.count(d)),
    )
