"""How interviews stop, fail and go on, over the public fakes."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import FixedClock, MemoryLog, ScriptedGrader, ScriptedTerminal
from samples import bank, question
from studio_parts import BANK, TABLE, Held

from interviewer.errors import TranscriptError
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import GraderIdentity
from interviewer.interview import sitting
from interviewer.interview.asking import order
from interviewer.interview.studio import Studio, start
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.session.events import Closed, Paused, Resumed
from interviewer.session.fold import fold
from interviewer.session.record import Session


@pytest.mark.parametrize(
    ("reply", "reason", "draft"),
    [
        ("/pause", "command", ""),
        (Reply("end", "half an"), "end-of-input", "half an"),
        (Reply("interrupt", "half\nan \udcff"), "interrupt", "half\nan �"),
    ],
)
def test_a_pause_keeps_the_draft_and_goes_on_where_it_was(
    reply: str | Reply, reason: str, draft: str
) -> None:
    held = Held("small", reply, count=2)
    paused = held.log.events[-1]
    assert isinstance(paused, Paused)
    assert (paused.reason, paused.draft) == (reason, draft)
    assert held.session.paused
    assert held.session.closed is None
    held.go_on("big", "all")
    assert held.terminal.text("title").startswith("Welcome back. 1 question of 2 asked so far.")
    assert held.terminal.text("probe") == "Lead to big?"  # the open probe, not the next question
    assert held.scores() == [(0.25, 1.0), (1.0, 1.0)]
    assert held.log.names.count("resumed") == 1
    assert held.session == fold(held.log.events)


def test_quit_asks_first_and_ends_the_session() -> None:
    held = Held("all", "/quit", count=3)
    closed = held.log.events[-1]
    assert isinstance(closed, Closed)
    assert closed.reason == "quit"
    assert len(held.terminal.confirmed) == 1
    stayed = Held("/quit", "all", count=1, agrees=False)
    assert stayed.session.cold_count == 1


def test_an_ungraded_answer_is_never_a_score() -> None:
    held = Held("broken", "big", "all", count=2)
    # The ungraded criterion is not probed, so "big" answers question 2 and is probed once.
    assert held.scores()[0] == (None, None)
    assert "could not grade that one" in held.terminal.text("warning")
    assert held.scores()[1] == (0.75, 1.0)
    assert held.session.cold_count == 1


def test_after_a_probe_only_what_is_still_missing_is_named() -> None:
    held = Held("small", "nonsense", "nonsense", count=1, probes=1, teaches=True)
    missing = held.terminal.text("missing")
    assert "Still missing: The big statement of 1." in missing
    assert "small statement" not in missing


def test_a_full_disk_stops_the_interview_and_nothing_on_record_is_lost() -> None:
    log = MemoryLog(room=3)
    grader = ScriptedGrader(TABLE)
    studio = Studio(
        log, ScriptedTerminal(["all"] * 3), FixedClock(), BANK, lambda: grader, grader.identity
    )
    begun = start(studio, order.make_plan([1, 2]), "s", "t")
    with pytest.raises(TranscriptError, match="no room"):
        sitting.conduct(studio, begun)
    assert log.names == ["started", "asked", "answered"]
    assert fold(log.events).records[0].turns[0].awaits_grade


def test_a_grader_that_cannot_load_leaves_the_answer_for_the_next_time() -> None:
    held = Held(count=1)  # paused at once

    def missing() -> ScriptedGrader:
        raise TranscriptError("no weights")

    with pytest.raises(TranscriptError, match="no weights"):
        held.go_on("all", grader=missing)
    assert held.log.names[-1] == "answered"
    held.go_on(grader=lambda: held.grader)
    assert held.session.cold_count == 1
    assert held.session.closed is not None


def test_another_grader_is_named_when_it_takes_over() -> None:
    held = Held(count=1)
    other = GraderIdentity(spec="other", version="2")
    held.go_on("all", identity=other)
    resumed = [e for e in held.log.events if isinstance(e, Resumed)]
    assert [r.grader for r in resumed] == [other]


def test_an_edited_bank_changes_no_question_already_asked() -> None:
    held = Held(count=2)
    edited = bank([question(1, prompt="Reworded?"), question(2, prompt="New words?"), question(3)])
    held.go_on("all", "all", bank=edited)
    assert held.grader.requests[0].question.prompt == "Prompt number 1?"
    assert "Prompt number 1?" in held.terminal.text("question")
    assert "New words?" in held.terminal.text("question")


def test_times_are_the_clocks_own() -> None:
    class Slow(ScriptedGrader):
        def grade(self, request: GradeRequest) -> Any:
            held.clock.advance(1.5)
            return super().grade(request)

    held = Held(count=1)
    slow = Slow(TABLE)
    held.go_on(Reply("text", "all", 12.0), grader=lambda: slow)
    graded = held.session.records[0].turns[0].graded
    assert graded is not None
    assert graded.seconds == 1.5
    assert held.session.records[0].seconds == 12.0


def test_a_replay_shows_what_was_shown() -> None:
    held = Held("small", "/hint", "big", "/skip", Reply("end"), count=3)
    seen = [
        (s.tone, "".join(p.text for p in s.parts))
        for scene in scenes(held.log.events)
        for s in scene.lines
    ]
    shown = held.terminal.said
    for tone in ("question", "probe", "hint"):
        assert [t for t in seen if t[0] == tone] == [t for t in shown if t[0] == tone]
    rest = iter(seen)
    assert all(line in rest for line in shown if line[0] == "good")
    assert ("plain", "› small") in seen
    assert isinstance(held.session, Session)
