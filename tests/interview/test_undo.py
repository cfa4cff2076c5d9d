"""`/undo` in whole interviews over the public fakes."""

from __future__ import annotations

from samples import bank, question
from studio_parts import Held

from interviewer.interview.terminal import Reply
from interviewer.session.fold import fold

NOTHING = "No answer to this question can be taken back."


def test_the_answer_before_a_follow_up_is_taken_back() -> None:
    held = Held("small", "/undo", "all", "all", count=2)
    assert held.log.names[:8] == [
        *("started", "asked", "answered", "graded", "probed", "undone", "answered", "graded")
    ]
    assert held.session == fold(held.log.events)
    assert held.scores() == [(0.0, 1.0), (1.0, 1.0)]  # the follow-up was seen
    assert held.terminal.text("question").count("Prompt number 1?") == 2
    note = held.terminal.text("note")
    assert "Taken back; the log keeps it." in note
    assert "counts as prompted from here" in note
    # the grader graded both; what was taken back is in no score
    assert [r.answer for r in held.grader.requests][:2] == ["small", "all"]


def test_one_after_another() -> None:
    held = Held("x", "y", "/undo", "/undo", "/undo", "all", count=1)
    assert held.log.names.count("undone") == 2
    assert held.terminal.text("note").count(NOTHING) == 1
    assert held.terminal.text("note").count("counts as prompted") == 1
    assert held.scores() == [(0.0, 1.0)]
    probes = ["Lead to big?", "Lead to small?", "Lead to big?"]
    assert held.terminal.text("probe").splitlines() == probes


def test_an_answer_to_a_follow_up_leaves_the_cold_score() -> None:
    twice = bank([question(1, probes=[("small", "One?"), ("small", "Two?")])])
    held = Held("big", "nonsense", "/undo", "small", of=twice)
    assert held.log.names.count("undone") == 1
    assert held.terminal.text("probe").splitlines() == ["One?", "Two?", "One?"]
    assert held.scores() == [(0.75, 1.0)]
    assert "counts as prompted" not in held.terminal.text("note")


def test_nothing_can_be_taken_back_once_the_next_question_is_asked() -> None:
    held = Held("/undo", "all", "/undo", "all", count=2)
    assert "undone" not in held.log.names
    assert held.terminal.text("note").count(NOTHING) == 2
    assert held.scores() == [(1.0, 1.0), (1.0, 1.0)]


def test_the_clock_goes_on_where_it_stood() -> None:
    held = Held(
        Reply("text", "small", 25.0), Reply("text", "/undo", 4.0), Reply("text", "all", 5.0),
        count=1, timed=True,
    )  # fmt: skip
    assert [s.limit for s in held.terminal.statuses] == [60, 60, 35]
    assert held.session.records[0].seconds == 30.0


def test_it_is_taken_back_after_a_pause_too() -> None:
    held = Held("small", "/pause", count=1).go_on("/undo", "all")
    assert held.scores() == [(0.0, 1.0)]
    assert held.session == fold(held.log.events)
