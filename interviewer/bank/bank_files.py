"""Question banks from a folder of YAML files, every error with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.bank.questions import Bank, Question
from interviewer.bank.yaml_source import MAX_BYTES, Path_, Source
from interviewer.common import caches, files
from interviewer.common.base import problem_of
from interviewer.common.ranges import parse_numbers
from interviewer.errors import BankError, Where

M = TypeVar("M", bound=BaseModel)


def source_digest(folder: Path) -> str:
    """Identifies the bytes of the bank's files; one that cannot be read is passed over."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        try:
            data = files.read_bounded(path, MAX_BYTES, BankError)
        except BankError:
            continue  # whoever needs it says what is wrong with it
        digest.update(f"{path.name}:{len(data)}:".encode() + data)
    return digest.hexdigest()[:24]


def load_bank(folder: Path, cache: Path | None = None) -> Bank:
    """The bank in that folder. Raises BankError with file and line.

    cache: a folder for compiled banks, found again by the digest of their sources. A cached copy
    that cannot be read or written is passed over.
    """
    if not files.is_plain(folder / "bank.yaml"):
        raise BankError(
            "there is no bank here",
            where=Where(str(folder)),
            hint="A bank is a folder with a bank.yaml; see docs/bank-format.md.",
        )
    compiled = cache / f"bank-{source_digest(folder)}.json" if cache else None
    if compiled is not None:
        with suppress(ValueError):
            return Bank.model_validate_json(caches.kept(compiled, 8 * MAX_BYTES) or b"")
    bank = _parse(folder)
    if compiled is not None:
        caches.keep(compiled, bank.model_dump_json().encode("utf-8", "surrogatepass"))
    return bank


def _parse(folder: Path) -> Bank:
    head = Source(folder / "bank.yaml")
    if not isinstance(head.data, dict):
        raise head.fail("bank.yaml must hold keys such as 'title' and 'sections'")
    data: dict[str, Any] = dict(head.data)
    sections: list[dict[str, Any]] = []
    questions: list[Question] = []
    places: dict[int, str] = {}
    for i, entry in enumerate(_items(head, data, "sections")):
        at: Path_ = ("sections", i)
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            raise head.fail("a section needs an id, a title and a file", at)
        name = entry["file"]
        if Path(name).name != name or not name.endswith(".yaml"):
            raise head.fail(f"'{name}' must be the plain name of a .yaml file in this folder", at)
        sections.append({key: value for key, value in entry.items() if key != "file"})
        for question, source, line in _section(Source(folder / name), entry.get("id")):
            if question.id in places:
                raise source.fail(
                    f"question {question.id} is defined twice, here and at {places[question.id]}",
                    line,
                    "Give each question of the bank a number of its own.",
                )
            places[question.id] = f"{source.path.name}:{source.lines[line]}"
            questions.append(question)
    for name in ("tiers", "aims"):
        for i, band in enumerate(_items(head, data, name, needed=False)):
            _expand_range(head, band, (name, i), places)
    data["sections"] = sections
    data["questions"] = sorted(questions, key=lambda q: q.id)
    return _validate(Bank, data, head, (), "the bank")


def _items(
    source: Source, data: dict[str, Any], key: str, *, needed: bool = True
) -> Sequence[Any]:
    found = data.get(key)
    if found is None and not needed:
        return []
    if not isinstance(found, list):
        raise source.fail(f"'{key}' must be a list", (key,))
    return found


def _expand_range(source: Source, band: Any, at: tuple[str, int], known: Collection[int]) -> None:
    if isinstance(band, dict) and isinstance(band.get("questions"), str):
        try:
            band["questions"] = list(parse_numbers(band["questions"]))
        except ValueError as error:
            raise source.fail(
                f"'questions' of this {at[0][:-1]}: {error}",
                (*at, "questions"),
                "Write numbers and ranges from low to high: 1-15,20.",
            ) from error
        if missing := [q for q in band["questions"] if q not in known]:
            raise source.fail(
                f"this {at[0][:-1]} names question {missing[0]}, which does not exist",
                (*at, "questions"),
                "Name only questions of this bank.",
            )


def _section(source: Source, section_id: object) -> list[tuple[Question, Source, Path_]]:
    data = source.data
    keys = set(data) if isinstance(data, dict) else set()
    if keys != {"section", "questions"}:
        odd = min(keys - {"section", "questions"}, default=None)
        raise source.fail(
            "a section file holds the keys 'section' and 'questions' and no others",
            (odd,) if odd else (),
        )
    if data["section"] != section_id:
        raise source.fail(
            f"this file is section {_said(data['section'])}, bank.yaml says {_said(section_id)}",
            ("section",),
            "Make the two agree.",
        )
    out = []
    for i, raw in enumerate(_items(source, data, "questions")):
        at: Path_ = ("questions", i)
        if not isinstance(raw, dict):
            raise source.fail("a question must be a mapping with an id", at)
        if "section" in raw:
            raise source.fail("a question takes its section from its file", (*at, "section"))
        number = raw.get("id", "?")
        name = f"question {number[:40]}" if isinstance(number, str) else "a question"
        question = _validate(Question, {**raw, "section": data["section"]}, source, at, name)
        out.append((question, source, at))
    return out


def _validate(model: type[M], data: Any, source: Source, at: Path_, name: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        path: Path_ = (*at, *first["loc"])
        raise source.fail(f"{name}: {problem_of(first)}", path, _advice(first)) from error


def _said(value: object) -> str:
    return f"'{value[:40]}'" if isinstance(value, str) else "none"


def _advice(error: Any) -> str:
    if error["type"] == "too_long":
        return "Make two questions of it, or join statements that go together."
    if error["type"] == "extra_forbidden":
        return "Check the spelling against docs/bank-format.md, or take the key out."
    if error["type"] == "missing":
        return "Add it; docs/bank-format.md shows a whole question."
    return "docs/bank-format.md says what each key takes."
