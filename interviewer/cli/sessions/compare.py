"""`interviewer compare`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from interviewer.cli import options
from interviewer.cli.sessions.finding import find_session, read_session
from interviewer.common.console import (
    Column,
    Styled,
    gap,
    make_console,
    say_json,
    show_grid,
    show_line,
)
from interviewer.common.text import one_line, score
from interviewer.errors import UsageError
from interviewer.regrade import compare_text, comparison
from interviewer.regrade.compare_text import APART
from interviewer.regrade.comparison import Comparison, Side
from interviewer.session import runs


@click.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--differences", is_flag=True, help="Only the answers in which the two differ.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@options.transcripts_option
def compare(left: str, right: str, differences: bool, as_json: bool, transcripts: Path) -> None:
    """Set two gradings side by side: A and B are FILE, or FILE@RUN for a later grade run.

    They may be two grade runs of one session (0 is its own), or two sessions on one bank.
    """
    one, two = _side(left, transcripts), _side(right, transcripts)
    _check(one, two)
    found = comparison.compare(one, two)
    if differences:
        found = comparison.differences(found)
    if as_json:
        say_json(found.model_dump_json())
        return
    _show(make_console(), found)


def _side(name: str, transcripts: Path) -> Side:
    path, number = Path(name), runs.OWN
    file, at, tail = name.rpartition("@")
    if at and tail.isdecimal() and len(tail) < 9 and not path.exists():
        path, number = Path(file), int(tail)
    path = find_session(path, transcripts)
    session = read_session(path).session
    run = runs.run_of(session, number)
    if run is None:
        there = ", ".join(f"{path}@{r.number}" for r in runs.runs(session))
        raise UsageError(f"there is no grade run {number} in {path}", hint=f"There is {there}.")
    return Side(name, run)


def _check(left: Side, right: Side) -> None:
    one, two = left.session.started, right.session.started
    if one == two and left.run.number == right.run.number:
        raise UsageError(
            f"{left.name} and {right.name} are the same grading",
            hint="FILE@1 names its first grade run; 'interviewer regrade' adds one.",
        )
    if one.bank.id != two.bank.id:
        raise UsageError(
            f"{left.name} is on the bank '{one.bank.id}', {right.name} on '{two.bank.id}'",
            hint="Only sessions on one bank can be compared.",
        )
    asked = [{r.question.id for r in s.session.records if r.replied} for s in (left, right)]
    if not asked[0] & asked[1]:
        raise UsageError(
            "no question was answered in both sessions",
            hint="'interviewer report FILE' shows one by itself.",
        )


def _show(console: Console, found: Comparison) -> None:
    for letter, side in (("A", found.left), ("B", found.right)):
        show_line(console, f"{letter}  {side.name}", "title", wrap=False)
        show_line(
            console, f"run {side.run} by {runs.grader_name(side.grader)}; bank {side.bank}", "note"
        )
    for line in compare_text.note_lines(found):
        show_line(console, line, "warning")
    gap(console)
    if found.answers:
        show_grid(console, _COLUMNS, _answers(found))
    else:
        show_line(console, "The two differ in no answer.")
    gap(console)
    show_grid(console, _COLUMNS, _totals(found))
    gap(console)
    for line in compare_text.agreement_lines(found):
        show_line(console, line)


_COLUMNS = (Column(), Column("A", right=True), Column("B", right=True), Column(width=1))


def _answers(found: Comparison) -> Iterator[tuple[Styled, ...]]:
    for pair in found.answers:
        head = f"{compare_text.name_of(pair)}: {one_line(pair.prompt, 48)}"
        scores = score(pair.left), score(pair.right)
        yield (head, "bold"), *scores, APART if pair.differs else ""
        for claim in pair.claims:
            name = f"  {compare_text.claim_name(claim)}"
            yield name, *compare_text.level_words(claim), APART if claim.differs else ""


def _totals(found: Comparison) -> Iterator[tuple[Styled, ...]]:
    cold = found.cold
    words = compare_text.answered_words(cold.left), compare_text.answered_words(cold.right)
    yield ("Answered cold", "bold"), *words, APART if words[0] != words[1] else ""
    for kind, name, sides, apart in compare_text.bands(found):
        yield f"{kind} {name}", *sides, APART if apart else ""
