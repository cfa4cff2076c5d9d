"""Stories told at random: any move, in any order that can follow."""

from __future__ import annotations

from hypothesis import strategies as st
from samples import GRADER, Story, bank, question

from interviewer.session.events import (
    Answered,
    Paused,
    Resumed,
    Undone,
)
from interviewer.session.record import Record

BANK = bank([question(1), question(2), question(3)])
LEVELS = st.sampled_from(["met", "partial", "unmet", "timeout"])
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["go", "go", "go", "skip", "hint", "pause", "probe", "undo"]),
        LEVELS,
        LEVELS,
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
        elif move == "undo" and record and (last := _answer_of(record)) is not None:
            told.add(Undone, question=record.question.id, answer=last)
        elif turn and turn.awaits_grade:
            told.graded({"big": big, "small": small})
        elif turn and turn.reply is None:
            {"skip": told.skip, "hint": lambda: told.hint("big")}.get(move, told.answer)()
        elif turn and turn.graded and move == "probe":
            told.probe("small")
        elif len(told.session.records) < 3:
            told.ask(len(told.session.records) + 1)
    return told


def _answer_of(record: Record) -> int | None:
    """The number of the answer that was given last, where it can be taken back."""
    replies = [turn.reply for turn in record.turns if turn.reply is not None]
    last = replies[-1] if replies else None
    return last.seq if isinstance(last, Answered) else None
