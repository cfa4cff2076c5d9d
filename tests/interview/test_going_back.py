"""Turns to an earlier question: what is added to one, what is put with it, and what the log makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from report_parts import transcript_of
from samples import bank, question
from studio_parts import Held

from interviewer.interview.asking import steps
from interviewer.interview.telling import debrief, taking_in
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.report import report_data
from interviewer.session import graded_answers
from interviewer.session.events import Answered, Remarked, Undone
from interviewer.session.fold import apply, fold
from interviewer.session.record import BrokenLog

GRAPH = question(
    1, prompt="What is a layered graph index?", references=("Greedy search over layers of links.",)
)
UNIT = question(
    2, prompt="Why scale vectors to unit length?", references=("Then only the angle decides.",)
)
TEA = question(3, prompt="How is green tea made?", references=("Leaves are steamed and dried.",))
BANK = bank([GRAPH, UNIT, TEA])
ADDS = "Sorry, on the last question I forgot the search is greedy over the links."
IDLE = "Sorry, on the last question I forgot to mention elephants and giraffes."
HALF = "Sorry, on the last question I forgot that traversal may speed up."
BOTH = "For the last question: the search is greedy over links. As to this one, only the angle decides."
TABLE: dict[str, Any] = {
    ADDS: {"small": "met"},
    IDLE: {},
    HALF: {"small": "partial"},
    "For the last question: the search is greedy over links.": {"small": "met"},
    "As to this one, only the angle decides.": {"big": "met", "small": "met"},
    "misplaced": {"small": "met"},
}


def held(*replies: str | Reply, **rules: Any) -> Held:
    rules = {"count": 2, "probes": 0, **rules}
    one = Held(*replies, of=BANK, table=TABLE, **rules)
    assert one.session == fold(one.log.events)
    return one


def added(one: Held) -> list[Answered]:
    return [e for e in one.log.events if isinstance(e, Answered) and e.added]


def remarked(one: Held) -> list[Remarked]:
    return [e for e in one.log.events if isinstance(e, Remarked)]


def test_an_addition_counts_for_the_question_before_and_leaves_the_open_one_alone() -> None:
    one = held("big", ADDS, "all")
    (event,) = added(one)
    assert (event.question, event.text) == (1, ADDS)
    names = ["started", "asked", "answered", "graded", "asked", "answered", "graded"]
    assert one.log.names == [*names, "answered", "graded", "closed"]
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0)]  # no help came before either
    assert [r.question.id for r in one.grader.requests] == [1, 1, 2]
    assert one.grader.requests[1].asked == GRAPH.prompt
    assert "I count it for the last one." in one.terminal.text("note")
    assert one.terminal.text("question").splitlines().count(UNIT.prompt) == 2


@pytest.mark.parametrize(
    "said",
    [
        "Wait, my search was off: it is greedy over the links.",
        "Hold on, I said the greedy search upside down, it is over links.",
    ],
)
def test_a_correction_of_what_was_said_goes_where_its_words_are(said: str) -> None:
    one = held("big", said, "all")
    (event,) = added(one)
    assert (event.question, event.text) == (1, said)


@pytest.mark.parametrize("style", ["friendly", "neutral", "tough"])
@pytest.mark.parametrize(
    ("said", "lines"),
    [(ADDS, taking_in.COUNTED), (HALF, taking_in.IN_PART), (IDLE, taking_in.KEPT)],
)
def test_what_is_said_claims_no_more_than_the_grade(style: Any, said: str, lines: Any) -> None:
    one = held("big", said, "all", style=style)
    told = {line.format("the last one") for line in lines[style]}
    others = {
        line.format("the last one")
        for every in (taking_in.COUNTED, taking_in.IN_PART, taking_in.KEPT)
        for line in every[style]
        if every is not lines
    }
    shown = set(one.terminal.text("note").splitlines())
    assert shown & told
    assert not shown & others


def test_what_was_met_before_is_not_counted_again() -> None:
    one = held("all", ADDS, "all")
    shown = set(one.terminal.text("note").splitlines())
    assert shown & {line.format("the last one") for line in taking_in.KEPT["neutral"]}
    assert one.scores()[0] == (1.0, 1.0)


def test_replay_and_report_show_it_where_it_was_said() -> None:
    one = held("big", ADDS, "all")
    lines = [p.text for s in scenes(one.log.events) for line in s.lines for p in line.parts]
    said = next(at for at, text in enumerate(lines) if text.startswith("Sorry, on the last"))
    spoken = one.terminal.text("note").splitlines()
    assert lines.index(UNIT.prompt) < said
    assert any(line in spoken and "the last one" in line for line in lines[said:])
    assert "Said later, while another question was open" in transcript_of(one.session)
    told = report_data.build_report(one.session) if hasattr(report_data, "build_report") else None
    assert told is None or [t.added for t in told.questions[0].turns] == [False, True]


def test_a_session_that_stopped_before_the_grade_goes_on_with_it() -> None:
    one = held("big", ADDS, "all")
    at = one.log.events.index(added(one)[0])
    stopped = fold(one.log.events[: at + 1])
    step = steps.next_step(stopped)
    assert isinstance(step, steps.GradeAnswer)
    assert (step.record.question.id, step.turn.reply) == (1, added(one)[0])
    one.log.lines[at + 1 :] = []
    one.go_on("all")
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0)]
    assert one.session.closed is not None


def test_an_addition_while_a_follow_up_is_open_leaves_that_open() -> None:
    one = held("all", "big", ADDS, "small", probes=1)
    assert one.log.names[4:11] == [
        *("asked", "answered", "graded", "probed", "answered", "graded", "answered")
    ]
    assert one.scores() == [(1.0, 1.0), (0.75, 1.0)]
    assert one.terminal.text("probe").splitlines() == ["Lead to small?", "Lead to small?"]


def test_a_named_question_is_meant_rather_than_the_last_one() -> None:
    words = "Back to the layered graph one, I forgot to say that the search is greedy."
    one = Held("big", "all", words, "all", of=BANK, table={words: {"small": "met"}}, probes=0)
    assert [e.question for e in added(one)] == [1]
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0), (1.0, 1.0)]
    assert "that earlier question" in one.terminal.text("note")


def test_who_says_both_is_graded_on_both() -> None:
    one = held("big", BOTH)
    assert [e.text for e in added(one)] == [
        "For the last question: the search is greedy over links."
    ]
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0)]
    assert one.session.closed is not None


def test_who_only_asks_to_go_back_is_invited_and_then_heard() -> None:
    one = held("big", "Can we go back to the last question?", "all", "all")
    (remark,) = remarked(one)
    assert remark.kind == "go-back"
    assert GRAPH.prompt in remark.reply
    assert [(e.question, e.text) for e in added(one)] == [(1, "all")]
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0)]


def test_what_answers_the_open_question_after_all_is_an_answer_to_it() -> None:
    words = "Scale to unit length, then only the angle decides."
    one = Held(
        "big", "Can we go back to the last question?", words,
        of=BANK, table={words: {"big": "met", "small": "met"}}, count=2, probes=0,
    )  # fmt: skip
    assert not added(one)
    assert one.scores() == [(0.75, 0.75), (1.0, 1.0)]


def test_an_answer_that_was_meant_for_the_last_question_is_put_there() -> None:
    moved = "Sorry, that answer was meant for the last question, can you count it there?"
    one = held("big", "misplaced", moved, "all", probes=1)
    taken = [e for e in one.log.events if isinstance(e, Undone)]
    assert [e.question for e in taken] == []  # a follow-up to the first one was open
    one = held("all", "misplaced", moved, "all", probes=1)
    assert [e.question for e in one.log.events if isinstance(e, Undone)] == [2]
    assert [(e.question, e.text) for e in added(one)] == [(1, "misplaced")]
    assert one.session.records[1].final == 1.0
    assert one.session.records[1].cold == 0.0  # what came of the misplaced answer was heard


@pytest.mark.parametrize("rule", ["cold", "timed", "teaches", "self_graded"])
def test_where_there_is_no_second_chance_it_is_noted_and_not_graded(rule: str) -> None:
    one = held("big", ADDS, "all", **{rule: True})
    assert not added(one)
    (remark,) = remarked(one)
    assert (remark.kind, remark.said) == ("go-back", ADDS)
    assert "not graded" in remark.reply
    assert one.scores()[0] == (0.75, 0.75)
    assert one.scores()[1] == (1.0, 1.0)


def test_in_a_silent_session_it_is_graded_and_nothing_is_said_of_it() -> None:
    one = held("big", ADDS, "all", silent=True)
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0)]
    assert "count" not in one.terminal.text("note")
    assert "the last one" in one.terminal.text("note")


def test_undo_takes_an_addition_back_and_nothing_else() -> None:
    one = held("big", ADDS, "/undo", "all")
    assert [e.answer for e in one.log.events if isinstance(e, Undone)] == [added(one)[0].seq]
    assert one.scores() == [(0.75, 0.75), (1.0, 1.0)]
    (gone,) = one.session.records[0].first.taken_back
    assert gone.reply == added(one)[0]
    assert f"*Taken back:* {ADDS.replace('.', '')}" in transcript_of(one.session).replace(".", "")
    assert one.log.names.count("asked") == 2


def test_the_latest_grade_is_the_addition_s() -> None:
    one = held("big", ADDS, Reply("interrupt"))
    found = graded_answers.latest(one.session)
    assert found is not None
    assert (found.record.question.id, found.text) == (1, ADDS)


def test_a_log_with_an_addition_out_of_place_is_broken() -> None:
    one = held("big", ADDS, "all")
    at = one.log.events.index(added(one)[0])
    before = fold(one.log.events[:at])
    for wrong in ({"question": 2}, {"question": 3}):
        with pytest.raises(BrokenLog):
            apply(before, added(one)[0].model_copy(update=wrong))
    again = added(one)[0].model_copy(update={"seq": added(one)[0].seq + 1})
    ungraded = fold(one.log.events[: at + 1])
    with pytest.raises(BrokenLog):
        apply(ungraded, again)
    with pytest.raises(BrokenLog):
        fold([*one.log.events[:4], added(one)[0].model_copy(update={"seq": 4})])


def test_who_says_more_than_an_addition_answers_the_open_question() -> None:
    assert added(held("big", f"{ADDS} {'The links are greedy too. ' * 40}", "all"))
    assert not added(held("big", f"{ADDS} {'The links are greedy too. ' * 4000}"))


def test_what_is_added_to_a_skipped_question_is_told_as_an_answer() -> None:
    one = held(Reply("text", "/skip"), HALF, "all")
    assert added(one)
    told = " ".join(text for _, text in debrief.debrief(one.session))
    assert "Not answered" not in told


def test_a_mistake_made_long_ago_goes_back_to_nothing() -> None:
    assert not added(held("big", "I made a mistake once with this: I scaled them twice."))
