"""The interview with a style and a model's voice, over the public fakes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fakes import FixedClock, MemoryLog, ScriptedChat, ScriptedGrader, ScriptedTerminal
from report_parts import transcript_of
from samples import bank, question
from studio_parts import TABLE

from interviewer.errors import ModelTimeout
from interviewer.grading.grader import GradeRequest
from interviewer.interview import sitting
from interviewer.interview.asking import order
from interviewer.interview.studio import Studio, start
from interviewer.interview.telling import feedback
from interviewer.interview.voice.voice import Voice
from interviewer.interview.voice.worded import BANK
from interviewer.session.events import EVENT, Asked, Paused, Plan, Probed, Remarked
from interviewer.session.fold import fold

SMALL = bank(
    [
        question(1, misconceptions=[("wrong", 0.25)]),
        question(2),
        question(3, kind="quick-fire", probes=()),
    ]
)
TEXTS: dict[str, Any] = {**TABLE, "slip": {"wrong": "met", "small": "met"}}
FIT = "And what leads to prompt number one in your words?"


class Sat:
    """An interview that was sat; `chat` words what is said, if there is one."""

    def __init__(self, *replies: Any, chat: ScriptedChat | None = None, **rules: Any):
        self.log, self.clock = MemoryLog(), FixedClock()
        self.terminal = ScriptedTerminal(replies)
        self.grader = ScriptedGrader(TEXTS)
        chosen = rules.setdefault("style", "neutral")
        voice = None
        if chat is not None:
            voice = Voice(
                chat, chosen, seconds=5.0, new_marker=lambda: "m", monotonic=self.clock.monotonic
            )
        studio = Studio(
            self.log,
            self.terminal,
            self.clock,
            SMALL,
            lambda: self.grader,
            self.grader.identity,
            voice,
        )
        self.studio = replace(studio, **rules.pop("studio", {}))
        rules.setdefault("count", 1)
        plan = order.make_plan([q.id for q in SMALL.questions], **rules)
        self.session = sitting.conduct(self.studio, start(self.studio, plan, "s", "test"))

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.log.events if isinstance(event, kind)]

    @property
    def probes(self) -> list[tuple[str, str, str]]:
        return [(p.text, p.worded_by, p.written) for p in self.of(Probed)]


def test_an_old_plan_has_no_style() -> None:
    assert Plan(questions=(1,), count=1).style is None
    line = EVENT.dump_json(
        Probed(seq=1, at=FixedClock().now(), question=1, criterion="c", text="t")
    )
    old = line.replace(b',"written":""', b"")
    assert old != line
    assert EVENT.validate_json(old) == EVENT.validate_json(line)


def test_the_model_words_the_follow_up_and_the_log_says_so() -> None:
    sat = Sat("small", "big", chat=ScriptedChat([FIT], name="wordy"))
    assert sat.probes == [(FIT, "wordy", "Lead to big?")]
    assert FIT in sat.terminal.text("probe")
    assert sat.grader.requests[-1].asked == FIT
    assert sat.terminal.waited


def test_a_refused_wording_leaves_the_written_probe() -> None:
    sat = Sat("small", "big", chat=ScriptedChat(["Great!", "Is it the big statement of 1?"]))
    assert sat.probes == [("Lead to big?", BANK, "")]


def test_a_model_that_fails_is_named_once_and_the_interview_goes_on() -> None:
    chat = ScriptedChat(lambda _: ModelTimeout("late"))
    sat = Sat(*["words"] * 7, chat=chat, count=3)
    assert {by for _, by, _ in sat.probes} == {BANK}
    assert len(sat.probes) == 4
    warnings = [t for tone, t in sat.terminal.said if tone == "warning"]
    assert len(warnings) == 2
    assert "took too long" in warnings[0]
    assert "not asked any more" in warnings[1]
    assert len(chat.requests) == 4  # one was for a lead, which nobody misses
    assert sat.session.closed is not None


def test_ctrl_c_stops_the_model_and_not_the_session() -> None:
    sat = Sat("small", "big", chat=ScriptedChat(lambda _: KeyboardInterrupt()))
    assert sat.probes == [("Lead to big?", BANK, "")]
    assert "Stopped waiting for the model." in sat.terminal.text("warning")
    assert sat.session.closed is not None


class Stuck(ScriptedGrader):
    """A judge that the candidate does not wait for."""

    def grade(self, request: GradeRequest) -> Any:
        raise KeyboardInterrupt


def test_ctrl_c_stops_the_judge_and_the_spare_grader_grades() -> None:
    sat = Sat(
        "all",
        studio={"grader": Stuck, "spare_grader": lambda: ScriptedGrader(TEXTS)},
    )
    assert sat.session.closed is not None
    assert sat.session.cold_count == 1
    assert "graded offline" in sat.terminal.text("warning")


@pytest.mark.parametrize("spare", [None, Stuck])
def test_ctrl_c_with_no_other_grader_pauses_with_the_answer_on_record(spare: Any) -> None:
    sat = Sat("all", studio={"grader": Stuck, "spare_grader": spare})
    assert [event.reason for event in sat.of(Paused)] == ["interrupt"]
    assert sat.session.paused
    ready = replace(sat.studio, grader=lambda: sat.grader)
    after = sitting.conduct(ready, sat.session)
    assert after.closed is not None
    assert after.cold_count == 1


class Gapped(ScriptedGrader):
    """A judge whose grades were filled in."""

    def grade(self, request: GradeRequest) -> Any:
        note = f"2 of 2 criteria were {feedback.GRADED_OFFLINE}: the model did not reply in time."
        return super().grade(request).model_copy(update={"notes": (note,)})


def test_that_the_offline_grader_stepped_in_is_said_once() -> None:
    sat = Sat("all", "all", count=2, studio={"grader": lambda: Gapped(TEXTS)})
    warnings = [t for tone, t in sat.terminal.said if tone == "warning"]
    assert len(warnings) == 1
    assert "did not reply in time" in warnings[0]


def test_a_question_back_is_answered_logged_and_not_graded() -> None:
    sat = Sat("What do you mean by prompt?", "all")
    (aside,) = sat.of(Remarked)
    assert (aside.said, aside.worded_by) == ("What do you mean by prompt?", BANK)
    assert "as you understand it" in aside.reply or "part of the answer" in aside.reply
    assert aside.reply in sat.terminal.text("note")
    assert len(sat.grader.requests) == 1
    assert sat.session.cold_count == 1
    assert fold(sat.log.events).records[0].first.asides == (aside,)
    shown = transcript_of(sat.session)
    assert "*Said in between:* What do you mean by prompt?" in shown


def test_a_question_back_to_a_probe_is_about_the_probe() -> None:
    sat = Sat("small", "can you repeat that?", "big", cold=False)
    (aside,) = sat.of(Remarked)
    assert "Lead to big?" in aside.reply
    assert sat.session.records[0].turns[1].asides == (aside,)


def test_the_model_clarifies_without_giving_anything_away() -> None:
    explained = "I ask about prompt number one, as you see it."
    sat = Sat("what do you mean?", "all", chat=ScriptedChat([explained], name="wordy"))
    (aside,) = sat.of(Remarked)
    assert (aside.reply, aside.worded_by) == (explained, "wordy")
    leak = "I ask for the big statement of 1 and the small statement of 1."
    sat = Sat("what do you mean?", "all", chat=ScriptedChat([leak, leak]))
    assert sat.of(Remarked)[0].worded_by == BANK


LEAD = "From that prompt we go on to the next number."


@pytest.mark.parametrize(
    ("chosen", "led"), [("friendly", True), ("neutral", True), ("tough", False)]
)
def test_a_lead_goes_before_the_next_question_and_never_changes_it(chosen: Any, led: bool) -> None:
    sat = Sat("all", "all", count=2, style=chosen, chat=ScriptedChat([LEAD], name="wordy"))
    first, second = sat.of(Asked)
    assert (first.lead, first.led_by) == ("", "")
    assert (second.lead, second.led_by) == ((LEAD, "wordy") if led else ("", ""))
    assert second.question.prompt == "Prompt number 2?"
    assert (LEAD in sat.terminal.text()) is led


def test_no_lead_after_a_question_that_was_passed_on() -> None:
    chat = ScriptedChat([LEAD])
    sat = Sat("/skip", "all", count=2, chat=chat)
    assert sat.of(Asked)[1].lead == ""
    assert chat.requests == []
