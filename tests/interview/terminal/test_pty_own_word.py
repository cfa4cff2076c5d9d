"""Grades settled and answers taken back by keys, in a real pseudo-terminal."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from player import CTRL_C, CTRL_D, ENTER, Player
from samples import BLUE, ICE

from interviewer.session.events import SELF, Appealed, Event, Settled, Undone
from interviewer.session.log_file import read_log

VAGUE = "the sky is big"


def events(at: Player, kind: type[Event]) -> list[Event]:
    return [event for event in read_log(at.log).events if isinstance(event, kind)]


def disputed(sit: Callable[..., Player]) -> Player:
    """At the first choice of keys."""
    at = sit("run", "--questions", "1,2", "--probes", 0).wait("Question 1 of 2").prompt()
    at.press(VAGUE, ENTER).wait("Question 2 of 2").prompt()
    at.press("/dispute", ENTER).wait("Question 1: you settle the grade.", f"You said: {VAGUE}")
    at.wait("A full answer: Air scatters short wavelengths", "1. Air scatters sunlight.")
    return at.wait("I did not hear it.", "Did you say it?", "[y] I said it", "[n]", "[l]").prompt()


def test_a_dispute_is_settled_by_single_keys(sit: Callable[..., Player]) -> None:
    at = disputed(sit)
    at.press("x", ENTER, "\x12", "\x1b[A", "\x1b[200~y\x1b[201~", "Y")  # all but Y do nothing
    at.wait("I said it", "2. Short wavelengths", "Did you say it?").prompt().press("l")
    at.wait("leave it for later", "Self-graded: 0.67, answered.", "as appeals: 1 point").prompt()
    at.press(ICE, ENTER).wait(
        "last question", "With what was settled 2 cold, 1 of them by your own"
    )
    assert at.leave() == 0
    assert at.said == [VAGUE, ICE]
    (settled,), (appeal,) = events(at, Settled), events(at, Appealed)
    assert isinstance(settled, Settled)
    assert (settled.rater, settled.levels) == (SELF, {"scatter": "met", "wavelength": "unmet"})
    assert isinstance(appeal, Appealed)
    assert appeal.criterion == "wavelength"
    assert at.session.cold_count == 1


def test_a_key_pressed_before_the_choice_is_none(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "1,2", "--probes", 0).wait("Question 1 of 2").prompt()
    at.press(VAGUE, ENTER).wait("Question 2 of 2").prompt()
    at.press("/dispute\ryy").wait("Did you say it?", "[l]").prompt().settle()
    assert events(at, Settled) == []
    at.press("n").wait("2. Short wavelengths", "Did you say it?").prompt().press("n")
    at.wait("Self-graded: 0.00, not answered.").prompt().press(ICE, ENTER).wait("last question")
    assert at.leave() == 0


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_ctrl_c_and_ctrl_d_leave_it_and_the_interview_goes_on(
    sit: Callable[..., Player], key: str
) -> None:
    at = disputed(sit).press(key).wait("(left)", "as appeals: 2 points").prompt()
    at.press(ICE, ENTER).wait("last question")
    assert at.leave() == 0
    assert (events(at, Settled), len(events(at, Appealed))) == ([], 2)


def test_a_signal_during_a_choice_pauses_the_session(sit: Callable[..., Player]) -> None:
    at = disputed(sit)
    at.child.kill(signal.SIGTERM)
    assert at.leave() == 143
    assert at.session.paused
    again = sit("resume").wait("Welcome back", "Why does ice float").prompt()
    again.press("/dispute", ENTER).wait("[y] I said it").prompt().press("n").wait("I did not")
    again.wait("2. Short", "[y] I said it").prompt().press("n").wait("Self-graded: 0.00").prompt()
    again.press(ICE, ENTER).wait("last question")
    assert again.leave() == 0
    assert len(events(again, Settled)) == 1


def test_an_open_question_is_settled_when_it_is_over(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "1,3").wait("Question 1 of 2").prompt()
    at.press(VAGUE, ENTER).wait("↳").prompt()
    at.press("that is what I said!", ENTER).wait("This question is still open").prompt()
    at.press("/dispute", ENTER).wait("the follow-up is let go", "Question 1: you settle").prompt()
    at.press("y").wait("2. Short").prompt().press("y").wait("Self-graded: 1.00, answered.")
    at.wait("Question 2 of 2").prompt().press("/skip", ENTER).wait("last question")
    assert at.leave() == 0
    assert len(events(at, Settled)) == 1


def test_a_session_graded_by_oneself(sit: Callable[..., Player]) -> None:
    at = sit("run", "--self", "--questions", "1,2", "--probes", 0)
    at.wait("you grade yourself", "Question 1 of 2").prompt().press(VAGUE, ENTER)
    at.wait("Question 1: how much of it did you say?", "A full answer: Air", f"You said: {VAGUE}")
    at.wait("1. Air scatters sunlight.", "[y] I said it", "[h] half of it", "[n]").prompt()
    assert "The grader" not in at.text
    at.press("h").wait("half of it", "I did not hear it.", "2. Short wavelengths").prompt()
    at.press("n").wait("I did not", "Self-graded: 0.33, not answered", "Question 2 of 2").prompt()
    at.press(ICE, ENTER).wait("1. Ice is less dense").prompt().press("y")
    at.wait("I heard it", "Self-graded: 1.00, answered.", "last question")
    at.wait("With what was settled 1 cold.")
    assert at.leave() == 0
    assert at.session.started.plan.self_graded
    levels = [e.levels for e in events(at, Settled) if isinstance(e, Settled)]
    assert levels == [{"scatter": "partial", "wavelength": "unmet"}, {"density": "met"}]


def test_an_answer_is_taken_back_by_a_command(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "1").wait("Question 1 of 1").prompt()
    at.press("/undo", ENTER).wait("There is no answer that can be taken back here.").prompt()
    at.press(VAGUE, ENTER).wait("↳", "What happens").prompt().press("/undo", ENTER)
    at.wait("Taken back; the log keeps it.", "counts as prompted", "Question 1 of 1")
    at.wait("Why is the daytime sky blue?").prompt().press(BLUE, ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == [VAGUE, BLUE]
    assert len(events(at, Undone)) == 1
    (record,) = at.session.records
    assert (record.cold, record.prompted) == (0.0, True)
    assert f"*Taken back:* {VAGUE}" in at.log.with_suffix(".md").read_text("utf-8")
