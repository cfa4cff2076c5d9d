"""The lines of a page, one for one, while what a program put around them is taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.bank.importing.documents import QUOTED, Missed
from interviewer.bank.importing.holes import squeezed
from interviewer.common.text import one_line

FENCE = re.compile(r"^\s*(?:>\s?)*(?:```|~~~)")
ANSWER = re.compile(
    r"^(?:(?:click|tap)\s.*|(?:show|see|view|reveal|expand)?\s*(?:the\s+)?(?:answer|ans|solution|lösung|antwort|respuesta"
    r"|réponse|ответ|答案)s?)\s*[:.!?]*$",
    re.IGNORECASE,
)
"""What is written on a fold that hides an answer."""


class Page:
    """lines: as they now stand; each keeps its place. ends: lines, from 0, before which a question is over.
    left: what was taken off that said something."""

    def __init__(self, lines: Sequence[str]):
        self.lines = list(map(squeezed, lines))
        self.ends: set[int] = set()
        self.left: list[Missed] = []
        self.code = _code(self.lines)

    def leave(self, at: int, why: str, end: int | None = None, *, kept: str = "") -> None:
        """Take the lines from that one to before `end` off the page, and note it. kept: what stays of the first."""
        held = self.lines[at : at + 1 if end is None else end]
        said = one_line(" ".join(held), QUOTED)
        self.left.append(Missed(line=at + 1, text=said, why=why))
        self.lines[at : at + len(held)] = [kept, *[""] * (len(held) - 1)]


def _code(lines: Sequence[str]) -> list[bool]:
    """For each line whether it lies in a fence, which is left as it is."""
    out, inside = [], False
    for line in lines:
        fence = bool(FENCE.match(line))
        out.append(inside or fence)
        inside ^= fence
    return out
