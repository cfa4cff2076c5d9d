"""What a class shows, as text."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from interviewer.agreement.figures import percent
from interviewer.classroom.class_html import FAULTS
from interviewer.classroom.findings.finding_values import ClassReport, ItemFinding
from interviewer.common.console import Column, gap, make_console, show_grid, show_line
from interviewer.common.text import change, one_line, plural, score
from interviewer.session.runs import grader_name

SHOWN = 10
"""Groups and criteria of each kind; the page and --json have all."""
_WIDE = 60


def show(found: ClassReport) -> None:
    """Print it."""
    console = make_console()
    show_line(console, (one_line(found.bank.title), "bold"))
    show_line(console, f"{grader_name(found.grader)}. {summary(found)}")
    for reason in found.reasons[:SHOWN]:
        show_line(console, f"{reason.count:,} ungraded: {reason.reason}", "note")
    _questions(console, found)
    for title, lines in (
        ("Questions to look at", list(_faulty(found))),
        ("Criteria on which grader and settled answers part", list(_partings(found))),
        ("Nearly the same words", list(_alike(found))),
        ("What wrong answers share", list(_wrong(found))),
    ):
        if lines:
            gap(console)
            show_line(console, (title, "bold"))
        for line in lines[:SHOWN]:
            show_line(console, line, indent=2)


def summary(found: ClassReport) -> str:
    """How many answers, by how many, and how they did."""
    told = f"{found.graded:,} of {found.rows:,} answers graded"
    if found.candidates:
        told += f", {plural(found.candidates, 'candidate')}"
    return f"{told}; {percent(found.spread.passed)} pass, mean score {score(found.spread.mean)}."


def _questions(console: Console, found: ClassReport) -> None:
    gap(console)
    columns = (
        Column(("question", "bold"), right=True),
        *(Column((name, "bold"), right=True) for name in ("answers", "pass", "mean", "discr.")),
        Column(""),
    )
    rows = [
        (
            str(item.question), f"{item.spread.answers:,}", percent(item.difficulty),
            score(item.spread.mean), change(item.discrimination), one_line(item.prompt, _WIDE),
        )
        for item in found.questions
    ]  # fmt: skip
    show_grid(console, columns, rows)


def _faulty(found: ClassReport) -> Iterator[str]:
    for item in found.faulty:
        yield f"{item.question}: {fault_words(item)}. {one_line(item.prompt, _WIDE)}"


def fault_words(item: ItemFinding) -> str:
    """What speaks against the question."""
    return ", ".join(FAULTS[fault] for fault in item.faults)


def _partings(found: ClassReport) -> Iterator[str]:
    for of in found.partings:
        yield (
            f"{of.question} {of.criterion}: {of.settled - of.agreed} of {of.settled} settled, grader"
            f" higher in {of.lenient}, lower in {of.strict}. {one_line(of.statement, _WIDE)}"
        )


def _alike(found: ClassReport) -> Iterator[str]:
    for group in found.alike:
        who = ", ".join(p.candidate or f"{p.file}:{p.line}" for p in group.places[:5])
        yield f"{group.question}: {group.count} ({who}). {one_line(group.answer, _WIDE)}"


def _wrong(found: ClassReport) -> Iterator[str]:
    for group in found.wrong:
        yield (
            f"{group.question}: {group.count} with {', '.join(group.words)}."
            f" {one_line(group.answers[0], _WIDE)}"
        )
