"""Stories told at random: any move, in any order that can follow."""

from __future__ import annotations

from hypothesis import strategies as st
from samples import GRADER, Story, bank, question

from interviewer.session.events import (
    Paused,
    Resumed,
)

BANK = bank([question(1), question(2), question(3)])
LEVELS = st.sampled_from(["met", "partial", "unmet", "timeout"])
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["go", "go", "go", "skip", "hint", "pause", "probe"]), LEVELS, LEVELS
    ),
    max_size=40,
)


def play(moves: list[tuple[str, str, str]]) -> Story:
    """A valid log: each move does what is possible in its place."""
    told = Story(BANK)
    for move, big, small in moves:
        record = told.session.current
        turn = record.turns[-1] if record else None
        if move == "pause":
            told.add(Paused).add(Resumed, grader=GRADER)
        elif turn and turn.awaits_grade:
            told.graded({"big": big, "small": small})
        elif turn and turn.reply is None:
            {"skip": told.skip, "hint": lambda: told.hint("big")}.get(move, told.answer)()
        elif turn and turn.graded and move == "probe":
            told.probe("small")
        elif len(told.session.records) < 3:
            told.ask(len(told.session.records) + 1)
    return told
