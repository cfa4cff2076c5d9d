"""A session played again: paced, or step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from interviewer.replay.scenes import Scene
from interviewer.replay.screen import Place, ReplayScreen

LONGEST_PAUSE = 600.0


def play(scenes: Sequence[Scene], show: Callable[[Scene], None], speed: float) -> None:
    """Show the scenes as far apart as they were, divided by the speed; at once at speed 0."""
    for scene in scenes:
        if speed > 0:
            time.sleep(min(min(scene.gap, LONGEST_PAUSE) / speed, LONGEST_PAUSE))
        show(scene)


def start_of(scenes: Sequence[Scene], question: int) -> int | None:
    """The index of the first scene of that question; None if it was not asked."""
    return next((i for i, scene in enumerate(scenes) if scene.question == question), None)


def step_through(scenes: Sequence[Scene], screen: ReplayScreen, start: int = 0) -> None:
    """Show the scenes one by one, as the person at the screen asks for them, until they quit."""
    at, note = start, ""
    screen.redraw(_page(scenes, at))
    while True:
        place = Place(at + 1, len(scenes), scenes[at].question, note)
        move, note = screen.move(place), ""
        match move.kind:
            case "quit":
                return
            case "next" if at + 1 < len(scenes):
                at += 1
                screen.show(scenes[at])
            case "next":
                note = "that was the end"
            case "back":
                at = max(0, at - 1)
                screen.redraw(_page(scenes, at))
            case "jump":
                found = start_of(scenes, move.question) if move.question else 0
                if found is None:
                    note = f"question {move.question} was not asked"
                else:
                    at = found
                    screen.redraw(_page(scenes, at))


def _page(scenes: Sequence[Scene], at: int) -> Sequence[Scene]:
    """The scenes of the question under way, up to the one at hand."""
    first = at
    number = scenes[at].question
    while number is not None and first > 0 and scenes[first - 1].question == number:
        first -= 1
    return scenes[first : at + 1]
