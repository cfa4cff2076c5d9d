"""Settled grades beside the grader's: what they come to, and which appeals are still open."""

from __future__ import annotations

import json
from typing import Any

import pytest
from samples import Story, bank, question

from interviewer.session import graded_answers, settlements
from interviewer.session.disputes import contested, self_graded
from interviewer.session.events import EVENT, SELF, Appealed, Settled
from interviewer.session.graded_answers import claim_named
from interviewer.session.settlements import ColdCount, ColdWord, DisputeCount

BANK = bank([question(n, misconceptions=[("wrong", 0.5)]) for n in (1, 2, 3, 4)])
FULL = {"big": "met", "small": "met"}


def settle(story: Story, number: int, *, passed: bool, rater: str = SELF, turn: int = 0) -> Story:
    reply = story.session.records[number - 1].turns[turn].reply
    assert reply is not None
    return story.add(
        Settled, question=number, answer=reply.seq, rater=rater, levels={},
        score=float(passed), passed=passed,
    )  # fmt: skip


def words(story: Story) -> str:
    return settlements.cold_words(settlements.cold_of(story.session))


def test_what_nobody_settled_is_counted_nowhere_else() -> None:
    story = Story(BANK).play(1, FULL).play(2)
    assert settlements.cold_of(story.session) == ColdCount(cold=1)
    assert words(story) == ""
    assert settlements.dispute_words(settlements.disputes_of(story.session)) == ""


def test_self_graded_cold_answers_are_counted_apart() -> None:
    story = Story(BANK).play(1, FULL).play(2).play(3).play(4)
    settle(story, 2, passed=True)
    settle(story, 3, passed=True, rater="Ann")
    settle(story, 4, passed=False)
    assert settlements.cold_of(story.session) == ColdCount(settled=3, cold=3, own=1, others=1)
    assert words(story) == (
        "With what was settled 3 cold, 1 of them by your own word, 1 of them by another person's word."
    )
    assert story.session.cold_count == 1  # the scores stay what the grader said
    settle(story, 1, passed=False)
    assert words(story).startswith("With what was settled 2 cold,")


def test_the_latest_settled_grade_counts_and_only_of_the_first_answer() -> None:
    story = Story(BANK).play(1).probe("big").answer().graded(FULL)
    settle(story, 1, passed=True, turn=1)
    assert settlements.cold_of(story.session) == ColdCount()
    settle(story, 1, passed=True)
    settle(story, 1, passed=False, rater="Ann")
    assert settlements.cold_of(story.session) == ColdCount(settled=1)


def test_after_a_hint_no_word_makes_an_answer_cold() -> None:
    story = settle(Story(BANK).ask(1).hint("big").answer().graded(), 1, passed=True)
    assert settlements.cold_of(story.session) == ColdCount(settled=1)


def test_agreeing_with_the_grader_is_no_word_of_ones_own() -> None:
    count = settlements.count_cold([ColdWord(True, True, own=True), ColdWord(None), ColdWord(True)])
    assert count == ColdCount(settled=1, cold=2)
    assert settlements.cold_words(count) == "With what was settled 2 cold."


def test_an_appeal_is_open_until_its_answer_is_settled() -> None:
    story = Story(BANK).play(1).play(2)
    for number, answer in ((1, 2), (1, 2), (2, 5)):
        story.add(Appealed, question=number, answer=answer, reason="x")
    assert settlements.disputes_of(story.session) == DisputeCount(open=3)
    settle(story, 1, passed=True)
    story.add(Appealed, question=1, answer=2, reason="and this", criterion="small")
    found = settlements.disputes_of(story.session)
    assert found == DisputeCount(open=2, settled=2, self_graded=1)
    assert settlements.dispute_words(found) == "2 appeals open, 2 settled; 1 answer self-graded"
    settle(story, 1, passed=True, rater="Ann")
    assert settlements.disputes_of(story.session).self_graded == 0
    both = settlements.total([found, DisputeCount(open=1)])
    assert both == DisputeCount(open=3, settled=2, self_graded=1)


def test_a_self_graded_verdict_is_the_graders_with_corrections() -> None:
    story = Story(BANK).play(1, {"big": 0.6, "wrong": "met"})
    found = graded_answers.latest(story.session)
    assert found is not None
    # as the grader has it: 3 * 0.6 / 4 - 0.5
    agreed = self_graded(found, {"big": "partial"})
    assert agreed["score"] == 0.0
    assert agreed["levels"] == {"big": "partial", "small": "unmet"}
    denied = self_graded(found, {"small": "met"}, ["wrong"])
    assert denied["score"] == pytest.approx((3 * 0.6 + 1) / 4)
    assert (denied["misconceptions"], denied["passed"], denied["rater"]) == ((), True, SELF)
    assert denied["levels"] == {"big": "partial", "small": "met"}


def test_without_a_level_for_each_criterion_there_is_no_score() -> None:
    found = graded_answers.latest(Story(BANK).play(1, {"big": "timeout"}).session)
    assert found is not None
    fields = self_graded(found, {"small": "met"})
    assert (fields["score"], fields["passed"], fields["levels"]) == (None, None, {"small": "met"})
    assert self_graded(found, {"big": "met", "small": "met"})["score"] == 1.0


def test_what_is_held_against_an_answer() -> None:
    story = Story(BANK).play(1, {"big": "met", "wrong": "met"}).probe("small").answer()
    story.graded({"small": "partial"})
    first = graded_answers.answer_of(story.session, 1)
    assert [[c.id for c in claims] for claims in contested(first)] == [["small"], ["wrong"]]
    later = graded_answers.latest(story.session)
    assert later is not None
    assert later.turn == 1
    assert [[c.id for c in claims] for claims in contested(later)] == [["small"], []]
    assert graded_answers.latest(Story(BANK).ask(1).answer().session) is None


def test_claims_have_numbers_and_letters() -> None:
    asked = question(1, weights={"2": 1, "b": 1}, misconceptions=[("wrong", 0.5), ("odd", 0.5)])
    assert asked.labels == {"2": "1", "b": "2", "wrong": "a", "odd": "b"}
    named = {name: claim_named(asked, name) for name in ("1", "2", "A", "b", " a ", "odd")}
    # an id goes before a number or letter
    assert named == {"1": "2", "2": "2", "A": "wrong", "b": "b", " a ": "wrong", "odd": "odd"}
    for name in ("3", "", "c", "big"):
        with pytest.raises(LookupError, match="it has 1 2, 2 b, a wrong, b odd"):
            claim_named(asked, name)


def test_old_logs_hold_settled_grades_of_the_same_shape() -> None:
    line: dict[str, Any] = {
        "seq": 9, "at": "2025-01-02T03:04:05Z", "event": "settled", "question": 1, "answer": 2,
        "rater": "Ann", "levels": {"big": "met"}, "misconceptions": [], "score": 0.5,
        "passed": True, "gold": "g",
    }  # fmt: skip
    event = EVENT.validate_json(json.dumps(line))
    assert isinstance(event, Settled)
    assert not event.self_graded
    assert EVENT.validate_json(EVENT.dump_json(event)) == event
