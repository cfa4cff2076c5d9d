"""Questions about one's own answer, and objections: what is said is true to the grades and closes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from samples import GRADER, Story, bank, grade, question
from studio_parts import Held

from interviewer.interview.talk import objecting, own_answer
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.session.events import Graded, Remarked
from interviewer.session.fold import fold

BANK = bank([question(1, misconceptions=[("wrong", 0.5)]), question(2)])
AGAIN = "But I just said that, the small one. What's missing there?"
TABLE: dict[str, Any] = {
    "slips": {"big": "met", "wrong": "met"},
    AGAIN: {},
}


def held(*replies: str | Reply, table: dict[str, Any] | None = None, **rules: Any) -> Held:
    one = Held(*replies, of=BANK, table={**TABLE, **(table or {})}, **{"count": 2, **rules})
    assert one.session == fold(one.log.events)
    return one


def remarks_of(one: Held) -> list[str]:
    return [e.reply for e in one.log.events if isinstance(e, Remarked)]


def replayed(one: Held) -> list[str]:
    return [p.text for s in scenes(one.log.events) for line in s.lines for p in line.parts]


@pytest.mark.parametrize(
    "asks",
    [
        "Hm, enough, was something wrong with it?",
        "Was anything wrong with that?",
        "Sorry, did I miss something?",
        "Was there something wrong in it?",
    ],
)
def test_who_asks_whether_something_was_wrong_is_told(asks: str) -> None:
    for first, words in (
        ("all", ("nothing wrong", "Nothing is missing")),
        ("slips", ("one point",)),
        ("big", ("one thing is open",)),
    ):
        one = held(first, asks, "all", probes=0)
        (said,) = remarks_of(one)
        assert any(word.casefold() in said.casefold() for word in words), (first, said)
        assert [r.answer for r in one.grader.requests] == [first, "all"]
        assert one.session.records[1].cold == 1.0
        assert not one.session.records[0].appeals


def test_nothing_is_called_right_where_the_grade_is_in_doubt() -> None:
    story = Story(BANK).ask(1).answer("Something.")
    found = grade(BANK.question(1), {"big": "partial"})
    doubtful = tuple(v.model_copy(update={"confidence": 0.5}) for v in found.graded)
    story.add(
        Graded,
        question=1,
        answer=story.session.last_seq,
        grade=found.model_copy(update={"verdicts": doubtful}),
        grader=GRADER,
    )
    session = story.session
    assert own_answer.view(session, session.records[0]) in own_answer.NOT_SURE


def test_the_follow_up_stays_open_and_is_put_again() -> None:
    one = held("big", "What is missing there?", "small", "all", probes=1)
    (said,) = remarks_of(one)
    assert said.count("Lead to small?") == 1
    assert "what I just asked" in said
    assert said.endswith("Lead to small?")
    assert one.scores() == [(0.75, 1.0), (1.0, 1.0)]


def test_what_is_repeated_and_not_heard_again_is_let_go_at_no_cost() -> None:
    one = held("big", AGAIN, "all", probes=2)
    assert own_answer.YIELDED in one.terminal.text("note").splitlines()
    assert own_answer.YIELDED in replayed(one)
    assert one.log.names.count("probed") == 1
    assert one.scores() == [(0.75, 0.75), (1.0, 1.0)]


def test_what_is_repeated_and_heard_is_taken_and_what_is_wrong_in_it_is_not_yielded() -> None:
    one = held("big", AGAIN, "all", probes=2, table={AGAIN.split(" What", maxsplit=1)[0]: {}})
    heard = "I already said the small one."
    one = held("big", heard, "all", probes=2, table={heard: {"small": "met"}})
    assert own_answer.YIELDED not in one.terminal.text("note")
    assert one.scores()[0] == (0.75, 1.0)
    wrong = "I already said it mirrors the sea."
    one = held("big", wrong, "small", "all", probes=2, table={wrong: {"wrong": "met"}})
    assert own_answer.YIELDED not in one.terminal.text("note")


def test_a_question_beside_the_answer_gets_its_sentence_after_the_grade() -> None:
    said = "It mirrors the sea. Or is that wrong?"
    graded = f"It mirrors the sea. {' ' * len('Or is that wrong?')}"
    table = {graded: {"big": "met", "wrong": "met"}}
    one = held(said, "all", probes=0, table=table)
    assert one.grader.requests[0].answer == graded
    assert set(one.terminal.text("note").splitlines()) & set(own_answer.DOUBTED)
    assert set(replayed(one)) & set(own_answer.DOUBTED)
    one = held(said, "all", probes=0, table={graded: {"big": "met", "small": "met"}})
    assert set(one.terminal.text("note").splitlines()) & set(own_answer.ALL)


def test_what_was_wrong_before_stays_wrong_when_it_is_insisted_on() -> None:
    said = "But I just told you that, it mirrors the sea. Or is that wrong?"
    one = held("slips", said, "small", "all", probes=2)
    (told,) = remarks_of(one)
    assert any(told.startswith(line) for line in own_answer.DOUBTED)
    assert told.count("Lead to small?") == 1  # and stays open
    assert [r.answer for r in one.grader.requests] == ["slips", "small", "all"]
    assert own_answer.YIELDED not in one.terminal.text("note")
    assert "doubt" not in " ".join(remarks_of(held("big", said, "small", "all", probes=2)))


@pytest.mark.parametrize("rule", ["silent", "self_graded"])
def test_nothing_is_told_before_the_end_where_nothing_is(rule: str) -> None:
    rules: dict[str, Any] = {"probes": 0, rule: True}
    one = held("slips", "Was something wrong with it?", "all", **rules)
    (said,) = remarks_of(one)
    assert "to the end" in said
    assert "doubt" not in said


@pytest.mark.parametrize(
    ("said", "does"),
    [
        ("Isn't that what I just said with table?", True),
        ("But I did mention the trade-off.", True),
        ("As I already explained, it is linear.", True),
        ("I have said both.", True),
        ("That's the plug, no? I said there is something in between.", True),
        ("They just say which words occur.", False),
        ("The model already saw it in training.", False),
        ("What I just learned is that it is linear.", False),
    ],
)
def test_what_insists(said: str, does: bool) -> None:
    assert objecting.insists(said) is does
