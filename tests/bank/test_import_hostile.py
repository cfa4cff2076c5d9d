"""Documents that are none, and documents made to do harm: one clear line each, in bounded time."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bank.bank_files import load_bank
from interviewer.bank.bank_writing import bank_texts, write_bank
from interviewer.bank.importing import anki, drafting, reading
from interviewer.bank.importing.plain_text import MOST_LINES
from interviewer.errors import BankError

PATIENCE = 20.0
"""Seconds; each takes under two on an idle machine."""


def package(collection: bytes, name: str = "collection.anki2") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, collection)
    return held.getvalue()


def collection(*statements: str) -> bytes:
    base = sqlite3.connect(":memory:")
    for statement in statements:
        base.execute(statement)
    base.commit()
    return bytes(base.serialize())


COL = "CREATE TABLE col (models TEXT, decks TEXT)"
ROW = "INSERT INTO col VALUES ('{', '[[[[')"
NOTES = "CREATE TABLE notes (id INTEGER, mid INTEGER, flds TEXT)"
ENDLESS = (
    "CREATE VIEW notes AS WITH RECURSIVE t(id) AS (SELECT 1 UNION ALL SELECT id FROM t)"
    " SELECT id, 1 AS mid, 'a' AS flds FROM t WHERE id > 1"
)
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

HARM: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty.txt", lambda: b"", "no question with an answer"),
    ("prose.txt", lambda: b"Once upon a time.\nThere was a bank.\n", "no question with an answer"),
    ("bare.txt", lambda: b"1. What is a?\n2. What is b?\n", "a question without an answer"),
    ("nul.txt", lambda: b"1. a? b\x00c\n", "it holds a NUL"),
    ("latin.txt", lambda: b"1. caf\xe9? yes\n", "not UTF-8"),
    ("utf16.txt", lambda: "1. a? b".encode("utf-16"), "UTF-16"),
    ("paper.pdf", lambda: b"%PDF-1.7\n", "a PDF"),
    ("face.png", lambda: b"\x89PNG\r\n", "a picture"),
    ("huge.txt", lambda: b"1. a? b.\n" * 1_000_000, "larger than 8 MB"),
    ("lines.txt", lambda: b"x\n" * 1_000_000, f"more than {MOST_LINES:,} lines"),
    ("many.txt", lambda: b"Q: a?\nA: b\n" * 3_000, "more than 2,000 questions"),
    ("many.csv", lambda: b"question,answer\n" + b"a,b\n" * 3_000, "more than 2,000"),
    ("wide.csv", lambda: b'question,answer\n"' + b"x" * 200_000 + b'",b\n', "cannot be read"),
    ("deep.json", lambda: b"[" * 100_000, "nested too deeply"),
    ("deep.jsonl", lambda: b"[" * 100_000, "not JSON"),
    ("bomb.yaml", BOMB.encode, "nested too deeply or refers to itself"),
    ("self.yaml", lambda: b"tests: &a [*a]\n", "refers to itself"),
    ("run.yaml", lambda: b"!!python/object/apply:os.system ['true']\n", "no question"),
    ("not.zip", lambda: b"PK\x03\x04" + b"\x00" * 100, "cannot be unpacked"),
    ("none.apkg", lambda: package(b"x", "media"), "no collection in it"),
    ("zipbomb.apkg", lambda: package(b"\x00" * 80_000_000), "unpacks to more than 64 MB"),
    ("noise.apkg", lambda: package(b"\xffnoise" * 100), "notes cannot be read"),
    ("void.apkg", lambda: package(collection(COL, ROW, NOTES)), "no question with an answer"),
    ("endless.apkg", lambda: package(collection(COL, ROW, ENDLESS)), "notes cannot be read"),
]


@pytest.mark.parametrize(("name", "make", "words"), HARM, ids=[h[0] for h in HARM])
def test_what_is_no_document_is_told_in_a_line(
    tmp_path: Path, name: str, make: Callable[[], bytes], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    begun = time.monotonic()
    with pytest.raises(BankError) as caught:
        reading.read_document(path)
    assert time.monotonic() - begun < PATIENCE
    assert words in caught.value.message
    assert caught.value.where is not None
    assert caught.value.where.file == str(path)
    assert "\n" not in caught.value.lines()[0]


SLOW = [
    "**a " * 8_000,
    "(" * 50_000,
    "1. a? " + "b, " * 10_000,
    "[" * 20_000 + "](",
    "- " * 20_000,
    "1. a? " + "not x but " * 5_000,
    "1. a? " + "{{c1::" * 8_000,
    "A: " * 10_000,
    " " * 90_000 + "x",
    "1. a? b. " * 5_000,
    "<details " * 8_000,
    "Q: " + "a " * 30_000,
    "|a" * 40_000 + "\n" + "|-" * 40_000,
    "1. " * 20_000,
    "1. a? " + "1. a 2. b " * 5_000,
    "a) b? " * 10_000,
    "1.1" * 20_000,
    "```\n" * 20_000,
    "❓" * 50_000,
    "Answers: " + "1. b. " * 10_000,
    "A. b\n" * 20_000,
]


@pytest.mark.parametrize("line", SLOW, ids=[line[:12] for line in SLOW])
def test_no_line_takes_long(line: str) -> None:
    begun = time.monotonic()
    try:
        document = reading.read_pasted(f"1. What is a? It is b.\n{line}\n2. c? d.\n", "-")
        drafting.draft(document, bank_id="x", title="t")
    except BankError:
        pass
    assert time.monotonic() - begun < PATIENCE


def test_control_characters_go_and_their_neighbours_stay() -> None:
    text = "1. What\x1b]0;pwn\x07 is\u202e a? \x9b2J It\x00 is b.\n".replace("\x00", "\x01")
    (asked,) = reading.read_pasted(text, "-").asked
    assert asked.prompt == "What]0;pwn is a?"
    assert asked.answers[0].strip() == "2J It is b."


def test_notes_that_hold_markup_are_text(tmp_path: Path) -> None:
    fields = "<script>alert(1)</script>What is <b>a</b>?\x1fIt is &lt;b&gt;.<br>{{c1::no}}"
    made = collection(
        COL, f"INSERT INTO col VALUES ('{json.dumps({})}', '{json.dumps({})}')", NOTES,
        f"INSERT INTO notes VALUES (1, 1, '{fields}')",
    )  # fmt: skip
    (asked,) = anki.read_package(package(made)).asked
    assert asked.prompt == "What is a?"
    assert asked.answers == ("It is <b>.\n{{c1::no}}",)


TEXT = st.text(
    st.one_of(st.sampled_from("QA:.?-*#|,;()[]{}$\n\t \"'123abc—→<>&!%\\`~"), st.characters()),
    max_size=200,
)


@given(TEXT, st.sampled_from([".txt", ".md", ".csv", ".yaml", ".json", ".jsonl"]))
def test_any_text_becomes_a_bank_that_loads_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    try:
        document = reading.read_pasted(text, f"d{ending}")
    except BankError:
        return
    made = drafting.draft(document, bank_id="x", title="t")
    folder = tmp_path_factory.mktemp("any")
    write_bank(folder, bank_texts(made.bank, {n: o.text for n, o in made.origins.items()}))
    assert load_bank(folder) == made.bank


@pytest.mark.parametrize(
    "text",
    ["<!--\n" * 12_000, "q?\n?\n" * 12_000, "<summary>Hint</summary>\n" * 3_000, "x? ::" * 12_000],
    ids=["comments", "cards", "folds", "colons"],
)
def test_what_never_closes_takes_no_time_square_in_its_length(text: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(BankError):
        reading.read_pasted(text, "-")
    assert time.process_time() - begun < PATIENCE / 4
