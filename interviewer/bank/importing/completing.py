"""What a question of a bank leaves out, filled in: a prompt and a reference or criterion are enough.

Works on the data of a file as it was written; whatever has another shape than it should is left for
the values to refuse. What drafts is imported where something is left out: a whole bank, like the
shipped one, is read without it.
"""

from __future__ import annotations

from typing import Any

from interviewer.bank.drafts import BankLine


def completed(raw: dict[str, Any], number: int, section_title: str) -> dict[str, Any]:
    """The question with what it leaves out: its number, kind, criteria and references.

    number: the one it gets if it has none. What a program filled in is noted under `drafts`.
    """
    data = {**raw, "id": raw.get("id", str(number))}
    prompt = data.get("prompt")
    if not isinstance(prompt, str):
        return data
    made: list[BankLine] = []
    references = _texts(data.get("references"))
    listed = False
    if references and not data.get("criteria"):
        from interviewer.bank.importing.drafting import rubric

        found = rubric(prompt, references)
        listed = found.pop("listed")
        del found["doubts"]
        for key, values in found.items():
            if values and not data.get(key):
                data[key] = [
                    value.model_dump(mode="json", exclude_defaults=True) for value in values
                ]
        for key in ("criteria", "misconceptions"):
            if data.get(key) and not raw.get(key):
                made += [
                    BankLine(f"{key}.{claim['id']}", claim["statement"]) for claim in data[key]
                ]
    for key in ("criteria", "misconceptions"):
        if isinstance(data.get(key), list):
            data[key] = _named(data[key])
    if (
        not references
        and "references" not in data
        and (stated := _statements(data.get("criteria")))
    ):
        from interviewer.bank.importing.drafting import joined

        data["references"] = [joined(stated)]
        made.append(BankLine("references", data["references"][0]))
    if "kind" not in data:
        from interviewer.bank.importing.spoken import kind_of

        data["kind"] = kind_of(prompt, section_title, listed=listed)
        made.append(BankLine("kind", data["kind"]))
    notes = data.get("drafts", [])
    if made and isinstance(notes, list):
        from interviewer.bank.importing.drafting import BY

        data["drafts"] = [*notes, *(line.draft(BY).model_dump(mode="json") for line in made)]
    return data


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _statements(claims: object) -> list[str]:
    held = claims if isinstance(claims, list) else []
    return [s for c in held if isinstance(c, dict) and isinstance(s := c.get("statement"), str)]


def _named(claims: list[Any]) -> list[Any]:
    """Claims as mappings with an id: a bare text is a statement."""
    data = [{"statement": claim} if isinstance(claim, str) else claim for claim in claims]
    taken = [str(claim["id"]) for claim in data if isinstance(claim, dict) and "id" in claim]
    for at, claim in enumerate(data):
        if (
            isinstance(claim, dict)
            and "id" not in claim
            and isinstance(claim.get("statement"), str)
        ):
            from interviewer.bank.importing import cutting

            (name,) = cutting.named([claim["statement"]], taken)
            data[at] = {"id": name, **claim}
            taken.append(name)
    return data
