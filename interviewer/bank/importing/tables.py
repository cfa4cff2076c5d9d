"""Questions and answers in tables: CSV, tab-separated text, the rows of a Markdown table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.bank.importing import line_marks
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
from interviewer.bank.importing.pages import card_text
from interviewer.common.text import one_line, printable

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 100_000
_LONGEST_TAG = 60
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
    return len(lines) > 1 and tabbed >= 0.8 * len(lines) and not any(map(line_marks.Q.match, lines))


def read_table(text: str) -> Document:
    """What is found in a table whose delimiter shows in its first lines. Raises TooMuch."""
    return document_from(_unmarked(rows_of(text, _delimiter(text))))


def _unmarked(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows without the HTML of cards and with what a cloze hides for its answer, where cells hold such."""
    if not any(card_text.MARKUP.search(cell) for _, cells in rows for cell in cells):
        return list(rows)
    bare = [(line, [card_text.plain(cell) for cell in cells]) for line, cells in rows]
    return list(card_text.clozed(bare, (0, 1)))


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


def document_from(rows: Sequence[TableRow], columns: Columns | None = None) -> Document:
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
            columns = Columns(0, (1,), _tags(rows))
            why = (
                "no headings: the first column is taken for the question, the second for the answer"
            )
            why += ", the third for the section" if columns.section else ""
            width = max(width, 3) if columns.section else width
            shown = one_line(" | ".join(rows[0][1]), QUOTED)
            missed.append(Missed(line=rows[0][0], text=shown, why=why))
    found = _asked(rows, columns or Columns(0, (1,)), missed)
    return found.model_copy(update={"missed": (*found.missed, *_beyond(rows, width))})


def _tags(rows: Sequence[TableRow]) -> int | None:
    """The third column where it holds the same few tags again and again, as an export of cards does."""
    cells = [_cell(cells, 2) for _, cells in rows]
    tagged = [cell for cell in cells if cell and len(cell) <= _LONGEST_TAG and "\n" not in cell]
    few = len({cell.split()[0] for cell in tagged}) * 2 <= len(rows)
    return 2 if few and len(tagged) * 2 > len(rows) else None


def _section(cell: str) -> str:
    """The title of a section: the first of the tags of a card, "biology::cell leech"."""
    first = cell.split(maxsplit=1)[0] if "::" in cell else cell
    return one_line(first.replace("::", ", "), 80)


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
        if not prompt or not answers or card_text.is_picture(prompt):
            why = "a question without an answer" if prompt else "a row without a question"
            why = "a picture asks it, and nobody can say that" if prompt and answers else why
            shown = one_line(" | ".join(c for c in cells if c.strip()), QUOTED)
            missed.append(Missed(line=line, text=shown, why=why))
            continue
        if len(asked) == MOST_QUESTIONS:
            raise TooMuch(line, f"the table has more than {MOST_QUESTIONS:,} questions")
        title = _section(_cell(cells, columns.section))
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
