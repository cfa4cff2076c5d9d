"""The port to where a replay is stepped through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from interviewer.replay.scenes import Scene


@dataclass(frozen=True)
class Place:
    """Where a replay stands: the scene of that number, from 1, of `total`.

    question: the one it belongs to. note: what to tell about the last move.
    """

    number: int
    total: int
    question: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Move:
    """Where to go in a replay. question: where to jump to; 0 is the beginning."""

    kind: Literal["next", "back", "jump", "quit"]
    question: int = 0


class ReplayScreen(Protocol):
    """Where a replay is stepped through."""

    def show(self, scene: Scene) -> None:
        """Add a scene below the others."""
        ...

    def redraw(self, scenes: Sequence[Scene]) -> None:
        """Show these scenes and nothing else."""
        ...

    def move(self, place: Place) -> Move:
        """Wait for the next move."""
        ...
