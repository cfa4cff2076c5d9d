"""The one place that writes to the screen."""

from __future__ import annotations

import io
import json

import pytest
from hostile import HOSTILE, NASTY, unsafe
from hypothesis import given, settings
from rich.table import Table
from rich.text import Text

from interviewer.common.console import (
    Column,
    make_console,
    say,
    say_json,
    say_rows,
    show,
    show_grid,
    show_line,
    show_parts,
    single,
)

POISON = "".join(NASTY)


@given(HOSTILE)
def test_a_line_stays_one_line(text: str) -> None:
    assert not {"\n", "\t", *unsafe(text)} & set(single(text))
    assert not unsafe(single(text))


def test_lines_are_cleaned_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    say("  two\nthree", f"x{POISON}")
    say("four\u2028five", err=True)
    said = capsys.readouterr()
    assert said.out.startswith("  two three\nx[31mred")
    assert said.out.count("\n") == 2
    assert said.err == "four five\n"
    assert not unsafe(said.out)


def test_json_and_tables_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"a": POISON})
    out = capsys.readouterr().out
    assert not unsafe(out)
    assert json.loads(out) == {"a": POISON}
    say_rows('a,"b\nc"\r\nd\x1b[2J,e\r\n')
    assert capsys.readouterr().out == 'a,"b\nc"\r\nd[2J,e\r\n'


def test_a_path_stays_on_one_line_however_narrow_the_screen() -> None:
    stream = io.StringIO()
    console = make_console(stream)
    console.width = 30
    path = "transcripts/" + "a long name with blanks/" * 5 + "x.jsonl"
    show(console, f"Session log: {path}", "path")
    show_line(console, f"A  {path}", "title", wrap=False)
    show(console, "words " * 20, "note")
    lines = stream.getvalue().splitlines()
    assert lines[:3] == [f"  Session log: {path}", "", f"A  {path}"]
    assert max(map(len, lines[3:])) <= 30


@settings(max_examples=25)
@given(HOSTILE)
def test_whatever_a_console_renders_is_clean(text: str) -> None:
    stream = io.StringIO()
    console = make_console(stream)
    table = Table(text.replace("\ud800", ""), box=None)
    table.add_row(Text(text))
    console.print(table)
    console.print(Text(text))
    console.print(text)
    show_line(console, text)
    show(console, text, "path")
    show_line(console, text, wrap=False)
    show_parts(console, [text, (text, "bold")], "plain")
    show_grid(console, [Column(text), Column((text, "bold"), right=True)], [[text, (text, "dim")]])
    assert not unsafe(stream.getvalue())
