"""Scenes of a replay on a console: evidence marked inside the answer, with and without colour."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from interviewer.common.console import Styled, show, show_parts
from interviewer.common.text import one_line, printable
from interviewer.replay.scenes import Scene
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
            parts = [piece for part in line.parts for piece in _marked(part)]
            show_parts(console, parts, line.tone)
        else:
            show(console, "".join(part.text for part in line.parts), line.tone)


def _marked(part: Part) -> Iterator[Styled]:
    words = printable(part.text).translate(_LOOKALIKE)
    if not part.label or not words.strip():
        yield words
        return
    kept = words.rstrip()
    yield OPEN
    yield kept, _STYLES[part.weight] if part.weight else ""
    yield CLOSE
    yield f"{{{one_line(part.label)}}}", "dim"
    yield words[len(kept) :]
