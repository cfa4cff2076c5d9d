"""`/undo` in whole interviews over the public fakes."""

from __future__ import annotations

import pytest
from samples import bank, question
from studio_parts import Held

from interviewer.interview.terminal import Reply
from interviewer.session.events import Undone
from interviewer.session.fold import fold
from interviewer.session.record import BrokenLog

NOTHING = "There is no answer that can be taken back here."


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


def test_the_last_answer_is_taken_back_while_nothing_was_said_to_the_next_question() -> None:
    held = Held("/undo", "all", "/undo", "small", "big", "all", count=2)
    assert held.log.names == [
        *("started", "asked", "answered", "graded", "asked", "undone"),
        *("answered", "graded", "probed", "answered", "graded", "asked", "answered", "graded", "closed"),
    ]  # fmt: skip
    assert held.session == fold(held.log.events)
    assert held.terminal.text("note").count(NOTHING) == 1
    assert "The question that came next is asked again" in held.terminal.text("note")
    # Question 1 counts as prompted, since what came of the first answer was heard; question 2 does not.
    assert held.scores() == [(0.0, 1.0), (1.0, 1.0)]
    assert held.terminal.text("question").count("Prompt number 2?") == 2
    assert [r.question.id for r in held.session.records] == [1, 2]


def test_once_something_was_said_to_the_next_question_the_one_before_is_over() -> None:
    for said in (["small", "big", "all"], ["/hint", "all"]):
        held = Held("all", said[0], *["/undo"] * len(said), *said, count=2)
        assert [r.question.id for r in held.session.records] == [1, 2]
        assert held.session.records[0].first.reply is not None
        assert held.scores()[0] == (1.0, 1.0)


@pytest.mark.parametrize("rule", ["timed", "teaches", "self_graded"])
def test_nothing_is_taken_back_across_a_question_where_that_would_help(rule: str) -> None:
    held = Held("all", "/undo", "all", count=2, **{rule: True})
    assert "undone" not in held.log.names
    assert held.terminal.text("note").count(NOTHING) == 1


def test_a_skipped_question_is_not_taken_back() -> None:
    held = Held("/skip", "/undo", "all", count=2)
    assert "undone" not in held.log.names


def test_a_log_that_takes_back_over_a_reply_is_broken() -> None:
    held = Held("all", "all", count=2)
    events = [e for e in held.log.events if e.event != "closed"]
    first = next(e for e in events if e.event == "answered")
    bad = Undone(seq=len(events), at=events[-1].at, question=1, answer=first.seq)
    with pytest.raises(BrokenLog, match="after the next question was replied to"):
        fold([*events, bad])


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
