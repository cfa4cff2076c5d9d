"""The interview goes on while a judge thinks, and its grade is amended when it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from fakes import (
    FixedClock,
    MemoryLog,
    ScriptedGrader,
    ScriptedLateJudge,
    ScriptedTerminal,
)
from hypothesis import given
from hypothesis import strategies as st
from report_parts import transcript_of
from samples import bank, question

from interviewer.grading.grader import GradeRequest
from interviewer.history import summaries
from interviewer.interview import amending, sitting
from interviewer.interview.asking import order
from interviewer.interview.studio import Studio, start
from interviewer.interview.telling import feedback
from interviewer.interview.telling.debrief import debrief
from interviewer.interview.telling.second_thoughts import second_thoughts
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.report import report_data
from interviewer.session.events import Amended, Graded, Referred
from interviewer.session.fold import fold
from interviewer.session.record import BrokenLog, altered, awaiting_judge
from interviewer.session.runs import run_of

BANK = bank([question(n, misconceptions=[("wrong", 0.25)]) for n in (1, 2, 3)])
FULL = {"big": "met", "small": "met"}
OFFLINE: dict[str, Mapping[str, Any]] = {
    "all": FULL,
    "kind": FULL,
    "delta": {},
    "big": {"big": "met"},
    "slip": {"wrong": "met"},
}
JUDGE: dict[str, Mapping[str, Any]] = {
    "all": FULL,
    "kind": {},
    "delta": FULL,
    "big": FULL,
    "slip": {},
}
"""What the judge says otherwise: 'kind' is too kind a grade of the offline grader's, and so on."""


class Sat:
    """A session with a judge that is not waited for."""

    def __init__(
        self,
        *replies: str | Reply,
        comes: Mapping[str, str] | None = None,
        room: int = 99,
        told: tuple[str, ...] = (),
        **rules: Any,
    ):
        self.log, self.clock = MemoryLog(), FixedClock()
        self.judge = ScriptedGrader(JUDGE, spec="judge")
        self.terminal = ScriptedTerminal(replies)
        self.late = ScriptedLateJudge(self.judge, comes, room=room, told=told)
        offline = ScriptedGrader(OFFLINE, spec="offline")
        self.studio = Studio(
            log=self.log,
            terminal=self.terminal,
            clock=self.clock,
            bank=BANK,
            grader=lambda: self.judge,
            identity=self.judge.identity,
            spare_grader=lambda: offline,
            late_judge=self.late,
        )
        rules.setdefault("probes", 0)
        rules.setdefault("count", 2)
        plan = order.make_plan([q.id for q in BANK.questions], **rules)
        self.session = sitting.conduct(self.studio, start(self.studio, plan, "s", "test"))
        assert self.session == fold(self.log.events)

    def go_on(self, *replies: str, late: Any = None) -> Sat:
        self.terminal = ScriptedTerminal(replies)
        self.late = late or ScriptedLateJudge(self.judge)
        studio = replace(self.studio, terminal=self.terminal, late_judge=self.late)
        self.session = sitting.conduct(studio, fold(self.log.events))
        assert self.session == fold(self.log.events)
        return self

    @property
    def by(self) -> list[str]:
        """Who graded each answer in the end."""
        return [
            turn.graded.grader.spec
            for record in self.session.records
            for turn in record.turns
            if turn.graded is not None
        ]

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.log.events if isinstance(event, kind)]


def test_a_judge_that_is_quick_grades_as_ever() -> None:
    sat = Sat("all", "kind", comes={"all": "at once", "kind": "at once"})
    assert sat.log.names == ["started", *(["asked", "answered", "graded"] * 2), "closed"]
    assert (sat.by, sat.session.cold_count) == (["judge", "judge"], 1)


def test_the_interview_goes_on_and_the_grade_is_amended() -> None:
    sat = Sat("delta", "all", comes={"delta": "all"})
    assert sat.log.names == [
        *("started", "asked", "answered", "referred", "graded", "asked", "answered"),
        # the judge's grade of the first answer is there when the second is handed over
        *("amended", "referred", "graded", "amended", "closed"),
    ]
    assert [e.grader.spec for e in sat.of(Graded)] == ["offline", "offline"]
    assert [(e.grader.spec, e.came) for e in sat.of(Amended)] == [("judge", True)] * 2
    assert [r.cold for r in sat.session.records] == [1.0, 1.0]
    # The toolbar of the second question was shown before; nothing else was known then.
    assert [s.cold for s in sat.terminal.statuses] == [0, 0]


def test_everything_reads_the_amended_grade() -> None:
    sat = Sat("delta", "kind", comes={"delta": "kind"})
    assert [r.cold for r in sat.session.records] == [1.0, 0.0]
    run = run_of(sat.session, 0)
    assert run is not None
    assert (run.grader.spec, run.graded) == ("judge", 2)
    shown = "\n".join(text for _, text in debrief(sat.session))
    assert "Question 1: Prompt number 1?\nAnswered cold, in full." in shown
    assert "Question 2: Prompt number 2?\nNot enough." in shown
    report = report_data.build(sat.session)
    assert [q.cold for q in report.questions] == [1.0, 0.0]
    assert "The interview went on with 0.00 by the offline grader" in transcript_of(sat.session)
    summary = summaries.summary_of(sat.session, "name", summaries.Texts())
    assert [record.cold for record in summary.attempts] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("delta", "On second thoughts about question 1: you had all of it."),
        (
            "kind",
            "On second thoughts about question 1: I was more generous there than I should have been.",
        ),
        ("big", "On second thoughts about question 1: you had all of it."),
        ("slip", "On second thoughts about question 1: I take back what I said of “slip”."),
        ("all", ""),
    ],
)
def test_only_a_verdict_that_was_said_aloud_is_taken_up_again(answer: str, words: str) -> None:
    sat = Sat(answer, "all", comes={answer: "all"} if answer != "all" else {"all": "never"})
    said = [t for _, t in sat.terminal.said if t.startswith("On second")]
    assert said == ([words] if words else [])
    shown = [p.text for s in scenes(sat.log.events) for line in s.lines for p in line.parts]
    assert [t for t in shown if t.startswith("On second")] == said


@pytest.mark.parametrize("rules", [{"silent": True}, {"self_graded": True}])
def test_where_no_verdict_was_said_none_is_taken_back(rules: dict[str, bool]) -> None:
    sat = Sat("delta", "all", comes={"delta": "all"}, **rules)
    assert "second thoughts" not in sat.terminal.text()
    assert sat.session.records[0].cold == 1.0


def test_a_slip_is_not_taken_back_where_none_is_told() -> None:
    sat = Sat("slip", "all", comes={"slip": "all"}, cold=True)
    assert "second thoughts" not in sat.terminal.text()


def test_follow_ups_go_by_what_is_known() -> None:
    # The judge's grade of "delta" comes with the reply to the first probe: no second one is put.
    sat = Sat("delta", "gamma", comes={"delta": "gamma"}, probes=2, count=1)
    assert sat.log.names.count("probed") == 1
    assert sat.session.records[0].final == 1.0
    assert "second thoughts" not in sat.terminal.text()
    assert Sat("delta", "gamma", "x", probes=2, count=1).log.names.count("probed") == 2


def test_a_judge_that_cannot_be_asked_leaves_the_offline_grade() -> None:
    sat = Sat("all", "big", "delta", comes={"all": "broken", "big": "delta"}, count=3)
    first = sat.session.records[0].first.graded
    assert first is not None
    assert (first.grade.score, first.grader.spec) == (1.0, "judge")
    assert [v.rationale for v in first.grade.graded] == ["graded offline"] * 2
    assert "2 of 2 criteria were graded offline" in first.grade.notes[0]
    assert "the wire was cut" in first.grade.notes[0]
    assert sat.terminal.text("warning").count("graded offline") == 1


def test_the_end_waits_for_what_is_open() -> None:
    sat = Sat("delta", "delta")
    assert [e.came for e in sat.of(Amended)] == [True, True]
    assert "waiting for the judge's last word on 2 answers, Ctrl-C goes on without" in (
        sat.terminal.waited
    )
    assert "second thoughts" not in sat.terminal.text(), "the debrief tells it"
    assert sat.session.cold_count == 2


def test_what_has_not_come_at_the_end_keeps_its_offline_grade_and_says_so() -> None:
    sat = Sat("big", "all", comes={"big": "never"})
    first, second = sat.session.records
    assert [e.came for e in sat.of(Amended)] == [True, False]
    assert (first.cold, second.cold) == (0.75, 1.0)
    assert first.first.graded is not None
    (note, other) = first.first.graded.grade.notes
    assert note == (
        "2 of 2 criteria were graded offline: the model did not reply in time (the session was over"
        " before)."
    )
    assert other.startswith("1 of 1 misconceptions was graded offline")
    assert awaiting_judge(sat.session) == []


class Impatient(ScriptedLateJudge):
    """At the end the candidate presses Ctrl-C."""

    def arrived(self, seconds: float = 0.0) -> Any:
        if seconds == self.deadline:
            raise KeyboardInterrupt
        return super().arrived(seconds)


def test_ctrl_c_at_the_end_goes_on_without_the_judge() -> None:
    sat = Sat("big", "/pause", count=2)
    sat.go_on("all", late=Impatient(sat.judge))
    assert sat.session.closed is not None
    assert sat.session.closed.reason == "finished"
    assert "Stopped waiting for the judge." in sat.terminal.text("warning")
    assert [e.came for e in sat.of(Amended)] == [False, False]


class Hurried(ScriptedGrader):
    """An offline grader during which the candidate presses Ctrl-C, so many times."""

    def __init__(self, times: int):
        super().__init__(OFFLINE, spec="offline")
        self.times = times

    def grade(self, request: GradeRequest) -> Any:
        self.times -= 1
        if self.times >= 0:
            raise KeyboardInterrupt
        return super().grade(request)


@pytest.mark.parametrize(("times", "names"), [(1, ["referred", "graded"]), (2, ["paused"])])
def test_ctrl_c_goes_on_and_a_second_one_pauses(times: int, names: list[str]) -> None:
    sat = Sat("/pause", count=1)
    offline = Hurried(times)
    studio = replace(sat.studio, terminal=ScriptedTerminal(["all"]), spare_grader=lambda: offline)
    sitting.conduct(studio, sat.session)
    at = sat.log.names.index("answered")
    assert sat.log.names[at + 1 :][: len(names)] == names


def test_quit_waits_too() -> None:
    sat = Sat("delta", "/quit")
    assert sat.log.names[-2:] == ["amended", "closed"]
    assert sat.session.cold_count == 1


@pytest.mark.parametrize("leave", ["/pause", Reply("interrupt"), Reply("end")])
def test_a_pause_waits_for_nothing_and_the_next_sitting_asks_again(leave: str | Reply) -> None:
    sat = Sat("delta", leave)
    assert (sat.log.names[-1], sat.session.cold_count) == ("paused", 0)
    assert [turn.awaits_judge for _, turn in awaiting_judge(sat.session)] == [True]
    notes = transcript_of(sat.session)
    assert "Graded offline for now" in notes
    run = run_of(sat.session, 0)
    assert run is not None
    assert run.grader.spec == "judge"
    sat.go_on("all")
    assert sat.late.referred == ["delta", "all"]
    assert sat.session.cold_count == 2
    assert "for now" not in transcript_of(sat.session)


def test_what_has_come_by_then_is_kept_by_a_pause() -> None:
    sat = Sat("delta", "all", "/pause", comes={"delta": "all", "all": "never"}, count=3)
    assert sat.log.names.count("amended") == 1
    assert sat.session.cold_count == 2


def test_gone_on_with_by_another_grader_nothing_stays_open() -> None:
    sat = Sat("big", "/pause")
    studio = replace(
        sat.studio, terminal=ScriptedTerminal(["all"]), late_judge=None, spare_grader=None
    )
    session = sitting.conduct(studio, fold(sat.log.events))
    assert session.closed is not None
    assert awaiting_judge(session) == []
    assert session.records[0].cold == 0.75


def test_a_grade_of_an_answer_that_was_taken_back_is_let_go() -> None:
    sat = Sat("kind", "/undo", "all", "all", comes={"kind": "all"})
    assert "undone" in sat.log.names
    assert [e.answer for e in sat.of(Amended)] == [e.answer for e in sat.of(Referred)][1:]
    assert sat.session.records[0].final == 1.0


def test_why_says_that_the_judge_still_reads() -> None:
    assert "still reading" in Sat("all", "/why", "all").terminal.text("note")
    early = Sat("all", "/why", "all", comes={"all": "at once"})
    assert "still reading" not in early.terminal.text()


def test_a_full_desk_leaves_an_answer_to_the_offline_grader() -> None:
    sat = Sat("delta", "delta", room=1, comes={"delta": "never"})
    assert len(sat.of(Referred)) == 1
    second = sat.session.records[1].first.graded
    assert second is not None
    assert "it has too many answers to read" in second.grade.notes[0]
    assert sat.terminal.text("warning").count("too many answers") == 1


def test_notices_are_shown_between_turns() -> None:
    sat = Sat("all", "all", told=("the model is still being loaded",))
    assert "the model is still being loaded." in sat.terminal.text("note")


def test_the_judge_is_told_when_somebody_is_listened_to() -> None:
    assert Sat("all", "all").late.listened == 3  # two prompts, and the wait at the end


@given(
    st.lists(
        st.sampled_from(["all", "kind", "delta", "big", "slip", "/undo", "/pause"]), max_size=9
    ),
    st.dictionaries(
        st.sampled_from(["all", "kind", "delta", "big", "slip"]),
        st.sampled_from(["at once", "end", "never", "broken", "all", "delta", "big"]),
    ),
)
def test_whenever_grades_come_the_log_holds_and_nothing_stays_open(
    replies: list[str], comes: dict[str, str]
) -> None:
    sat = Sat(*replies, comes=comes, probes=1, count=3)
    while sat.session.closed is None:
        sat.go_on("all", "all", "all", "all")
    assert awaiting_judge(sat.session) == []
    scenes(sat.log.events)
    transcript_of(sat.session)


@pytest.mark.parametrize("kept", range(5, 13))
def test_cut_off_at_any_event_it_is_gone_on_with(kept: int) -> None:
    sat = Sat("delta", "all", comes={"delta": "all"})
    assert len(sat.log.lines) == 12
    sat.log.lines = sat.log.lines[:kept]
    sat.session = fold(sat.log.events)
    if sat.session.closed is None:
        sat.go_on(*["all"] * 2)
    assert sat.session.closed is not None
    assert (sat.by, sat.session.cold_count) == (["judge", "judge"], 2)


def test_the_fold_refuses_what_cannot_be() -> None:
    sat = Sat("all", "all")
    events = list(sat.log.events)
    at = next(i for i, e in enumerate(events) if isinstance(e, Amended))
    event = events[at]
    assert isinstance(event, Amended)
    bad = [
        event.model_copy(update={"answer": 99}),
        event.model_copy(update={"question": 3}),
        event.model_copy(update={"grade": event.grade.model_copy(update={"question": 2})}),
        event.model_copy(update={"seq": len(events)}),  # after the session was closed
    ]
    for one in bad[:3]:
        with pytest.raises(BrokenLog):
            fold([*events[:at], one])
    with pytest.raises(BrokenLog, match="closed"):
        fold([*events, bad[3]])
    quick = Sat("all", "/pause", comes={"all": "at once"})
    graded = event.model_copy(update={"seq": 4})
    with pytest.raises(BrokenLog, match="no judge"):
        fold([*quick.log.events[:4], graded])


def test_the_last_verdict_wins() -> None:
    sat = Sat("all", "all")
    last = sat.of(Amended)[-1]
    poor = last.grade.model_copy(update={"score": 0.25})
    events = [e for e in sat.log.events if e.event != "closed"]
    again = last.model_copy(update={"seq": len(events), "grade": poor})
    session = fold([*events, again])
    assert session.records[1].cold == 0.25
    assert session.records[1].first.before == last


def test_the_note_for_now_is_none_of_a_fallback() -> None:
    assert feedback.GRADED_OFFLINE not in amending.FOR_NOW


def test_all_of_it_is_said_on_second_thoughts_only_where_that_is_sure() -> None:
    session = Sat("delta", "all", comes={"delta": "all"}).session
    record = session.records[0]
    turn = record.turns[0]
    assert turn.graded is not None
    assert turn.reply is not None
    for sure, words in ((0.9, "you had all of it"), (0.7, "that was enough after all")):
        found = (v.model_copy(update={"confidence": sure}) for v in turn.graded.grade.verdicts)
        grade = turn.graded.grade.model_copy(update={"verdicts": tuple(found)})
        graded = turn.graded.model_copy(update={"grade": grade})
        changed = altered(record, turns=(altered(turn, graded=graded),))
        altered_session = altered(session, records=(changed, *session.records[1:]))
        assert words in second_thoughts(altered_session, turn.reply.seq)
