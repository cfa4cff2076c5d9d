"""Answers collected elsewhere: JSON lines, tables, sessions, and folders of these, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from interviewer.bank.questions import Bank
from interviewer.chat.call_files import CALLS_SUFFIX
from interviewer.classroom.answer_fields import fields_of, row_of
from interviewer.classroom.answer_tables import table_rows
from interviewer.classroom.class_values import CollectedRow, NotGradable
from interviewer.classroom.line_files import lines_of, text_of
from interviewer.common import json_text
from interviewer.errors import InputError, TranscriptError, Where
from interviewer.session.events import Answered
from interviewer.session.log_file import read_log

TABLES = (".csv", ".tsv")
LINES = (".jsonl", ".ndjson")
_FORMS = (
    "Answers are JSON lines (.jsonl), tables (.csv, .tsv), or folders of these and of sessions."
)


def answer_files(given: Sequence[Path], besides: Path | None = None) -> list[Path]:
    """The files that those names stand for: a folder for its files in the order of their names.

    besides: what is written, which is never read. Raises InputError for a name that is nothing.
    """
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            held = [p for p in sorted(path.iterdir()) if _is_answers(p) and not _same(p, besides)]
            if not held:
                raise InputError("the folder holds no answers", where=Where(str(path)), hint=_FORMS)
            found += held
            continue
        if not path.exists():
            raise InputError("there is no such file", where=Where(str(path)), hint=_FORMS)
        if path.suffix.lower() not in (*TABLES, *LINES):
            raise InputError("this is no file of answers", where=Where(str(path)), hint=_FORMS)
        if _same(path, besides):
            raise InputError("the answers would be written over", where=Where(str(path)))
        found.append(path)
    return found


def collected(paths: Sequence[Path], bank: Bank) -> Iterator[CollectedRow]:
    """The rows of those files, one after the other. Raises InputError for a file that is none."""
    for path in paths:
        if path.suffix.lower() in TABLES:
            yield from table_rows(path, bank)
        elif _is_session(path):
            yield from _session_rows(path, bank)
        else:
            yield from _line_rows(path, bank)


def _is_answers(path: Path) -> bool:
    name = path.name.lower()
    return (
        path.suffix.lower() in (*TABLES, *LINES)
        and not name.startswith(".")
        and not name.endswith(CALLS_SUFFIX)
        and path.is_file()
    )


def _same(path: Path, other: Path | None) -> bool:
    try:
        return other is not None and path.samefile(other)
    except OSError:
        return False


def _line_rows(path: Path, bank: Bank) -> Iterator[CollectedRow]:
    for number, line in lines_of(path):
        if line is None or line.strip():
            yield _row(Where(str(path), number), line, bank)


def _row(where: Where, line: bytes | None, bank: Bank) -> CollectedRow:
    found = _object(line)
    if isinstance(found, str):
        return NotGradable(file=where.file, line=where.line or 1, reason=found)
    return row_of(where, fields_of(found), bank)


def _object(line: bytes | None) -> dict[str, Any] | str:
    """The object on that line, or why there is none."""
    text = None if line is None else text_of(line)
    if text is None:
        return "the line is too long" if line is None else "the line is not UTF-8 text"
    try:
        found = json_text.loads(text)
    except ValueError as error:
        return f"the line is not valid JSON: {error}"
    return found if isinstance(found, dict) else "the line holds no JSON object"


def _is_session(path: Path) -> bool:
    """Whether the first line with anything on it begins a session."""
    for _, line in lines_of(path):
        if line is None or line.strip():
            found = _object(line)
            return isinstance(found, dict) and found.get("event") == "started"
    return False


def _session_rows(path: Path, bank: Bank) -> Iterator[CollectedRow]:
    """The first answer to each question of a session: what came without a follow-up."""
    try:
        session = read_log(path).session
    except TranscriptError as error:
        line = (error.where.line if error.where else None) or 1
        yield NotGradable(file=str(path), line=line, reason=error.message)
        return
    for record in session.records:
        reply, asked = record.first.reply, record.question
        if not isinstance(reply, Answered):
            continue
        where = Where(str(path), reply.seq + 1)
        if asked.id in bank and bank.question(asked.id).prompt != asked.prompt:
            yield NotGradable(
                file=where.file, line=where.line or 1, candidate=session.started.session,
                reason=f"question {asked.id} of the bank '{bank.id}' is another one",
            )  # fmt: skip
            continue
        fields = {
            "id": f"{session.started.session}-{asked.id}", "candidate": session.started.session,
            "question": asked.id, "answer": reply.text,
        }  # fmt: skip
        yield row_of(where, fields, bank)
