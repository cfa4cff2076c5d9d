"""What the columns and keys of collected answers are called, and what a row of them holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from interviewer.bank.questions import Bank
from interviewer.classroom.class_values import LONGEST_NAME, Collected, CollectedRow, NotGradable
from interviewer.common.base import writable
from interviewer.common.text import one_line
from interviewer.errors import Where

NAMES: dict[str, tuple[str, ...]] = {
    "question": ("question", "question_id", "question number", "number", "q"),
    "answer": ("answer", "text", "response"),
    "candidate": ("candidate", "student", "person", "name", "who", "user", "email"),
    "id": ("id", "answer_id"),
}
"""The words for each field, the first of which is ours."""

NO_ANSWER = "there is no answer"
_FIELD = {word: field for field, words in NAMES.items() for word in words}
_NUMBER = re.compile(r"(?:question|q)?[\s.#_-]*([0-9]{1,6})", re.IGNORECASE)


def field_of(word: str) -> str | None:
    """The field that a heading or key stands for; None for any other."""
    return _FIELD.get(word.strip().lower())


def number_of(word: str) -> int | None:
    """The question that "12", "Q12" or "question 12" names; None if none."""
    found = _NUMBER.fullmatch(word.strip())
    return int(found[1]) if found else None


def fields_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row by our names; where two words stand for one field, the first counts."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        field = field_of(key)
        if field is not None and value is not None:
            found.setdefault(field, value)
    return found


def name_of(value: object) -> str:
    """A name as text: numbers are names too. What is no name is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return one_line(writable(str(value)), LONGEST_NAME)


def row_of(where: Where, fields: Mapping[str, Any], bank: Bank) -> CollectedRow:
    """The answer that those fields hold, or why there is nothing to grade in them."""
    names = {name: name_of(fields.get(name)) for name in ("id", "candidate")}
    place: dict[str, Any] = {"file": where.file, "line": where.line or 1, **names}
    asked, said = fields.get("question"), fields.get("answer")
    number = _question(asked)
    if isinstance(said, str):
        said = writable(said).strip()
    known = number is not None and number in bank
    kept = {**place, "question": number if known else None}
    if isinstance(said, str):
        kept["answer"] = said
    if asked is None or asked == "":
        return NotGradable(**kept, reason="it does not say which question it answers")
    if not known:
        shown = one_line(str(asked), 40)
        return NotGradable(**kept, reason=f"there is no such question in '{bank.id}': {shown}")
    if said is not None and not isinstance(said, str):
        return NotGradable(**kept, reason="the answer is no text")
    if not said:
        return NotGradable(**kept, reason=NO_ANSWER)
    return Collected(**kept)


def _question(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 < value < 1_000_000 else None
    return number_of(value) if isinstance(value, str) else None
