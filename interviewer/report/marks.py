"""An answer cut at the edges of its evidence, so that each piece can be shown marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from interviewer.common.text import shown_of


@dataclass(frozen=True)
class Piece:
    """A stretch of an answer, printable. `labels` cover it; `ends` are those that end with it."""

    text: str
    labels: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def pieces(answer: str, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """The whole answer in pieces, whose texts joined are `printable(answer)`.

    spans: half-open (start, end, label) in code points of the answer as it was given; they may
    overlap, and what lies outside the answer is cut off.
    """
    size = len(answer)
    inside = [(max(0, a), min(size, b), label) for a, b, label in spans if max(0, a) < min(size, b)]
    edges = sorted({0, size, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    shown = shown_of(answer)
    return [
        Piece(
            text="".join(shown[a:b]),
            labels=_unique(label for s, e, label in inside if s <= a and b <= e),
            ends=_unique(label for _, e, label in inside if e == b),
        )
        for a, b in pairwise(edges)
    ]


def _unique(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))
