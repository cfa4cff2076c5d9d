"""Adding to a file of gold answers without losing or doubling any."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from interviewer.agreement.gold_answers import GoldAnswer, gold_id
from interviewer.check.gold_files import rows_of
from interviewer.common import files
from interviewer.common.text import json_text
from interviewer.errors import GoldError, Where
from interviewer.grading import scoring


def row_of(answer: GoldAnswer) -> dict[str, Any]:
    """The answer as a row of a gold file. What was read off the score is nobody's word and stays out."""
    return {
        "id": answer.id,
        "question": answer.question,
        "kind": answer.kind,
        "answer": answer.answer,
        "score": answer.score,
        **({} if answer.by_score else {"passed": answer.passed}),
        "rater": answer.rater,
        "verdicts": dict(answer.verdicts),
        "misconceptions": list(answer.misconceptions or ()),
    }


def kept_in(path: Path) -> set[str]:
    """The answers in that file by `gold_id`, whatever ids they have there; none where there is no file.

    Raises GoldError for a file that cannot be read.
    """
    rows = rows_of(path) if path.exists() else ()
    return {name for _, row in rows if (name := _called(row)) is not None}


def _called(row: Mapping[str, Any]) -> str | None:
    question, answer = row.get("question"), row.get("answer")
    return gold_id(question, answer) if type(question) is int and type(answer) is str else None


def append_gold(path: Path, answer: GoldAnswer) -> str | None:
    """Add the answer as the last line, on disk on return; the id of the row that grades the same words alike
    where there is one, and nothing is added then.

    Raises GoldError for a file that cannot be read or written, and where the id or the answer is
    there with another grade.
    """
    row, name = row_of(answer), gold_id(answer.question, answer.answer)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    except OSError as error:
        raise GoldError(
            f"the gold answer cannot be written: {error.strerror}",
            where=Where(str(path)),
            hint="Name a file in a folder that you may write to with --gold.",
        ) from error
    try:
        files.lock(handle, wait=True)
        for where, found in rows_of(path):
            same = found.get("question") == answer.question and _called(found) == name
            if found.get("id") != answer.id and not same:
                continue
            if same and _grade_in(found) == _grade_in({**row, "passed": answer.passed}):
                return str(found.get("id", name))
            raise GoldError(
                f"'{found.get('id', name)}' is among the gold answers with another grade",
                where=where,
                hint="Change that line, or take it out and add it again.",
            )
        _write(path, handle, row)
    finally:
        os.close(handle)
    return None


def _grade_in(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The grade alone: who gave it and what sort of answer it is makes no other one."""
    score = row.get("score")
    passed = row.get("passed")
    return (
        score,
        scoring.passed(score) if passed is None and isinstance(score, int | float) else passed,
        row.get("verdicts") or {},
        sorted(row.get("misconceptions") or ()),
    )


def _write(path: Path, handle: int, row: dict[str, Any]) -> None:
    size = os.fstat(handle).st_size
    line = json_text(row).encode() + b"\n"
    if size and os.pread(handle, 1, size - 1) != b"\n":
        line = b"\n" + line
    try:
        files.write_all(handle, line)
        os.fsync(handle)
    except OSError as error:
        with suppress(OSError):
            os.ftruncate(handle, size)  # half a line would make the whole file unreadable
        raise GoldError(
            f"the gold answer could not be written: {error.strerror}", where=Where(str(path))
        ) from error
