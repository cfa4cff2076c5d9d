"""Scenes of a replay on a console: evidence marked inside the answer, with and without colour."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from interviewer.common.console import BEFORE, INDENT, STYLES, show
from interviewer.common.text import printable
from interviewer.replay.scenes import Scene, Shown
from interviewer.report.verdict_text import Part, Weight

OPEN, CLOSE = "⟦", "⟧"
"""Around evidence; an answer that holds them is shown with square brackets instead."""
_LOOKALIKE = str.maketrans({OPEN: "[", CLOSE: "]"})
_STYLES: dict[Weight, str] = {
    "met": "green underline",
    "partial": "yellow underline",
    "unmet": "underline",
    "wrong": "red underline",
}


def show_scene(console: Console, scene: Scene) -> None:
    """Every paragraph of the scene. Texts are data: control sequences in them are taken out."""
    for line in scene.lines:
        if any(part.label for part in line.parts):
            _show_marked(console, line)
        else:
            show(console, "".join(part.text for part in line.parts), line.tone)


def _show_marked(console: Console, line: Shown) -> None:
    if line.tone in BEFORE:
        console.print()
    body = Text(style=STYLES[line.tone], overflow="fold")
    for part in line.parts:
        body.append_text(_marked(part))
    console.print(Padding(body, (0, 0, 0, INDENT.get(line.tone, 2)), expand=False))


def _marked(part: Part) -> Text:
    words = printable(part.text).translate(_LOOKALIKE)
    if not part.label or not words.strip():
        return Text(words)
    style = _STYLES[part.weight] if part.weight else ""
    tail = words[len(words.rstrip()) :]
    return Text.assemble(
        OPEN, (words.rstrip(), style), CLOSE, (f"{{{printable(part.label)}}}", "dim"), tail
    )
