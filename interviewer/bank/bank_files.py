"""Question banks from a folder of YAML files, every error with its place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.bank.importing.completing import completed
from interviewer.bank.questions import Bank, Question
from interviewer.bank.yaml_source import MAX_BYTES, Path_, Source
from interviewer.common import caches, files
from interviewer.common.base import problem_of
from interviewer.common.ranges import parse_numbers
from interviewer.errors import BankError, Where

_ONE_OF_THEM = "Write 'references:' with a full answer; criteria are then drafted from it."
_COMPILED = 3
"""Counts the ways in which what a bank leaves out was filled in: a copy of another way is no use."""

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
    compiled = cache / f"bank-{_COMPILED}-{source_digest(folder)}.json" if cache else None
    if compiled is not None:
        with suppress(ValueError):
            return Bank.model_validate_json(caches.kept(compiled, 8 * MAX_BYTES) or b"")
    bank = _parse(folder, {})
    if compiled is not None:
        caches.keep(compiled, bank.model_dump_json().encode("utf-8", "surrogatepass"))
    return bank


def title_of(folder: Path) -> str:
    """What the bank is called, by its bank.yaml alone. Raises BankError."""
    head = Source(folder / "bank.yaml")
    title = head.data.get("title") if isinstance(head.data, dict) else None
    return title if isinstance(title, str) else slug(folder.resolve().name)


def load_changed(folder: Path, texts: Mapping[str, str]) -> Bank:
    """The bank as it would be with those texts for the files of those names. Raises BankError."""
    return _parse(folder, texts)


def places(folder: Path) -> dict[int, Where]:
    """The file and line of each question by its number. Raises BankError."""
    found: dict[int, Where] = {}
    _parse(folder, {}, found)
    return found


def _parse(folder: Path, texts: Mapping[str, str], at: dict[int, Where] | None = None) -> Bank:
    head = Source(folder / "bank.yaml", texts.get("bank.yaml"))
    if not isinstance(head.data, dict):
        raise head.fail("bank.yaml must hold keys such as 'title' and 'sections'")
    name = slug(folder.resolve().name)
    data: dict[str, Any] = {"id": name, "version": "1", **head.data}
    data.setdefault("title", data["id"])
    sections: list[dict[str, Any]] = []
    questions: list[Question] = []
    places: dict[int, str] = {}
    for i, entry in enumerate(_items(head, data, "sections")):
        here: Path_ = ("sections", i)
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            raise head.fail("a section needs an id and a file", here)
        name = entry["file"]
        if Path(name).name != name or not name.endswith(".yaml"):
            raise head.fail(f"'{name}' must be the plain name of a .yaml file in this folder", here)
        section = {key: value for key, value in entry.items() if key != "file"}
        sections.append({"title": entry.get("id"), **section})
        file = Source(folder / name, texts.get(name))
        found = _section(file, sections[-1], max(places, default=0))
        for question, source, line in found:
            if question.id in places:
                raise source.fail(
                    f"question {question.id} is defined twice, here and at {places[question.id]}",
                    line,
                    "Give each question of the bank a number of its own.",
                )
            places[question.id] = f"{source.path.name}:{source.lines[line]}"
            if at is not None:
                at[question.id] = Where(str(source.path), source.lines[line])
            questions.append(question)
    for name in ("tiers", "aims"):
        for i, band in enumerate(_items(head, data, name, needed=False)):
            _expand_range(head, band, (name, i), places)
    data["sections"] = sections
    data["questions"] = sorted(questions, key=lambda q: q.id)
    return _validate(Bank, data, head, (), "the bank")


def _items(source: Source, data: dict[str, Any], key: str, *, needed: bool = True) -> Sequence[Any]:
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


def _section(
    source: Source, section: Mapping[str, object], last: int
) -> list[tuple[Question, Source, Path_]]:
    """The questions of a section. last: the highest number so far, from which those without go on."""
    data, section_id = source.data, section.get("id")
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
        whole = completed(raw, last + 1, str(section.get("title")))
        number = whole["id"]
        name = f"question {number[:40]}" if isinstance(number, str) else "a question"
        if not raw.get("references") and not raw.get("criteria"):
            raise source.fail(f"{name} has no reference and no criterion", at, _ONE_OF_THEM)
        question = _validate(Question, {**whole, "section": data["section"]}, source, at, name)
        last = max(last, question.id)
        out.append((question, source, at))
    return out


def _validate(model: type[M], data: Any, source: Source, at: Path_, name: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = error.errors()
        misspelt = next(((e, meant) for e in found if (meant := _meant(e, found))), None)
        first, meant = misspelt or (found[0], "")
        path: Path_ = (*at, *first["loc"])
        advice = f"Did you mean '{meant}'?" if meant else _advice(first)
        raise source.fail(f"{name}: {problem_of(first)}", path, advice) from error


def _meant(error: Any, errors: Sequence[Any]) -> str:
    """The key beside it that is missing and nearly spelt like one that is not known; "" if none is."""
    *place, key = error["loc"] or ("",)
    if error["type"] != "extra_forbidden":
        return ""
    missing = [
        str(e["loc"][-1]) for e in errors if e["type"] == "missing" and [*e["loc"][:-1]] == place
    ]
    return next(iter(get_close_matches(str(key), missing, n=1)), "")


def slug(name: str) -> str:
    """A name as an id of a bank. One in another script than Latin gets an id that is its own."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    made = "-".join(re.findall(r"[a-z0-9]+", bare))[:50].strip("-")
    if any(c.isascii() for c in bare if c.isalpha()) or not any(map(str.isalpha, bare)):
        return made or "bank"
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{made or 'bank'}-{digest}"


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
