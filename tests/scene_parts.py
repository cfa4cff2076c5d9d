"""A story with every kind of event, and scenes as they look."""

from __future__ import annotations

import io

from rich.console import Console
from samples import GRADER, Story, bank, grade, question

from interviewer.common.console import make_console
from interviewer.replay.replay_view import show_scene
from interviewer.replay.scenes import Scene
from interviewer.session.events import (
    Appealed,
    Closed,
    Graded,
    Paused,
    Rerun,
    Resumed,
    Settled,
)

FULL = {"big": "met", "small": "met"}

SCENE_BANK = bank([question(1, misconceptions=[("wrong", 0.5)]), question(2)])


def screen(found: list[Scene], width: int = 200, *, colour: bool = False) -> str:
    out = io.StringIO()
    console = make_console(out)
    if colour:
        console = Console(file=out, force_terminal=True, color_system="truecolor", markup=False)
    console.width = width
    for scene in found:
        show_scene(console, scene)
    return out.getvalue()


def whole_story() -> Story:
    told = Story(SCENE_BANK).ask(1).hint("big").answer("aha").graded({"big": "met"}).probe("small")
    told.add(Paused).add(Resumed, grader=GRADER).skip("unknown").play(2, FULL).add(Closed)
    other = GRADER.model_copy(update={"spec": "judge", "model": "m", "prompt": "p1"})
    told.add(Rerun, run=1, grader=other, bank="b2")
    told.add(
        Graded, question=1, answer=3, grade=grade(SCENE_BANK.question(1), FULL), grader=other,
        run=1, bank="b2",
    )  # fmt: skip
    told.add(Appealed, question=1, answer=3, reason="But I *did*", criterion="small")
    levels = {"big": "met", "small": "partial"}
    return told.add(
        Settled, question=1, answer=3, rater="Ann", levels=levels, misconceptions=("wrong",),
        score=0.4, passed=False, gold="g",
    )  # fmt: skip
