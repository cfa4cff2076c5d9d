"""Flash cards as a CSV file that spreadsheets open without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from interviewer.common import files
from interviewer.common.text import printable
from interviewer.drill.cards import Card

COLUMNS = (
    *("bank", "section", "question", "criterion", "prompt", "cue", "statement"),
    *("other criteria", "references"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(path: Path, cards: Iterable[Card]) -> int:
    """Write the file, whole or not at all, and return the number of cards.

    UTF-8 with a byte order mark, without which Excel misreads it.
    """
    rows = list(cards)
    files.write_text(path, "\ufeff" + csv_text(rows))
    return len(rows)


def csv_text(cards: Iterable[Card]) -> str:
    """The table: RFC 4180, CRLF between rows, cells with commas, quotes or line breaks quoted.

    Lists are joined with line breaks.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for card in cards:
        writer.writerow(
            [
                *(cell(card.bank), cell(card.section), str(card.question), cell(card.criterion)),
                *(cell(card.prompt), cell(card.cue), cell(card.statement)),
                *(cell("\n".join(card.others)), cell("\n\n".join(card.references))),
            ]
        )
    return buffer.getvalue()


def cell(text: str) -> str:
    """The text without control characters; with a leading quote where it would be a formula.

    See OWASP, "CSV injection".
    """
    safe = printable(text)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe
