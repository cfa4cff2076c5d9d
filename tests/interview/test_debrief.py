"""The debrief: what counted, what was missing, what was wrong, a full answer."""

from __future__ import annotations

from hostile import HOSTILE, unsafe
from hypothesis import given
from samples import Story, bank, question

from interviewer.common.base import writable
from interviewer.interview.telling.debrief import debrief
from interviewer.session.events import Closed

BANK = bank([question(n, misconceptions=[("wrong", 0.25)]) for n in range(1, 6)])


def lines(story: Story, *, numbers: bool = False) -> list[str]:
    return [text for _, text in debrief(story.session, numbers=numbers)]


def test_each_question_in_the_order_it_was_asked() -> None:
    story = Story(BANK).play(2, {"big": "met", "small": "met"}).play(1, {"big": "met"})
    assert lines(story) == [
        "Question 2: Prompt number 2?",
        "Answered cold, in full.",
        "✓  The big statement of 2.",
        "✓  The small statement of 2.",
        "A full answer: Reference number 2.",
        "Question 1: Prompt number 1?",
        "Answered cold: enough, though not all of it.",
        "✓  The big statement of 1.",
        "·  Missing: The small statement of 1.",
        "A full answer: Reference number 1.",
    ]


def test_help_halves_slips_and_what_was_passed_on() -> None:
    story = Story(BANK).play(1, {"small": "partial"}).probe("big").answer().graded({"big": "met"})
    story.play(2, {"wrong": "met"}).ask(3).skip("unknown").play(4, {"big": "timeout"})
    text = "\n".join(lines(story))
    assert "Answered with help (a follow-up): enough, though not all of it." in text
    assert "◐  Half of it: The small statement of 1." in text
    assert "✗  A common mistake: “The wrong error.”" in text
    assert "Not enough." in text
    assert "Not answered: did not know." in text
    assert "Not graded." in text
    assert "?  Not graded: The big statement of 4." in text


def test_a_hint_is_told_apart_from_a_follow_up() -> None:
    story = Story(BANK).ask(1).hint("big").answer().graded({"big": "met"})
    assert "Answered with help (a hint): enough, though not all of it." in lines(story)


def test_a_question_not_replied_to_is_left_out() -> None:
    assert lines(Story(BANK).ask(1).add(Closed, reason="quit")) == []


def test_numbers_only_where_they_are_asked_for() -> None:
    story = Story(BANK).play(1, {"big": "met"})
    assert "0." not in "\n".join(lines(story))
    shown = "\n".join(lines(story, numbers=True))
    assert "(cold 0.75, with help 0.75)" in shown
    assert "(credit 1.00, confidence 0.90)" in shown


@given(HOSTILE)
def test_a_hostile_answer_is_harmless(text: str) -> None:
    story = Story(BANK).ask(1).answer(writable(text)).graded({"big": "met"})
    for _, line in debrief(story.session):
        assert not unsafe(line)
