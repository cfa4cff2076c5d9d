"""What a bank holds, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from interviewer.bank.drafts import unread
from interviewer.bank.questions import Bank, Question
from interviewer.common.base import Text, Value

STATS_VERSION: Literal[1] = 1


class PartStats(Value):
    """What a section holds, or the whole bank, whose id is "". unread: lines that a program wrote
    and nobody has read. gaps: places where a document lost something."""

    id: str
    title: Text
    questions: int
    references: int
    criteria: int
    accepts: int
    rejects: int
    misconceptions: int
    probes: int
    groups: int
    unread: int
    gaps: int

    @property
    def line(self) -> str:
        """What was written, on one line."""
        return (
            f"{self.questions} questions, {self.criteria} criteria, {self.accepts} accepts,"
            f" {self.rejects} rejects, {self.misconceptions} misconceptions, {self.probes} probes,"
            f" {self.references} references"
        )


class BankStats(Value):
    """A bank in figures. kinds: how many questions are of each kind."""

    stats_version: Literal[1] = STATS_VERSION
    bank: Text
    version: Text
    title: Text
    digest: Text
    tiers: int
    aims: int
    kinds: dict[str, int]
    sections: tuple[PartStats, ...]
    whole: PartStats


def stats_of(bank: Bank) -> BankStats:
    """The bank in figures."""
    kinds = Counter(question.kind for question in bank.questions)
    return BankStats(
        bank=bank.id,
        version=bank.version,
        title=bank.title,
        digest=bank.digest,
        tiers=len(bank.tiers),
        aims=len(bank.aims),
        kinds={str(kind): count for kind, count in kinds.most_common()},
        sections=tuple(
            _part(s.id, s.title, [q for q in bank.questions if q.section == s.id])
            for s in bank.sections
        ),
        whole=_part("", "all", bank.questions),
    )


def _part(section: str, title: str, questions: Sequence[Question]) -> PartStats:
    criteria = [c for q in questions for c in q.criteria]
    return PartStats(
        id=section,
        title=title,
        questions=len(questions),
        references=sum(len(q.references) for q in questions),
        criteria=len(criteria),
        accepts=sum(len(c.accepts) for c in criteria),
        rejects=sum(len(c.rejects) for c in criteria),
        misconceptions=sum(len(q.misconceptions) for q in questions),
        probes=sum(len(q.probes) for q in questions),
        groups=sum(len(q.groups) for q in questions),
        unread=sum(len(unread(q)) for q in questions),
        gaps=sum(len(q.gaps) for q in questions),
    )
