"""Grades that the candidate settles by their own word, in whole interviews over the public fakes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fakes import ScriptedTerminal
from report_parts import Read, page_of, transcript_of
from samples import bank, question
from studio_parts import TABLE, Held

from interviewer.interview.telling import summary
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.session import settlements
from interviewer.session.events import SELF, Appealed, Settled, Skipped
from interviewer.session.fold import fold

BANK = bank([question(n, misconceptions=[("wrong", 0.5)]) for n in (1, 2, 3)])
TABLE["wrong"] = {"big": "met", "small": "partial", "wrong": "met"}
PROTEST = "That is what I said!"


def settled(held: Held) -> list[Settled]:
    return [e for e in held.log.events if isinstance(e, Settled)]


def appealed(held: Held) -> list[Appealed]:
    return [e for e in held.log.events if isinstance(e, Appealed)]


def closing(held: Held) -> str:
    return "\n".join(text for _, text in summary.closing_lines(held.session))


def sit(*replies: str | Reply, **rules: Any) -> Held:
    """No follow-ups unless the rules say so, so that every question is over at once."""
    held = Held(*replies, **{"of": BANK, "probes": 0, "count": 2, **rules})
    assert held.session == fold(held.log.events)
    return held


@pytest.mark.parametrize("said", ["/dispute", PROTEST])
def test_the_last_grade_is_settled_at_once(said: str) -> None:
    held = sit("wrong", said, "all", keys=["y", "n"])
    (event,) = settled(held)
    assert (event.rater, event.answer, event.levels) == (SELF, 2, {"big": "met", "small": "met"})
    assert (event.misconceptions, event.score, event.passed, event.gold) == ((), 1.0, True, "")
    assert appealed(held) == []
    shown = held.terminal.text()
    shown = shown[shown.index("Question 1: you settle") :]
    places = [shown.index(words) for words in (
        "Question 1: you settle the grade.", "You said: wrong", "A full answer: Reference number 1.",
        "2. The small statement of 1.", "I heard half of it, in “wrong”.",
        "a. A wrong claim: The wrong error.", "I heard that, in “wrong”.",
        "Self-graded: 1.00, answered. The grader's scores stay.",
    )]  # fmt: skip
    assert places == sorted(places)
    assert held.terminal.choices == [
        ("Did you say all of it?", "ynl"),
        ("Did you say that?", "ynl"),
    ]
    assert held.scores() == [(0.375, 0.375), (1.0, 1.0)]  # what the grader said
    assert held.session.cold_count == 1
    assert "With what was settled 2 cold, 1 of them by your own word." in closing(held)


def test_i_did_not_agrees_with_the_grader() -> None:
    (event,) = settled(sit("wrong", "/dispute", "all", keys=["n", "y"]))
    assert event.levels == {"big": "met", "small": "partial"}
    assert (event.misconceptions, event.score) == (("wrong",), 0.375)


def test_an_ungraded_criterion_is_settled_too() -> None:
    held = sit("broken", "/dispute", "all", keys=["n"])
    assert "I came to no verdict on that." in held.terminal.text("note")
    assert settled(held)[0].score == 0.25
    held = sit("broken", "/dispute", "all", keys=["l"])
    assert (settled(held), [e.criterion for e in appealed(held)]) == ([], ["big"])


def test_what_is_left_is_an_appeal_about_that_criterion() -> None:
    held = sit("wrong", "/dispute", "/dispute", "all", keys=["l", "n", "y", None])
    first, again = settled(held)
    assert [e.criterion for e in appealed(held)] == ["small", "wrong"]
    assert (first.misconceptions, again.misconceptions) == ((), ("wrong",))
    assert held.session.records[0].appeals[0].seq < again.seq < appealed(held)[1].seq
    found = settlements.disputes_of(held.session)
    assert (found.open, found.settled, found.self_graded) == (1, 1, 1)
    assert "Left for later, as appeals: 1 point." in held.terminal.text("note")


def test_ctrl_c_leaves_all_that_is_left() -> None:
    held = sit("wrong", "/dispute", "all", keys=[])
    assert settled(held) == []
    assert [(e.criterion, e.answer) for e in appealed(held)] == [("small", 2), ("wrong", 2)]
    assert len(held.terminal.choices) == 1


def test_there_may_be_nothing_to_settle() -> None:
    held = sit("/dispute", "all", "/dispute", "all")
    assert "Nothing has been graded yet." in held.terminal.text("note")
    assert "Nothing was held against that answer." in held.terminal.text("note")
    assert settled(held) == appealed(held) == []


@pytest.mark.parametrize("rule", ["cold", "timed", "silent"])
@pytest.mark.parametrize("said", ["/dispute", PROTEST])
def test_such_a_session_notes_it_for_later(rule: str, said: str) -> None:
    held = sit("big", said, "all", keys=["y"], **{rule: True})
    (event,) = appealed(held)
    assert (event.answer, event.criterion) == (2, None)
    assert event.reason == (PROTEST if said == PROTEST else "disputed in the interview")
    assert (settled(held), held.terminal.choices) == ([], [])
    assert "after it, with 'interviewer appeal'" in held.terminal.text("note")
    before = held.terminal.said[: [text for _, text in held.terminal.said].index("Question 2 of 2")]
    if rule == "silent":
        assert not any("Reference" in text or "statement" in text for _, text in before)


@pytest.mark.parametrize("said", ["/dispute", PROTEST])
def test_a_file_of_answers_has_it_on_record_and_goes_on(said: str) -> None:
    class FromFile(ScriptedTerminal):
        live = False

    held = Held("/pause", of=BANK, probes=2, count=2)
    terminal = FromFile(["small", said, said, "big", "all"])
    held.go_on(terminal=terminal)
    (event,) = appealed(held)
    assert (event.question, event.criterion) == (1, None)
    assert held.scores() == [(0.25, 1.0), (1.0, 1.0)]
    assert terminal.choices == []
    assert "on record as an appeal" in terminal.text("note")


@pytest.mark.parametrize(("said", "then"), [("/dispute", "big"), (PROTEST, "small")])
def test_an_open_question_gives_nothing_away_and_is_settled_when_it_is_over(
    said: str, then: str
) -> None:
    held = sit("small", said, then, "all", keys=["y"], probes=1)
    names = held.log.names
    (appeal,), (event,) = appealed(held), settled(held)
    assert (appeal.answer, appeal.criterion, event.answer) == (2, None, 2)
    assert names.index("settled") == names.index("closed") - 4  # before question 2 is asked
    said_before = [text for _, text in held.terminal.said]
    told = said_before.index("Question 1: you settle the grade.")
    assert not any("The big statement" in text for text in said_before[:told])
    assert "This question is still open" in held.terminal.text("note")
    assert settlements.disputes_of(held.session).open == 0
    # what the follow-up brought does not hide that the first answer lacked it
    assert event.levels == {"big": "met", "small": "met"}
    assert held.scores()[0] == (0.25, 1.0 if then == "big" else 0.25)


def test_a_protest_is_not_settled_where_the_follow_up_made_the_answer_whole() -> None:
    held = sit("small", PROTEST, "big", "all", keys=["y"], probes=1)
    assert (settled(held), held.terminal.choices) == ([], [])
    assert [e.answer for e in appealed(held)] == [2]
    assert "Your answer is complete now" in held.terminal.text("note")


def test_pressing_on_lets_the_follow_up_go() -> None:
    held = sit("small", "/dispute", "/dispute", "all", keys=["y"], probes=2)
    (skipped,) = [e for e in held.log.events if isinstance(e, Skipped)]
    assert (skipped.question, skipped.reason) == (1, "skip")
    assert len(settled(held)) == len(appealed(held)) == 1
    assert held.scores() == [(0.25, 0.25), (1.0, 1.0)]
    repeated = sit("small", PROTEST, PROTEST, "big", "all", keys=["y"], probes=2)
    assert "skipped" not in repeated.log.names
    assert len(appealed(repeated)) == 1


def test_what_is_to_be_settled_is_remembered_over_a_pause() -> None:
    held = sit("small", "/dispute", "/pause", probes=2)
    assert settled(held) == []
    held.go_on(terminal=ScriptedTerminal(["big", "all"], keys=["y"]))
    assert [e.answer for e in settled(held)] == [2]


def test_it_is_marked_as_self_graded_wherever_it_is_shown() -> None:
    held = sit("wrong", "/dispute", "all", keys=["y", "n"])
    line = "Question 1 self-graded: big met, small met; score 1.00, answered"
    md = transcript_of(held.session)
    assert f"- **{line}**" in md
    assert "1 of them by your own word." in md
    assert "\n1 answer self-graded.\n" in md
    words = " ".join(Read(page_of(held.session)).words.split())
    assert "Self-graded passed, score 1.00; criterion 1 met; criterion 2 met" in words
    assert "1 answer self-graded." in words
    assert "1 of them by your own word." in words
    shown = [p.text for s in scenes(held.log.events) for shown in s.lines for p in shown.parts]
    states = "“The big statement of 1” met, “The small statement of 1” met"
    assert f"Question 1 self-graded: {states}; score 1.00, answered" in shown


FLASH = {"self_graded": True, "probes": 2, "count": 1}


def test_a_whole_session_is_graded_as_flash_cards_are() -> None:
    held = sit("small", "big", **FLASH, keys=["h", "y", "n"])
    first, later = settled(held)
    assert (first.levels, first.rater) == ({"big": "partial", "small": "met"}, SELF)
    assert later.levels == {"big": "unmet", "small": "unmet"}
    assert (first.score, later.score) == (0.625, 0.0)
    assert [keys for _, keys in held.terminal.choices] == ["yhn"] * 3
    assert held.scores() == [(0.25, 1.0)]
    assert [s.cold for s in held.terminal.statuses] == [None, None]
    assert "you grade yourself" in held.terminal.text("title")
    assert "With what was settled 1 cold, 1 of them by your own word." in closing(held)
    assert held.terminal.text("note", "good").count("Self-graded") == 2


def test_the_graders_view_comes_after_the_choice() -> None:
    class Watching(ScriptedTerminal):
        def choose(self, question: str, keys: Any) -> str | None:
            before.append(len(re.findall(r"I heard|I did not hear", self.text())))
            return super().choose(question, keys)

    before: list[int] = []
    held = Held("/pause", of=BANK, **FLASH)
    held.go_on(terminal=Watching(["small", "/why", "am I on the right track?", "big"],
                                 keys=["n", "y", "n"]))  # fmt: skip
    assert before == [0, 1, 2]
    shown = held.terminal.text()
    opening = shown.index("Question 1: how much of it did you say?")
    for words in ("counts", "statement", "Reference", "That helps", "Partly"):
        assert words not in shown[:opening]
    assert "You grade this question yourself first" in shown[:opening]
    assert "You say that yourself" in shown[:opening]
    assert shown.index("A full answer: Reference number 1.") > opening


def test_what_was_said_in_full_is_not_asked_again_and_a_charge_is() -> None:
    held = sit("small", "wrong", **FLASH, keys=["y", "y", "n"])
    first, later = settled(held)
    assert first.score == 1.0
    assert (later.misconceptions, later.levels) == ((), {"big": "met", "small": "partial"})
    quiet = sit("small", "big", **FLASH, keys=["y", "y"])
    assert len(settled(quiet)) == 1


def test_ctrl_c_leaves_the_rest_of_the_question_to_the_grader() -> None:
    held = sit("small", "all", self_graded=True, keys=["y", None, "n", "n"])
    first, later = settled(held)
    assert (first.question, first.levels) == (1, {"big": "met", "small": "met"})
    assert (later.question, later.levels) == (2, {"big": "unmet", "small": "unmet"})
    held = sit("small", "all", self_graded=True, keys=[None, "y", "y"])
    assert [e.question for e in settled(held)] == [2]


def test_a_question_passed_on_is_not_graded_and_none_is_graded_twice() -> None:
    held = sit("/skip", "small", "/skip", probes=2, self_graded=True, keys=["n", "y"])
    assert [e.question for e in settled(held)] == [2]
    shown = held.terminal.text("note")
    assert shown.count("A full answer: Reference number 2.") == 1
    assert shown.count("A full answer: Reference number 1.") == 1
    disputed = sit("small", "/dispute", "big", **FLASH, keys=["y", "y"])
    assert len(settled(disputed)) == 1
    assert settlements.disputes_of(disputed.session).open == 0


def test_after_a_pause_the_question_that_is_over_is_still_graded() -> None:
    class Gone(ScriptedTerminal):
        def choose(self, question: str, keys: Any) -> str | None:
            raise KeyboardInterrupt

    held = Held("/pause", of=BANK, probes=0, count=1, self_graded=True)
    held.go_on(terminal=Gone(["small"]))
    assert held.session.paused
    held.go_on(terminal=ScriptedTerminal([], keys=["n", "y"]))
    assert [e.levels for e in settled(held)] == [{"big": "unmet", "small": "met"}]
    assert held.session.closed is not None
