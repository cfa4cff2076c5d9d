"""Showing text: paragraphs, wrapped and coloured where the output is a terminal."""

from __future__ import annotations

import sys
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from interviewer.common.text import Tone, printable

MAX_WIDTH = 92

STYLES: dict[Tone, str] = {
    "title": "bold",
    "question": "bold cyan",
    "probe": "cyan",
    "hint": "magenta",
    "good": "green",
    "missing": "yellow",
    "note": "dim",
    "plain": "",
    "warning": "bold yellow",
}
BEFORE = {"title", "question", "probe"}
INDENT: dict[Tone, int] = {"title": 0, "warning": 0, "plain": 0}


def make_console(stream: IO[str] | None = None) -> Console:
    """A console on `stream` (standard output if None) that never reads markup in what it shows."""
    console = Console(
        file=stream or sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False
    )
    console.width = min(console.width, MAX_WIDTH)
    return console


def show(console: Console, text: str, tone: Tone) -> None:
    """One paragraph. The text is data: control sequences in it are taken out."""
    if tone in BEFORE:
        console.print()
    marker = {"probe": "↳ ", "hint": "☞ "}.get(tone, "")
    body = Text(marker + printable(text), style=STYLES[tone], overflow="fold")
    console.print(Padding(body, (0, 0, 0, INDENT.get(tone, 2)), expand=False))
