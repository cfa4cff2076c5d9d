"""A file of any known shape to what is found in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from interviewer.bank.importing import anki, rubric_formats, tables
from interviewer.bank.importing.documents import Document, TooMuch
from interviewer.bank.importing.plain_text import read_plain
from interviewer.common import files
from interviewer.errors import BankError, Where

MAX_BYTES = 8_000_000
MAX_PACKAGE = 200_000_000
"""Of an Anki package, most of which may be pictures and sound; its notes are bounded apart."""

_KINDS = (
    "A document is plain text, Markdown, a chat, a table (CSV, TSV), JSON or JSON lines, an Anki export (.txt or"
    " .apkg), or a promptfoo or autorubric file. Of a PDF or a web page paste the text: interviewer import -."
)
_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html\b)", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_NO_TEXT = {
    b"%PDF": "a PDF: copy its text into a .txt file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "compressed: unpack it first",
    b"\xd0\xcf\x11\xe0": "an old Office file: save it as text",
    b"SQLite format 3": "a database: export an .apkg or .txt from Anki",
    b"\x7fELF": "a program",
}


def read_document(path: Path) -> Document:
    """What is found in that file. Raises BankError with the place for one that holds no question."""
    data = files.read_bounded(path, MAX_PACKAGE, BankError, what="the document")
    if data.startswith(_ZIP):
        document = _bounded(path, lambda: anki.read_package(data))
    else:
        if len(data) > MAX_BYTES:
            raise BankError(
                f"the document is larger than {files.size_words(MAX_BYTES)}",
                where=Where(str(path)), hint=files.TOO_LARGE,
            )  # fmt: skip
        document = _text(path, _decoded(path, data))
    return asked_in(document, path)


def read_pasted(text: str, name: str) -> Document:
    """What is found in a text that came without a file. Raises as `read_document` does."""
    return asked_in(_text(Path(name), text), Path(name))


def asked_in(document: Document, path: Path) -> Document:
    """The document. Raises BankError where it holds no question with an answer."""
    if document.asked:
        return document
    first = document.missed[0] if document.missed else None
    raise BankError(
        f"there is no question with an answer in it{f': {first.why}' if first else ''}",
        where=Where(str(path), first.line if first else None),
        hint="Write '1. Question? Answer.', 'Q: ...' and 'A: ...', or a table with those columns.",
    )


def _decoded(path: Path, data: bytes) -> str:
    for start, what in _NO_TEXT.items():
        if data.startswith(start):
            raise BankError(f"it is no text but {what}", where=Where(str(path)), hint=_KINDS)
    text = files.decoded(data, str(path), BankError, what="the document")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BankError("it is no text: it holds a NUL", where=Where(str(path), line), hint=_KINDS)
    return text


def _text(path: Path, text: str) -> Document:
    return _bounded(path, lambda: _by_shape(path, text))


def _by_shape(path: Path, text: str) -> Document:
    ending = path.suffix.lower()
    if _PAGE.match(text[:2_000]) or ending in {".html", ".htm"}:
        raise BankError(
            "it is a web page: copy its text into a .txt or .md file", where=Where(str(path), 1),
            hint=_KINDS,
        )  # fmt: skip
    if ending in {".yaml", ".yml", ".json", ".jsonl"}:
        return rubric_formats.read_rubrics(path, text)
    if anki.is_notes(text):
        return anki.read_notes(text)
    if ending in {".csv", ".tsv", ".tab"} or tables.is_table(text):
        return tables.read_table(text)
    return read_plain(text)


def _bounded(path: Path, read: Callable[[], Document]) -> Document:
    try:
        return read()
    except TooMuch as much:
        raise BankError(
            much.message,
            where=Where(str(path), much.line),
            hint="Is it the right one? If so, split it.",
        ) from much
