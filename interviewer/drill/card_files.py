"""Flash cards as files of other programs: a CSV table for spreadsheets, a deck for Anki.

The table runs nothing in a spreadsheet. The deck needs the `anki` extra (genanki).
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from interviewer.common import files
from interviewer.common.text import printable
from interviewer.drill.cards import Card
from interviewer.errors import UsageError

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


FIELDS = ("Prompt", "Cue", "Statement", "Others", "References", "Source")
"""Of a note, in this order; the model's id depends on them."""

_FRONT = '<div class="prompt">{{Prompt}}</div>{{#Cue}}<div class="cue">{{Cue}}</div>{{/Cue}}'
_BACK = (
    "{{FrontSide}}<hr id=answer>"
    '<div class="statement">{{Statement}}</div>'
    "{{#Others}}<h4>Also asked for</h4>{{Others}}{{/Others}}"
    "{{#References}}<h4>A full answer</h4>{{References}}{{/References}}"
    '<div class="source">{{Source}}</div>'
)
_STYLE = """.card{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem}
.prompt{font-size:1.2rem}.cue{margin-top:.75rem;opacity:.75}.statement{font-weight:600}
h4{margin:1rem 0 .25rem}.source{margin-top:1rem;font-size:.8rem;opacity:.6}"""


def write_deck(path: Path, cards: Iterable[Card], *, bank: str, title: str, at: datetime) -> int:
    """Write the .apkg, whole or not at all, and return the number of notes.

    Ids follow from the ids of bank, question and criterion, so that importing a later export
    changes the notes and keeps their schedule. at: the notes' time of change; Anki takes over what
    is newer. Raises UsageError without the extra.
    """
    genanki = _genanki()
    deck = genanki.Deck(number("deck", bank), printable(title).replace("::", ": "))
    model = genanki.Model(
        number("model", *FIELDS),
        "interviewer",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card 1", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    count = 0
    for card in cards:
        note = genanki.Note(
            model=model,
            fields=_fields(card),
            guid=guid(card),
            tags=[f"question-{card.question}", f"section-{card.section.split('.')[0]}".split()[0]],
        )
        deck.add_note(note)
        count += 1
    handle, name = tempfile.mkstemp(suffix=".apkg")
    os.close(handle)
    try:
        genanki.Package(deck).write_to_file(name, timestamp=at.timestamp())
        files.write_bytes(path, Path(name).read_bytes())
    finally:
        Path(name).unlink(missing_ok=True)
    return count


def _genanki() -> Any:
    try:
        import genanki  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "the extra 'anki' is not installed",
            hint="pip install 'interviewer[anki]', or use 'interviewer export csv FILE'.",
        ) from error
    return genanki


def number(*parts: str) -> int:
    """An id for Anki that depends on the parts alone, in [2^30, 2^31)."""
    digest = hashlib.sha256("\0".join(("interviewer", *parts)).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def guid(card: Card) -> str:
    """What identifies the note of a card in every collection."""
    parts = ("interviewer", card.bank, str(card.question), card.criterion)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def _fields(card: Card) -> list[str]:
    return [
        _html(card.prompt),
        _html(card.cue),
        _html(card.statement),
        _list(card.others),
        "".join(f"<p>{_html(reference)}</p>" for reference in card.references),
        _html(f"{card.section}, question {card.question}"),
    ]


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{_html(item)}</li>" for item in items)
    return f"<ul>{rows}</ul>" if rows else ""


def _html(text: str) -> str:
    """The text as HTML that Anki shows as it is: no sound tags, no formulas, no fields."""
    shown = escape(printable(text), quote=True)
    for char in "[]{}\\":
        shown = shown.replace(char, f"&#{ord(char)};")
    return shown.replace("\n", "<br>")
