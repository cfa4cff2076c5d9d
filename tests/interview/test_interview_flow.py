"""Whole interviews over the public fakes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fakes import FixedClock, MemoryLog, ScriptedGrader, ScriptedTerminal
from samples import bank, question
from studio_parts import BANK, TABLE, Held

from interviewer.grading.grader import GradeRequest
from interviewer.interview import sitting
from interviewer.interview.asking import order
from interviewer.interview.sitting import NEXT
from interviewer.interview.studio import Studio, start
from interviewer.interview.telling import wordings
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.report import report_data
from interviewer.session.events import Answered, Resumed, Skipped
from interviewer.session.fold import fold


def test_a_whole_session() -> None:
    held = Held("all", "all", "all")
    assert held.log.names == ["started", *(["asked", "answered", "graded"] * 3), "closed"]
    assert held.session == fold(held.log.events)
    assert held.session.cold_count == 3
    assert held.terminal.left == 0
    assert [s.cold for s in held.terminal.statuses] == [0, 1, 2]
    assert [(s.number, s.total, s.question) for s in held.terminal.statuses] == [
        *((1, 3, 1), (2, 3, 2), (3, 3, 3))
    ]
    assert "Prompt number 2?" in held.terminal.text("question")


def test_probes_lift_the_final_score_and_never_the_cold_one() -> None:
    held = Held("small", "big", "small", "nonsense", "more nonsense", count=2)
    # 1: small alone is 1 / 4, the probe brings big; 2: two probes that bring nothing
    assert held.scores() == [(0.25, 1.0), (0.25, 0.25)]
    assert held.log.names.count("probed") == 2
    assert held.terminal.text("probe") == "Lead to big?\nLead to big?"
    assert held.session.cold_count == 0


def test_the_answer_is_on_record_before_anything_is_done_with_it() -> None:
    class Watching(ScriptedGrader):
        def grade(self, request: GradeRequest) -> Any:
            last = held_log.events[-1]
            assert isinstance(last, Answered)
            assert last.text == request.answer
            return super().grade(request)

    held_log = MemoryLog()
    grader = Watching(TABLE)
    studio = Studio(
        held_log,
        ScriptedTerminal(["all"]),
        FixedClock(),
        BANK,
        lambda: grader,
        grader.identity,
    )
    begun = start(studio, order.make_plan([1]), "s", "t")
    sitting.conduct(studio, begun)
    assert len(grader.requests) == 1


def test_the_grader_sees_the_exemplars_and_what_was_asked() -> None:
    rich = bank([question(1, references=("A reference.",))])
    held = Held("small", "big", of=rich)
    first, second = held.grader.requests
    assert first.question == rich.question(1)
    assert (first.asked, second.asked) == ("Prompt number 1?", "Lead to big?")


def test_a_hint_marks_the_question_as_prompted() -> None:
    held = Held("/hint", "all", "all", count=2)
    assert held.scores() == [(0.0, 1.0), (1.0, 1.0)]
    assert held.terminal.text("hint") == "Lead to big?"
    assert [r.prompted for r in held.session.records] == [True, False]


def test_hints_run_out_kindly() -> None:
    held = Held("/hint", "/hint", "/hint", "all", count=1)
    assert held.terminal.text("hint") == "Lead to big?\nLead to small?"
    assert re.search("no further hint|all the help I have", held.terminal.text("note"))
    assert held.log.names.count("hinted") == 2


def test_a_cold_run_has_neither_hints_nor_probes() -> None:
    held = Held("/hint", "small", count=1, cold=True)
    assert held.log.names == ["started", "asked", "answered", "graded", "closed"]
    assert held.scores() == [(0.25, 0.25)]
    assert "No hints this time" in held.terminal.text("note")


@pytest.mark.parametrize(
    ("reply", "reason", "words"),
    [
        ("/skip", "skip", "Skipped."),
        ("I don't know", "unknown", "Good to say so."),
        (("  ", "\n"), "unknown", "No answer"),
        (Reply("timeout", ""), "timeout", "On to the next one."),
    ],
)
def test_passing_on_is_a_zero_on_record_and_keeps_the_answer_back(
    reply: str | Reply | tuple[str, ...], reason: str, words: str
) -> None:
    held = Held(*(reply if isinstance(reply, tuple) else (reply,)), "all", count=2)
    skipped = [e for e in held.log.events if isinstance(e, Skipped)]
    assert [s.reason for s in skipped] == [reason]
    assert held.scores() == [(0.0, 0.0), (1.0, 1.0)]
    assert words in held.terminal.text("note")
    assert "Reference number 1." not in held.terminal.text()
    assert len(held.grader.requests) == 1


NOTHING = "Nothing came through. Say what you have, or /skip."


def test_nothing_submitted_is_asked_once_more_and_is_not_on_record() -> None:
    held = Held("", "all", count=1)
    assert held.terminal.text("note").count(NOTHING) == 1
    assert held.log.names == ["started", "asked", "answered", "graded", "closed"]
    again = Held("", "/hint", "", "", count=1, probes=0)  # something was said in between
    assert again.terminal.text("note").count(NOTHING) == 2
    assert again.log.names == ["started", "asked", "hinted", "skipped", "closed"]


def test_each_follow_up_is_asked_once_more_too() -> None:
    held = Held("", "big", "", "", count=1)
    assert held.terminal.text("note").count(NOTHING) == 2
    assert held.log.names[-3:] == ["probed", "skipped", "closed"]


def test_what_was_typed_when_time_ran_out_is_an_answer() -> None:
    held = Held(Reply("timeout", "big", 40.0), "/skip", count=1, timed=True)
    answers = [e for e in held.log.events if isinstance(e, Answered)]
    assert [(a.text, a.seconds) for a in answers] == [("big", 40.0)]
    assert held.session.records[0].cold == 0.75


@pytest.mark.parametrize(("pace", "times"), [("spoken", 1), ("typed", 3)])
def test_the_pace_sets_the_clock_of_questions_and_follow_ups(pace: Any, times: int) -> None:
    held = Held("big", Reply("text", "/help", 5.0), "small", count=1, timed=True, pace=pace)
    limit = times * BANK.question(1).seconds
    assert [s.limit for s in held.terminal.statuses] == [limit, limit, limit - 5]
    assert f"{'typing' if times == 3 else 'spoken answer'}" in held.terminal.text("note")


def test_the_clock_of_the_next_question_waits_for_the_reader() -> None:
    held = Held("big", "small", "all", "/skip", timed=True)
    assert held.terminal.readied == [NEXT] * 2  # not before a follow-up, and not before the first
    at = [text for _, text in held.terminal.said]
    assert at.index("Prompt number 2?") > at.index("Question 2 of 3")
    assert Held("all", "all", "all").terminal.readied == []


def test_who_leaves_while_the_clock_waits_pauses_before_the_next_question() -> None:
    held = Held("all", timed=True)
    assert held.log.names[-2:] == ["graded", "paused"]
    held.go_on("all", "all")
    assert held.terminal.readied == [NEXT]  # the first of a sitting is there at once
    assert held.session.closed is not None


def test_a_session_may_go_on_at_another_pace() -> None:
    held = Held("all", "/pause", timed=True)
    limit = BANK.question(2).seconds
    held.go_on("/pause")
    assert held.terminal.statuses[0].limit == limit
    held.go_on("/pause", pace="typed")
    assert "for typing" in held.terminal.text("note")
    assert held.terminal.statuses[0].limit == 3 * limit
    held.go_on("all", "all", pace=None)
    assert [s.limit for s in held.terminal.statuses] == [3 * limit] * 2
    assert [e.pace for e in held.log.events if isinstance(e, Resumed)] == [None, "typed", None]
    assert report_data.build(held.session).session.rules == ("timed for typing",)


def test_commands_use_up_the_time_of_a_timed_answer() -> None:
    held = Held(
        Reply("text", "/repeat", 20.0), Reply("text", "/help", 30.5), "all", count=1, timed=True
    )
    limit = BANK.question(1).seconds
    assert [s.limit for s in held.terminal.statuses] == [limit, limit - 20, round(limit - 50.5)]
    assert held.session.records[0].seconds == 50.5


def test_a_silent_session_says_nothing_before_its_end() -> None:
    held = Held("small", "/why", "nonsense", "/skip", silent=True, count=2)
    assert held.terminal.text("good", "missing") == ""
    assert "A full answer" not in held.terminal.text()
    assert "Feedback comes at the end" in held.terminal.text("note")
    assert [s.cold for s in held.terminal.statuses] == [None] * 4
    seen = {
        "".join(p.text for p in s.parts) for scene in scenes(held.log.events) for s in scene.lines
    }
    told = {text.format("“small”") for text in wordings.TAKEN_UP["neutral"]}
    assert seen & {*told, *wordings.ACCEPTED["neutral"]}  # a replay


def test_why_explains_the_last_grade() -> None:
    held = Held("/why", "big", "/why", "/skip", "/why", "all", count=2)
    assert "Nothing has been graded yet." in held.terminal.text("note")
    assert "Question 1: 0.75" in held.terminal.text("title")
    assert "✓  The big statement of 1." in held.terminal.text("good")
    open_, over = held.terminal.text("missing").splitlines()
    assert open_ == "·  1 point not said, and shown when the session is over."
    assert over == "·  The small statement of 1."


def test_repeat_help_and_a_word_that_is_no_command() -> None:
    held = Held("/repeat", "/help", "/jump", "all", count=1)
    assert held.terminal.text("question").count("Prompt number 1?") == 2
    assert "/hint  a nudge" in held.terminal.text("note")
    assert "There is no command '/jump'." in held.terminal.text("warning")
    assert held.log.names == ["started", "asked", "answered", "graded", "closed"]


def test_repeat_during_a_probe_repeats_the_probe() -> None:
    held = Held("small", "/repeat", "big", count=1)
    assert held.terminal.text("probe") == "Lead to big?\nLead to big?"
    assert held.log.names.count("probed") == 1
