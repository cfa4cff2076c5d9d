"""Flash cards out of a bank: one per criterion."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from interviewer.bank.questions import Bank, Criterion, Question
from interviewer.drill.spacing import Key


@dataclass(frozen=True)
class Card:
    """One card. It is the same card for as long as bank, question and criterion keep their ids.

    cue: says which point of the question is meant without giving it away; "" where it has only
    one. statement: the point. others: the question's other criteria. references: model answers.
    """

    bank: str
    question: int
    criterion: str
    section: str
    prompt: str
    cue: str
    statement: str
    others: tuple[str, ...]
    references: tuple[str, ...]


def make_cards(bank: Bank, only: Collection[Key] | None = None) -> Iterator[Card]:
    """The cards in the order of the bank; those of `only`, or all if it is None."""
    titles = {section.id: section.title for section in bank.sections}
    for question in bank.questions:
        for criterion in question.criteria:
            if only is None or (question.id, criterion.id) in only:
                yield Card(
                    bank=bank.id,
                    question=question.id,
                    criterion=criterion.id,
                    section=f"{question.section}. {titles[question.section]}",
                    prompt=question.prompt,
                    cue=_cue(question, criterion),
                    statement=criterion.statement,
                    others=tuple(c.statement for c in question.criteria if c is not criterion),
                    references=question.references,
                )


def _cue(question: Question, criterion: Criterion) -> str:
    """The first probe that leads to it: probes are written not to give the point away."""
    if len(question.criteria) == 1:
        return ""
    number = question.criteria.index(criterion) + 1
    count = f"Point {number} of {len(question.criteria)}"
    if choice := question.choice_of(criterion.id):
        count += f" ({choice} will do)"
    probe = next((p.text for p in question.probes if p.criterion == criterion.id), "")
    return f"{count}: {probe}" if probe else count
