"""Cards of Anki: notes as text (.txt) and packages of decks (.apkg)."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any

from interviewer.bank.importing.documents import (
    MOST_QUESTIONS,
    QUOTED,
    Document,
    Heading,
    Missed,
    RawQuestion,
    TooMuch,
)
from interviewer.bank.importing.pages.card_text import CLOZE, cloze, clozed, is_picture, plain
from interviewer.bank.importing.tables import Columns, TableRow, document_from, rows_of
from interviewer.common.text import one_line

MAX_COLLECTION = 64_000_000
"""Bytes of the database within a package, unpacked."""

_STEPS = 2_000_000
"""Steps of the database's machine after which a query is given up: one of a usual deck takes a
hundredth. A package is data, and its tables may be views that never end."""

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_HEADER = re.compile(
    r"^#(separator|html|columns|notetype column|deck column|tags column|guid column|deck|tags|notetype):(.*)$"
)
_FRONT = ("front", "question", "prompt", "text", "term", "word")
_BACK = (
    "back",
    "answer",
    "references",
    "statement",
    "definition",
    "extra",
    "back extra",
    "meaning",
)
_NEWER = (
    "the package is in Anki's newer form, which is not read: export it again with 'Support older"
    " Anki versions' ticked, or as 'Notes in Plain Text'"
)


def is_notes(text: str) -> bool:
    """Whether it is an export of Anki as plain text: its first line says the separator."""
    return text.startswith("#separator:") or text.startswith("#html:")


def read_notes(text: str) -> Document:
    """What is found in an export as plain text. Raises TooMuch."""
    head: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (match := _HEADER.match(lines[0])):
        head[match[1]] = match[2].strip()
        lines = lines[1:]
    skipped = len(head)
    named = head.get("separator", "tab")
    delimiter = _SEPARATORS.get(named.lower(), named if len(named) == 1 else "\t")
    rows: list[TableRow] = [
        (line + skipped, [text if CLOZE.search(text) else text.replace("::", ", ")
                          for text in map(plain, cells)])
        for line, cells in rows_of("\n".join(lines), delimiter)
    ]  # fmt: skip
    special = {
        name: int(value) - 1
        for name in ("deck column", "tags column", "notetype column", "guid column")
        if (value := head.get(name, "")).isdigit() and 0 < int(value) < 100
    }
    width = max((len(cells) for _, cells in rows), default=0)
    usual = [at for at in range(width) if at not in special.values()]
    if len(usual) < 2:
        usual = [0, 1]
    section = special.get("deck column", special.get("tags column"))
    return document_from(list(clozed(rows, usual)), Columns(usual[0], (usual[1],), section))


def read_package(data: bytes) -> Document:
    """What is found in a package. Raises TooMuch for one that cannot be read within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            collection = _collection(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise TooMuch(1, f"the package cannot be unpacked: {one_line(str(error), 80)}") from error
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(collection)
            _guard(database)
            return _notes(database)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            raise TooMuch(
                1, f"the package's notes cannot be read: {one_line(str(error), 80)}"
            ) from error


def _collection(package: zipfile.ZipFile) -> bytes:
    names = package.namelist()
    if "collection.anki21b" in names:
        raise TooMuch(1, _NEWER)
    for name in ("collection.anki21", "collection.anki2"):
        if name in names:
            with package.open(name) as file:
                found = file.read(MAX_COLLECTION + 1)
            if len(found) > MAX_COLLECTION:
                raise TooMuch(
                    1, f"the package unpacks to more than {MAX_COLLECTION // 1_000_000} MB"
                )
            return found
    raise TooMuch(1, "it is a package without Anki's notes: no collection in it")


def _guard(database: sqlite3.Connection) -> None:
    """Reading alone is allowed, for so many steps."""
    steps = iter(range(_STEPS // 1000))
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}

    def authorize(action: int, *_: Any) -> int:
        return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY

    database.set_authorizer(authorize)
    database.set_progress_handler(lambda: next(steps, None) is None, 1000)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4_000_000)


def _notes(database: sqlite3.Connection) -> Document:
    models, decks = _names(database)
    home = {}
    with suppress(sqlite3.Error):  # a note without a known deck is in no section
        home = dict(database.execute("SELECT nid, did FROM cards LIMIT 200000"))
    asked: list[RawQuestion] = []
    parts: dict[str, int] = {}
    found: list[Heading] = []
    missed: list[Missed] = []
    rows = database.execute(
        "SELECT id, mid, flds FROM notes ORDER BY id LIMIT ?", (MOST_QUESTIONS + 1,)
    )
    for at, (note, model, fields) in enumerate(rows, start=1):
        if at > MOST_QUESTIONS:
            raise TooMuch(at, f"the package has more than {MOST_QUESTIONS:,} notes")
        prompt, answers = _front_and_back(str(fields).split("\x1f"), models.get(str(model), []))
        if not prompt or not answers or is_picture(prompt):
            shown = one_line(plain(str(fields).replace("\x1f", " | ")), QUOTED)
            missed.append(
                Missed(line=at, text=shown, why="a note without a question and an answer in words")
            )
            continue
        title = one_line(decks.get(str(home.get(note)), "").replace("::", ", "), 80)
        if title and title not in parts:
            parts[title] = len(found)
            found.append(Heading(title=title, line=at))
        asked.append(
            RawQuestion(line=at, prompt=one_line(prompt), answers=answers, part=parts.get(title))
        )
    return Document(parts=tuple(found), asked=tuple(asked), missed=tuple(missed))


def _names(database: sqlite3.Connection) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The fields of each model and the name of each deck, as far as they can be read."""
    models: dict[str, list[str]] = {}
    decks: dict[str, str] = {}
    row = next(database.execute("SELECT models, decks FROM col LIMIT 1"), ("{}", "{}"))
    with suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
        for key, model in json.loads(row[0]).items():
            models[key] = [str(f["name"]).casefold() for f in model["flds"]]
    with suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
        decks = {key: str(deck["name"]) for key, deck in json.loads(row[1]).items()}
    return models, decks


def _front_and_back(fields: Sequence[str], names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    by_name = dict(zip(names, map(plain, fields), strict=False))
    texts = [plain(field) for field in fields]
    if texts and CLOZE.search(texts[0]):
        return cloze(texts[0])
    front = next((by_name[n] for n in _FRONT if by_name.get(n)), texts[0] if texts else "")
    back = next((by_name[n] for n in _BACK if by_name.get(n)), texts[1] if len(texts) > 1 else "")
    return front, (back,) if back else ()
