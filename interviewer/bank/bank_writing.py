"""A bank as files that a person can go on with."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interviewer.bank.questions import Bank, Claim, Question, Section
from interviewer.common import files
from interviewer.common.ranges import in_short
from interviewer.common.text import one_line

_WIDTH = 100
_ORDER = (
    *(
        "id",
        "kind",
        "seconds",
        "prompt",
        "again",
        "easier",
        "example",
        "after",
        "terms",
        "references",
    ),
    *("criteria", "groups", "misconceptions", "probes", "deeper", "gaps", "drafts"),
)
_IN_LINE = {"drafts", "groups", "probes"}
"""Lists whose entries stand on a line each."""


def bank_texts(bank: Bank, comments: Mapping[int, str] | None = None) -> dict[str, str]:
    """The files of the bank by name. comments: a line above the question of that number."""
    names = {section.id: _file_name(section) for section in bank.sections}
    head = {
        "id": bank.id, "version": bank.version, "title": bank.title,
        "sections": [_flow({"id": s.id, "title": s.title, "file": names[s.id]}) for s in bank.sections],
    }  # fmt: skip
    if bank.tiers:
        head["tiers"] = [
            {
                "questions": in_short(t.questions).replace(" ", ""),
                "name": t.name,
                "failing": t.failing,
            }
            for t in bank.tiers
        ]
    if bank.aims:
        head["aims"] = [
            _flow(
                {
                    "name": a.name,
                    "questions": in_short(a.questions).replace(" ", ""),
                    "target": a.target,
                }
            )
            for a in bank.aims
        ]
    out = {"bank.yaml": dumped(head)}
    for section in bank.sections:
        held = [q for q in bank.questions if q.section == section.id]
        out[names[section.id]] = section_text(section.id, held, comments)
    return out


def section_text(
    section: str, questions: list[Question], comments: Mapping[int, str] | None = None
) -> str:
    """The file of one section."""
    from ruamel.yaml.comments import CommentedSeq  # noqa: PLC0415 - only where banks are written

    rows = CommentedSeq()
    for at, question in enumerate(questions):
        rows.append(question_data(question))
        if comment := (comments or {}).get(question.id):
            rows.yaml_set_comment_before_after_key(at, before=one_line(comment), indent=2)
    return dumped({"section": section, "questions": rows})


def question_data(question: Question) -> Any:
    """The question as data for a file: what is as usual is left out."""
    plain = question.model_dump(mode="json", exclude_defaults=True, exclude={"section"})
    plain["kind"] = question.kind
    for key, claims in (
        ("criteria", question.criteria),
        ("misconceptions", question.misconceptions),
    ):
        if claims:
            plain[key] = [_claim(claim) for claim in claims]
    if question.drafts:
        plain["drafts"] = [draft.model_dump(mode="json") for draft in question.drafts]
    for key in _IN_LINE & set(plain):
        plain[key] = [_flow(entry) for entry in plain[key]]
    return {key: plain[key] for key in _ORDER if key in plain}


def write_bank(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files, bank.yaml last, so that a folder with one is whole. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(texts, key=lambda name: name == "bank.yaml"):
        files.write_text(folder / name, texts[name])


def dumped(data: Any) -> str:
    """The data as YAML."""
    out = io.StringIO()
    round_trip().dump(data, out)
    return out.getvalue()


def round_trip() -> Any:
    """A reader and writer of YAML that keeps comments and order."""
    from ruamel.yaml import YAML  # noqa: PLC0415

    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    return yaml


def _claim(claim: Claim) -> dict[str, Any]:
    plain = claim.model_dump(mode="json", exclude_defaults=True)
    plain = {key: int(v) if v.__class__ is float and v == int(v) else v for key, v in plain.items()}
    order = ("id", "weight", "cost", "statement", "settle", "accepts", "rejects")
    return {key: plain[key] for key in order if key in plain}


def _flow(data: dict[str, Any]) -> Any:
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415

    out = CommentedMap(data)
    out.fa.set_flow_style()
    return out


def _file_name(section: Section) -> str:
    words = re.findall(r"[a-z0-9]+", section.title.lower())
    first = re.sub(r"[^a-z0-9]+", "", section.id.lower())
    return "-".join((first or "section", *words[:4]))[:60].strip("-") + ".yaml"
