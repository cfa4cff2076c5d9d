"""What an import found, what it drafted, and what it missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from interviewer.bank.drafts import unread
from interviewer.bank.importing.documents import Missed
from interviewer.bank.importing.drafting import Imported
from interviewer.bank.questions import Aim, Tier
from interviewer.common.base import Text, Value
from interviewer.common.ranges import in_short
from interviewer.common.text import Tone, plural

IMPORT_VERSION: Literal[1] = 1


class SectionFound(Value):
    """A section with how many questions it holds."""

    id: Text
    title: Text
    questions: int


class Gap(Value):
    """Where a question seems to have lost something on the way into the text."""

    question: int
    line: int
    gaps: tuple[Text, ...]


class NotKept(Value):
    """A line that a model drafted and that did not stand the checks. line: where it would have stood."""

    question: int
    line: Text
    text: str
    why: Text


class ImportReport(Value):
    """An import. folder: where the bank was written. drafted: lines a program wrote, none of them read.

    missed: what was not taken over as it stood. doubts: where the document may mean it otherwise, with what
    was made of it. remarks: what is odd about the whole. refused: what a
    model drafted and was not kept.
    """

    import_version: Literal[1] = IMPORT_VERSION
    document: str
    folder: str
    bank: Text
    title: Text
    questions: int
    criteria: int
    misconceptions: int
    drafted: int
    sections: tuple[SectionFound, ...]
    tiers: tuple[Tier, ...]
    aims: tuple[Aim, ...]
    gaps: tuple[Gap, ...]
    missed: tuple[Missed, ...]
    doubts: tuple[Missed, ...]
    remarks: tuple[Text, ...]
    refused: tuple[NotKept, ...]


def report_of(
    imported: Imported, *, document: str, folder: str, refused: Iterable[NotKept] = ()
) -> ImportReport:
    """What that import comes to."""
    bank = imported.bank
    return ImportReport(
        document=document,
        folder=folder,
        bank=bank.id,
        title=bank.title,
        questions=len(bank.questions),
        criteria=sum(len(q.criteria) for q in bank.questions),
        misconceptions=sum(len(q.misconceptions) for q in bank.questions),
        drafted=sum(len(unread(q)) for q in bank.questions),
        sections=tuple(
            SectionFound(
                id=s.id, title=s.title, questions=sum(q.section == s.id for q in bank.questions)
            )
            for s in bank.sections
        ),
        tiers=bank.tiers,
        aims=bank.aims,
        gaps=tuple(
            Gap(question=q.id, line=imported.origins[q.id].line, gaps=q.gaps)
            for q in bank.questions
            if q.gaps
        ),
        missed=imported.missed,
        doubts=imported.doubts,
        remarks=imported.remarks,
        refused=tuple(refused),
    )


def _together(missed: Iterable[Missed]) -> list[str]:
    """A line for each, and one for all that say the same of the same words."""
    at: dict[tuple[str, str], list[int]] = {}
    for one in missed:
        at.setdefault((one.why, one.text), []).append(one.line)
    return [
        f"{'line' if len(held) == 1 else 'lines'} {', '.join(map(str, held))}: {why}: {text}"
        for (why, text), held in at.items()
    ]


def lines(report: ImportReport) -> list[tuple[Tone, str]]:
    """The report in words, a paragraph each."""
    out: list[tuple[Tone, str]] = [
        (
            "title",
            f"{report.title}: {plural(report.questions, 'question')} in"
            f" {plural(len(report.sections), 'section')}, {plural(len(report.tiers), 'tier')},"
            f" {plural(len(report.aims), 'aim')}",
        )
    ]
    out += [("plain", f"  {s.id}  {s.title} ({s.questions})") for s in report.sections]
    out += [("plain", f"  tier {in_short(t.questions)}: {t.failing}") for t in report.tiers]
    out += [
        ("plain", f"  aim '{a.name}': {a.target} of {in_short(a.questions)}") for a in report.aims
    ]
    out += [("missing", remark) for remark in report.remarks]
    if report.missed:
        out.append(("missing", f"Not taken over as it stood ({len(report.missed)}):"))
        out += [("plain", f"  {line}") for line in _together(report.missed)]
    if report.doubts:
        out.append(
            (
                "missing",
                f"What may be meant otherwise ({len(report.doubts)}); 'bank edit' changes it:",
            )
        )
        out += [("plain", f"  line {d.line}: {d.why}: {d.text}") for d in report.doubts]
    if report.gaps:
        out.append(("missing", f"Something seems lost, a formula perhaps ({len(report.gaps)}):"))
        out += [
            ("plain", f"  question {g.question} (line {g.line}): {'; '.join(g.gaps)}")
            for g in report.gaps
        ]
    if report.refused:
        why = Counter(turned.why.split(":")[0] for turned in report.refused)
        told = ", ".join(f"{count} because {reason}" for reason, count in why.most_common(6))
        out.append(
            ("missing", f"Of the model's lines {len(report.refused)} were not kept: {told}.")
        )
    out.append(
        (
            "plain",
            f"Drafted: {plural(report.criteria, 'criterion').replace('criterions', 'criteria')},"
            f" {plural(report.misconceptions, 'misconception')};"
            f" {plural(report.drafted, 'line')} that nobody has read.",
        )
    )
    return out
