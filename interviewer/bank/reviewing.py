"""What becomes of a drafted line that a person has read: kept, changed or dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from interviewer.bank.drafts import BankLine
from interviewer.bank.questions import Draft, Question


def kept(question: Question, line: BankLine) -> Question:
    """With the line marked as read."""
    notes = tuple(
        note.model_copy(update={"read": True}) if _is_of(note, line) else note
        for note in question.drafts
    )
    return question.model_copy(update={"drafts": notes})


def changed(question: Question, line: BankLine, text: str) -> Question:
    """With another text for the line, which is a person's then.

    Raises ValueError for what the line cannot be.
    """
    return _rebuilt(question, line, lambda old: text if old == line.text else old)


def dropped(question: Question, line: BankLine) -> Question:
    """Without the line, and without what hangs on it. Raises ValueError if it is needed."""
    if line.at in ("kind", "prompt"):
        raise ValueError(f"a question needs its {line.at}: keep or change it")
    return _rebuilt(question, line, lambda old: None if old == line.text else old)


def _rebuilt(question: Question, line: BankLine, put: Callable[[str], str | None]) -> Question:
    data: dict[str, Any] = question.model_dump()
    head, *rest = line.at.split(".")
    if head in ("kind", "prompt", "again", "easier", "example"):
        data[head] = put(data[head])
    elif head == "references":
        data[head] = _each(data[head], put)
    elif head in ("criteria", "misconceptions"):
        data[head] = _claims(data[head], rest, put)
    elif head == "probes":
        texts = [
            (p, put(p["text"]) if p["criterion"] == rest[0] else p["text"]) for p in data[head]
        ]
        data[head] = [{**p, "text": text} for p, text in texts if text is not None]
    elif head == "deeper":
        new = put(data["deeper"]["prompt"])
        data["deeper"] = None if new is None else {**data["deeper"], "prompt": new}
    _without_loose_ends(data)
    data["drafts"] = [note.model_dump() for note in question.drafts if not _is_of(note, line)]
    return Question.model_validate(data)


def _claims(
    claims: list[dict[str, Any]], rest: list[str], put: Callable[[str], str | None]
) -> list[dict[str, Any]]:
    out = []
    for claim in claims:
        if claim["id"] != rest[0]:
            out.append(claim)
        elif len(rest) == 2:
            out.append({**claim, rest[1]: _each(claim[rest[1]], put)})
        elif (new := put(claim["statement"])) is not None:
            out.append({**claim, "statement": new})
    return out


def _each(texts: list[str], put: Callable[[str], str | None]) -> list[str]:
    return [new for text in texts if (new := put(text)) is not None]


def _without_loose_ends(data: dict[str, Any]) -> None:
    """Probes and groups follow their criteria."""
    ids = {criterion["id"] for criterion in data["criteria"]}
    data["probes"] = [probe for probe in data["probes"] if probe["criterion"] in ids]
    groups = []
    for group in data.get("groups", ()):
        of = [claim for claim in group["of"] if claim in ids]
        if len(of) > group["enough"]:
            groups.append({**group, "of": of})
    data["groups"] = groups


def _is_of(note: Draft, line: BankLine) -> bool:
    return note.line == line.at and note.mark == line.draft(note.by).mark
