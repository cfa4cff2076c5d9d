"""Which questions a grade run grades by, and how they differ from those that were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.bank.questions import Bank, Claim, Criterion, Misconception, Question, Section
from interviewer.common.text import one_line
from interviewer.session.record import Session

AS_ASKED = "as-asked"
"""The id of a bank made of a session's own questions."""


@dataclass(frozen=True)
class Rubric:
    """The questions a grade run grades by.

    digest: of the bank they are from. questions: by number; one that the bank no longer has is
    absent.
    """

    digest: str
    questions: Mapping[int, Question]

    @classmethod
    def of_bank(cls, bank: Bank) -> Rubric:
        """The questions of a bank, exemplars included."""
        return cls(bank.digest, {q.id: q for q in bank.questions})

    @classmethod
    def of_session(cls, session: Session) -> Rubric:
        """The questions as they were asked, which a transcript keeps without exemplars."""
        asked = {r.question.id: r.question for r in session.records}
        return cls(session.started.bank.digest, asked)

    def changed(self, session: Session) -> tuple[Question, ...]:
        """The questions of the session that are not as they were asked, without exemplars."""
        return tuple(
            later.bare()
            for record in session.records
            if (later := self.questions.get(record.question.id)) is not None
            and later.bare() != record.question.bare()
        )


def bank_as_asked(session: Session) -> Bank:
    """A bank of the session's own questions, for graders that want one. ValueError if it has none."""
    questions = tuple(record.question for record in session.records)
    sections = dict.fromkeys(question.section for question in questions)
    return Bank(
        id=AS_ASKED,
        version=session.started.bank.version,
        title=session.started.bank.title,
        sections=tuple(Section(id=section, title=section) for section in sections),
        questions=questions,
    )


def changes(before: Question, after: Question | None) -> list[str]:
    """How the question differs, a line for each claim by its statement; exemplars are not looked
    at."""
    if after is None:
        return ["is gone"]
    lines = []
    if one_line(before.prompt) != one_line(after.prompt):
        lines.append(f"prompt reworded: {one_line(after.prompt)}")
    lines += _claims("criterion", before.criteria, after.criteria)
    lines += _claims("misconception", before.misconceptions, after.misconceptions)
    return lines


def _claims(what: str, before: Sequence[Claim], after: Sequence[Claim]) -> list[str]:
    old, new = {c.id: c for c in before}, {c.id: c for c in after}
    lines = [f"{what} removed: {one_line(c.statement)}" for i, c in old.items() if i not in new]
    for claim in after:
        was, states = old.get(claim.id), one_line(claim.statement)
        if was is None:
            lines.append(f"{what} added: {states}")
            continue
        if one_line(was.statement) != states:
            lines.append(f"{what} reworded: {states}")
        if _worth(was) != _worth(claim):
            lines.append(f"{what} reweighted, {_worth(was):g} -> {_worth(claim):g}: {states}")
    return lines


def _worth(claim: Claim) -> float:
    match claim:
        case Criterion():
            return claim.weight
        case Misconception():
            return claim.cost
    return 0.0
