"""`interviewer compare`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from interviewer.agreement import figures
from interviewer.cli.sessions.finding import read_session
from interviewer.common.console import make_console, show
from interviewer.common.text import one_line
from interviewer.errors import UsageError
from interviewer.regrade import compare_text
from interviewer.regrade import comparison as comparing
from interviewer.regrade.compare_text import APART
from interviewer.regrade.comparison import Comparison, Side
from interviewer.session import runs


@click.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def compare(left: str, right: str, as_json: bool) -> None:
    """Set two gradings side by side: A and B are FILE, or FILE@RUN for a later grade run.

    They may be two grade runs of one session (0 is its own), or two sessions on one bank.
    """
    one, two = _side(left), _side(right)
    _check(one, two)
    found = comparing.compare(one, two)
    if as_json:
        data = compare_text.as_data(found)
        click.echo(json.dumps(data, ensure_ascii=False, allow_nan=False))
        return
    _show(make_console(), found)


def _side(name: str) -> Side:
    path, number = Path(name), runs.OWN
    file, at, tail = name.rpartition("@")
    if at and tail.isdecimal() and len(tail) < 9 and not path.exists():
        path, number = Path(file), int(tail)
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
        show(console, f"{letter}  {side.name}", "title")
        show(console, f"run {side.run.number} by {side.run.name}; bank {side.run.bank}", "note")
    for line in compare_text.note_lines(found):
        show(console, line, "warning")
    console.print()
    console.print(_answers(found))
    console.print()
    console.print(_totals(found))
    console.print()
    for line in compare_text.agreement_lines(found):
        show(console, line, "plain")


def _grid(first: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column(first, overflow="fold")
    for name in ("A", "B"):
        table.add_column(name, justify="right", overflow="fold")
    table.add_column("", width=1)
    return table


def _answers(found: Comparison) -> Table:
    table = _grid("")
    for pair in found.answers:
        head = f"{compare_text.name_of(pair)}: {one_line(pair.prompt, 48)}"
        table.add_row(
            Text(head, "bold"),
            figures.score(pair.left),
            figures.score(pair.right),
            APART if pair.differs else "",
        )
        for claim in pair.claims:
            name = f"  {one_line(compare_text.claim_name(claim))}"
            words = compare_text.level_words(claim)
            table.add_row(Text(name), *words, APART if claim.differs else "")
    return table


def _totals(found: Comparison) -> Table:
    table = _grid("")
    cold = found.cold
    words = compare_text.cold_words(cold.left), compare_text.cold_words(cold.right)
    table.add_row(Text("Answered cold", "bold"), *words, APART if words[0] != words[1] else "")
    for kind, bands in (("Tier", found.tiers), ("Aim", found.aims)):
        for band in bands:
            words = compare_text.verdict(band.left), compare_text.verdict(band.right)
            apart = band.left.reached != band.right.reached
            table.add_row(Text(f"{kind} {one_line(band.name)}"), *words, APART if apart else "")
    return table
