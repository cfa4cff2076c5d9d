"""`interviewer export`: flash cards for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.cli.outputs import writing
from interviewer.cli.study import histories
from interviewer.common import system
from interviewer.common.console import say, say_rows
from interviewer.common.text import plural
from interviewer.drill import spacing
from interviewer.drill.cards import Card, make_cards
from interviewer.drill.spacing import Key
from interviewer.errors import UsageError
from interviewer.history import summaries
from interviewer.specs import banks

_card_options = options.combined(
    click.argument("file", type=options.OutFile()),
    click.option("--missed", is_flag=True, help="Only criteria not met cold when graded last."),
    click.option("--due", is_flag=True, help="Only criteria that 'drill' would ask today."),
    options.bank_option,
    options.transcripts_option,
)


@click.group()
def export() -> None:
    """Write the criteria of a bank as flash cards."""


@export.command()
@_card_options
def anki(file: Path, missed: bool, due: bool, bank_name: str | None, transcripts: Path) -> None:
    """Write a deck for Anki (.apkg).

    Importing it again changes the cards that are there and keeps their schedule. Needs the extra:
    pip install 'interviewer[anki]'.
    """
    from interviewer.drill.card_files import write_deck

    if str(file) == "-":
        raise UsageError("a deck is no text for a screen", hint="Give a file: cards.apkg.")
    bank = banks.open_bank(bank_name)
    cards = _cards(bank, transcripts, missed=missed, due=due)
    now = system.SystemClock().now()
    _write(file, lambda: write_deck(file, cards, bank=bank.id, title=bank.title, at=now))


@export.command("csv")
@_card_options
def csv_file(file: Path, missed: bool, due: bool, bank_name: str | None, transcripts: Path) -> None:
    """Write a table for spreadsheets (.csv): a row for each criterion; "-" writes it to the screen.

    Cells that a spreadsheet would take for a formula begin with a quote.
    """
    from interviewer.drill.card_files import csv_text, write_csv

    bank = banks.open_bank(bank_name)
    cards = _cards(bank, transcripts, missed=missed, due=due)
    if str(file) == "-":
        say_rows(csv_text(cards))
        return
    _write(file, lambda: write_csv(file, cards))


def _cards(bank: Bank, transcripts: Path, *, missed: bool, due: bool) -> list[Card]:
    if missed and due:
        raise UsageError("--missed and --due do not go together", hint="Choose one of them.")
    if not (missed or due):
        return list(make_cards(bank))
    past = histories.read(transcripts)
    found: set[Key]
    if missed:
        found = spacing.missed(summaries.by_question(past.on(bank.id), ungraded=True))
    else:
        until = histories.end_of_day(system.SystemClock().now())
        known = histories.memories(past, bank)
        found = {key for key, memory in known.of.items() if memory.due <= until}
    cards = list(make_cards(bank, found))
    if not cards:
        what = "missed" if missed else "due"
        raise UsageError(
            f"no criterion of '{bank.id}' is {what}, going by the sessions in {transcripts}",
            hint=f"Without --{what} all of them are written.",
        )
    return cards


def _write(file: Path, write: Callable[[], int]) -> None:
    with writing(file, "the cards"):
        count = write()
    say(f"{plural(count, 'card')}: {file}")
