"""Flash cards, read back from the files that hold them."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from past_parts import BEGIN, GRILL
from samples import PYTHON, question

from interviewer.drill import card_files
from interviewer.drill.card_files import COLUMNS, FIELDS, cell, guid, write_csv, write_deck
from interviewer.drill.cards import Card, make_cards

CARDS = list(make_cards(GRILL))
HOSTILE = '<b>[sound:x.mp3]</b> {{c1::y}} \\(z\\) & "q"\n=SUM(A1)'


def test_there_is_a_card_for_every_criterion_with_a_cue_that_gives_nothing_away() -> None:
    assert [(c.question, c.criterion) for c in CARDS[:3]] == [(1, "big"), (1, "small"), (2, "big")]
    assert len(CARDS) == 10
    first = CARDS[0]
    assert first.cue == "Point 1 of 2: Lead to big?"
    assert first.statement == "The big statement of 1."
    assert first.others == ("The small statement of 1.",)
    assert first.references == ("Reference number 1.",)
    assert first.section == "A. Part A"
    bare = GRILL.model_copy(
        update={"questions": (question(1, probes=[]), question(2, weights={"one": 1}))}
    )
    assert [c.cue for c in make_cards(bare)] == ["Point 1 of 2", "Point 2 of 2", ""]
    assert [c.criterion for c in make_cards(GRILL, {(2, "small"), (9, "x")})] == ["small"]


def read_deck(path: Path, folder: Path) -> dict[str, object]:
    """What a program that reads .apkg files finds: notes by guid, decks, models, cards."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        data = package.extract("collection.anki2", folder)
    base = sqlite3.connect(data)
    try:
        notes = {row[0]: row[1:] for row in base.execute("SELECT guid, flds, tags, mod FROM notes")}
        cards = base.execute("SELECT count(*) FROM cards").fetchone()[0]
        decks, models = map(json.loads, base.execute("SELECT decks, models FROM col").fetchone())
    finally:
        base.close()
    return {"notes": notes, "cards": cards, "decks": set(decks) - {"1"}, "models": set(models)}


def write(path: Path, cards: list[Card], **fields: object) -> int:
    options = {"bank": "small", "title": "A small bank", "at": BEGIN, **fields}
    return write_deck(path, cards, **options)  # type: ignore[arg-type]


def test_a_deck_read_back_holds_every_card(tmp_path: Path) -> None:
    assert write(tmp_path / "a.apkg", CARDS) == 10
    found = read_deck(tmp_path / "a.apkg", tmp_path)
    notes = found["notes"]
    assert isinstance(notes, dict)
    assert (len(notes), found["cards"]) == (10, 10)
    fields, tags, _ = notes[guid(CARDS[0])]
    prompt, cue, statement, others, references, source = fields.split("\x1f")
    assert (prompt, cue) == ("Prompt number 1?", "Point 1 of 2: Lead to big?")
    assert (statement, others) == (
        "The big statement of 1.",
        "<ul><li>The small statement of 1.</li></ul>",
    )
    assert (references, source) == ("<p>Reference number 1.</p>", "A. Part A, question 1")
    assert tags.split() == ["question-1", "section-A"]
    assert len(FIELDS) == 6


def test_a_later_export_has_the_same_ids_and_newer_notes(tmp_path: Path) -> None:
    changed = [replace(CARDS[0], statement="Now it says more."), *CARDS[1:4]]
    write(tmp_path / "a.apkg", CARDS)
    write(tmp_path / "b.apkg", changed, at=BEGIN + timedelta(days=1), title="Renamed")
    old, new = (read_deck(tmp_path / name, tmp_path) for name in ("a.apkg", "b.apkg"))
    assert (old["decks"], old["models"]) == (new["decks"], new["models"])
    before, after = old["notes"], new["notes"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert set(after) < set(before)
    assert all(after[key][2] > before[key][2] for key in after)
    other = replace(CARDS[0], bank="other")
    assert len({guid(c) for c in (*CARDS, other)}) == 11
    write(tmp_path / "c.apkg", [other], bank="other")
    assert read_deck(tmp_path / "c.apkg", tmp_path)["decks"] != old["decks"]


def test_nothing_in_a_bank_acts_in_a_note(tmp_path: Path) -> None:
    card = replace(CARDS[0], prompt=HOSTILE, others=(HOSTILE,), section="my part, A. x")
    write(tmp_path / "a.apkg", [card])
    notes = read_deck(tmp_path / "a.apkg", tmp_path)["notes"]
    assert isinstance(notes, dict)
    ((fields, tags, _),) = notes.values()
    assert set(re.findall(r"<(\w+)", fields)) == {"br", "ul", "li", "p"}
    assert not set(fields) & set('[]{}\\"')
    assert "&#91;sound:x.mp3&#93;" in fields
    assert len(tags.split()) == 2


@pytest.mark.parametrize("hide", [True, False])
def test_without_genanki_the_error_says_what_to_install(tmp_path: Path, hide: bool) -> None:
    code = (
        "import sys; from interviewer.cli import main;"
        f"sys.modules.update({{'genanki': None}} if {hide} else {{}});"
        "main(['export', 'anki', 'x.apkg'])"
    )
    done = subprocess.run(
        [PYTHON, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100
    )
    if hide:
        assert (done.returncode, "pip install 'interviewer[anki]'" in done.stderr) == (2, True)
        assert "Traceback" not in done.stderr
    else:
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.apkg").exists() == (not hide)


def test_a_table_read_back_holds_every_card(tmp_path: Path) -> None:
    odd = replace(CARDS[0], prompt='two\nlines, "quoted"', references=("one", "two\r\nthree"))
    path = tmp_path / "a.csv"
    assert write_csv(path, [odd, *CARDS[1:]]) == 10
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 11
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 10
    assert rows[0]["prompt"] == 'two\nlines, "quoted"'
    assert rows[0]["references"] == "one\n\ntwo\nthree"
    assert rows[9]["statement"] == "The small statement of 5."
    assert (rows[0]["question"], rows[0]["criterion"]) == ("1", "big")


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\n", "\r", "＝", "\x00=", "\u202e="])
def test_no_cell_is_a_formula(lead: str) -> None:
    assert cell(f"{lead}1+1").startswith("'")
    assert cell(f"1{lead}1").startswith("1")


@given(st.text(max_size=20))
def test_a_cell_never_begins_as_a_formula(text: str) -> None:
    found = cell(text)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell("safe " + text).startswith("safe ")


def test_files_are_whole_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OSError, match=r"directory|denied"):
        write_csv(tmp_path / "folder.csv", CARDS)
    (tmp_path / "folder.apkg").mkdir()
    with pytest.raises(OSError, match=r"directory|denied"):
        write(tmp_path / "folder.apkg", CARDS)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.apkg", "folder.csv"]
    assert 1 << 30 <= card_files.number("deck", "small") < 1 << 31
