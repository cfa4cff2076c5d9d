"""The lines of a question, and which of them a program wrote that nobody has read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from interviewer.bank.questions import Claim, Draft, Question, mark_of


class BankLine(NamedTuple):
    """A line of a question: where it stands, as `Draft.line` says it, and its text."""

    at: str
    text: str

    def draft(self, by: str) -> Draft:
        """The note that says who wrote it, unread as yet."""
        return Draft(line=self.at, by=by, mark=mark_of(self.text))


def lines_of(question: Question) -> list[BankLine]:
    """All lines of a question that somebody must have written, in the order of a file."""
    out = [BankLine("kind", question.kind), BankLine("prompt", question.prompt)]
    around = (("again", question.again), ("easier", question.easier), ("example", question.example))
    out += [BankLine(name, text) for name, text in around if text is not None]
    out += [BankLine("references", text) for text in question.references]
    out += _claims("criteria", question.criteria)
    out += _claims("misconceptions", question.misconceptions)
    out += [BankLine(f"probes.{probe.criterion}", probe.text) for probe in question.probes]
    if question.deeper is not None:
        out.append(BankLine("deeper", question.deeper.prompt))
    return out


def line_name(question: Question, at: str) -> str:
    """What the line that stands there is, in words: "criterion 2", "near criterion 2, and not it"."""
    head, *rest = at.split(".")
    if head not in ("criteria", "misconceptions", "probes"):
        return _NAMES.get(head, head)
    claim = f"criterion {question.labels.get(rest[0], rest[0])}"
    if head == "misconceptions":
        claim = "a common mistake"
    if head == "probes":
        return f"follow-up to {claim}"
    if rest[1:] == ["accepts"]:
        return f"{claim} in other words"
    return f"near {claim}, and not it" if rest[1:] == ["rejects"] else claim


_NAMES = {
    "kind": "kind of question", "prompt": "question", "again": "the question in other words",
    "easier": "an easier way in", "example": "the question on an example",
    "references": "full answer", "deeper": "a deeper question",
}  # fmt: skip


def still_drafted(question: Question) -> list[tuple[BankLine, Draft]]:
    """The lines that still read as a program wrote them, each with its note."""
    notes = {(draft.line, draft.mark): draft for draft in question.drafts}
    return [
        (line, note)
        for line in lines_of(question)
        if (note := notes.get((line.at, mark_of(line.text)))) is not None
    ]


def unread(question: Question) -> list[tuple[BankLine, Draft]]:
    """The lines that a program wrote and nobody has read."""
    return [(line, draft) for line, draft in still_drafted(question) if not draft.read]


def _claims(where: str, claims: Iterable[Claim]) -> list[BankLine]:
    out = []
    for claim in claims:
        at = f"{where}.{claim.id}"
        out.append(BankLine(at, claim.statement))
        out += [BankLine(f"{at}.accepts", text) for text in claim.accepts]
        out += [BankLine(f"{at}.rejects", text) for text in claim.rejects]
    return out
