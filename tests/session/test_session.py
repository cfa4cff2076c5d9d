"""The fold: what a session is after its events, and which events cannot follow."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moves import MOVES, play
from samples import GRADER, WHEN, Story, bank, grade, question

from interviewer.interview.asking.steps import next_step
from interviewer.session.events import (
    EVENT,
    Answered,
    Asked,
    Closed,
    Graded,
    Hinted,
    Paused,
    Probed,
    Resumed,
    Skipped,
)
from interviewer.session.fold import apply, begin, fold
from interviewer.session.record import BrokenLog, Session, Turn, altered, turns_of

BANK = bank([question(1), question(2), question(3)])
ASK_2 = {"question": BANK.question(2)}
BIG = {"criterion": "big", "text": "Lead to big?"}


def story(**plan: Any) -> Story:
    return Story(BANK, **plan)


def regrade(asked: int, answer: int, of: int | None = None, run: int = 0) -> dict[str, Any]:
    return {
        "question": asked,
        "answer": answer,
        "grade": grade(BANK.question(of or asked)),
        "grader": GRADER,
        "run": run,
    }


def test_a_whole_question_folds_into_one_record() -> None:
    told = story().ask(1).answer("first").graded({"small": "met"}).probe("big")
    told.answer("second", seconds=2.5).graded({"big": "met"})
    session = fold(told.events)
    assert session == told.session
    (record,) = session.records
    assert [t.reply.text for t in record.turns if t.reply] == ["first", "second"]
    assert [t.probe and t.probe.criterion for t in record.turns] == [None, "big"]
    assert record.cold == 0.25  # small alone: 1 of 3 + 1
    assert record.final == 1.0  # both met between the two answers
    assert record.seconds == 2.5
    assert len(record.grades) == len(turns_of(session)) == 2
    assert session.record(2) is None
    assert session.current is record


def test_cold_is_zero_after_a_hint_and_after_a_pass_but_none_without_a_grade() -> None:
    hinted = story().ask(1).hint("big").answer().graded({"big": "met", "small": "met"}).session
    assert (hinted.records[0].cold, hinted.records[0].final) == (0.0, 1.0)
    assert hinted.records[0].prompted
    assert hinted.cold_count == 0
    passed = story().ask(1).skip().session
    assert (passed.records[0].cold, passed.records[0].final) == (0.0, 0.0)
    waiting = story().ask(1).answer().session
    assert (waiting.records[0].cold, waiting.records[0].final) == (None, None)
    ungraded = story().ask(1).answer().graded({"big": "timeout", "small": "met"}).session
    assert (ungraded.records[0].cold, ungraded.records[0].final) == (None, None)


def test_a_hint_during_a_probe_leaves_the_cold_score() -> None:
    told = story().play(1, {"big": "met"}).probe("small").hint("small")
    assert told.session.records[0].cold == 0.75
    assert not told.session.records[0].prompted
    assert len(told.session.records[0].hints) == 1


def test_skipping_a_probe_leaves_both_scores() -> None:
    told = story().play(1, {"big": "met"}).probe("small").skip()
    assert (told.session.records[0].cold, told.session.records[0].final) == (0.75, 0.75)


def test_pause_resume_close() -> None:
    told = story().ask(1).add(Paused, draft="half a")
    assert told.session.paused
    told.add(Resumed, grader=GRADER.model_copy(update={"spec": "other"}))
    assert not told.session.paused
    assert told.session.grader is not None
    assert told.session.grader.spec == "other"
    told.skip().add(Closed, reason="quit")
    assert told.session.closed is not None
    assert told.session.last_seq == 5


def test_a_regrade_is_kept_beside_the_session_even_after_its_end() -> None:
    told = story(count=1).play(1).add(Closed)
    before = told.session.records
    told.add(Graded, **regrade(1, 2, run=1))
    assert told.session.records == before
    assert [g.run for g in told.session.reruns] == [1]


# What came before, the event, and words of the complaint.
OPEN = story().ask(1)
SAID = story().ask(1).answer()
DONE = story().play(1)
SHUT = story().play(1).add(Closed)
OUT_OF_PLACE = [
    (story(), Answered, {"question": 1, "text": "x"}, "not under way"),
    (story(), Hinted, {"question": 1, **BIG}, "not under way"),
    (OPEN, Answered, {"question": 2, "text": "x"}, "question 2, not under way"),
    (OPEN, Graded, regrade(1, 1), "a grade without its answer"),
    (OPEN, Probed, {"question": 1, **BIG}, "a probe before"),
    (OPEN, Asked, ASK_2, "under way"),
    (SAID, Asked, ASK_2, "under way"),
    (SAID, Answered, {"question": 1, "text": "x"}, "where nothing was asked"),
    (SAID, Skipped, {"question": 1, "reason": "skip"}, "where nothing was asked"),
    (SAID, Hinted, {"question": 1, **BIG}, "a hint where nothing was asked"),
    (SAID, Probed, {"question": 1, **BIG}, "a probe before the grade"),
    (SAID, Graded, regrade(1, 1), "a grade without its answer"),
    (SAID, Graded, regrade(1, 2, of=2), "the grade of another question"),
    (SAID, Graded, regrade(1, 1, run=1), "a grade without its answer"),
    (story().ask(1).skip(), Probed, {"question": 1, **BIG}, "a probe before the grade"),
    (DONE, Graded, regrade(1, 2), "a grade without its answer"),
    (DONE, Asked, {"question": BANK.question(1)}, "was asked before"),
    (DONE, Graded, regrade(2, 2, run=2), "a grade without its answer"),
    (SHUT, Asked, ASK_2, "after the session was closed"),
    (SHUT, Probed, {"question": 1, **BIG}, "after the session was closed"),
    (SHUT, Paused, {}, "after the session was closed"),
    (SHUT, Resumed, {"grader": GRADER}, "after the session was closed"),
    (SHUT, Closed, {}, "after the session was closed"),
]


@pytest.mark.parametrize(("before", "kind", "fields", "words"), OUT_OF_PLACE)
def test_every_event_out_of_place_is_reported(
    before: Story, kind: type[Any], fields: dict[str, Any], words: str
) -> None:
    event = kind(seq=len(before.events), at=WHEN, **fields)
    with pytest.raises(BrokenLog, match=words) as caught:
        apply(before.session, event)
    assert caught.value.seq == len(before.events)
    assert fold(before.events) == before.session  # and the session is as it was


def test_a_log_begins_with_started_number_zero_and_only_once() -> None:
    start = story().events[0]
    with pytest.raises(BrokenLog, match="no event"):
        fold([])
    with pytest.raises(BrokenLog, match="begins with 'started', not 'paused'"):
        begin(Paused(seq=0, at=WHEN))
    with pytest.raises(BrokenLog, match="must have number 0"):
        begin(start.model_copy(update={"seq": 1}))
    with pytest.raises(BrokenLog, match="second 'started'"):
        apply(begin(start), start.model_copy(update={"seq": 1}))


@pytest.mark.parametrize("seq", [0, 2, 7])
def test_numbers_must_follow_one_another(seq: int) -> None:
    with pytest.raises(BrokenLog, match=f"event {seq} follows event 0"):
        apply(story().session, Asked(seq=seq, at=WHEN, question=BANK.question(1)))


@given(MOVES)
def test_any_prefix_of_a_valid_log_folds(moves: list[tuple[str, str, str]]) -> None:
    told = play(moves)
    session: Session | None = None
    for end, event in enumerate(told.events, start=1):
        session = begin(event) if session is None else apply(session, event)
        assert fold(told.events[:end]) == session
        assert session.last_seq == end - 1
        assert next_step(session) == next_step(session)
    assert session == told.session


@given(MOVES)
def test_the_events_survive_their_json(moves: list[tuple[str, str, str]]) -> None:
    events = play(moves).events
    assert [EVENT.validate_json(EVENT.dump_json(e)) for e in events] == events


@given(MOVES)
def test_final_is_never_below_cold_and_neither_leaves_its_range(
    moves: list[tuple[str, str, str]],
) -> None:
    for record in play(moves).session.records:
        for value in (record.cold, record.final):
            assert value is None or 0.0 <= value <= 1.0
        if record.cold is not None:
            assert record.final is not None
            assert record.final >= record.cold


@given(MOVES, st.data())
def test_a_log_with_an_event_left_out_is_reported(
    moves: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    events = play(moves).events
    if len(events) < 3:
        return
    gone = data.draw(st.integers(1, len(events) - 2))
    with pytest.raises(BrokenLog):
        fold([*events[:gone], *events[gone + 1 :]])


@given(st.text(st.characters(categories=None), max_size=50))
def test_whatever_was_said_can_be_written_down(text: str) -> None:
    event = Answered(seq=1, at=WHEN, question=1, text=text)
    assert EVENT.validate_json(EVENT.dump_json(event)) == event
    if text.isprintable():
        assert event.text == text


def test_a_lone_surrogate_becomes_a_mark_and_a_pair_an_emoji() -> None:
    said = Answered(seq=1, at=WHEN, question=1, text="a\udcffb \ud83d\ude00")
    assert said.text == "a�b 😀"


@pytest.mark.parametrize("value", [DONE.session, DONE.session.records[0], Turn(probe=None)])
def test_an_altered_value_is_a_replaced_one(value: Any) -> None:
    name = fields(value)[-1].name
    assert altered(value) == replace(value)
    assert vars(altered(value, **{name: 1})) == vars(replace(value, **{name: 1}))
    with pytest.raises(TypeError, match="no fields: typo"):
        altered(value, typo=1)


def test_an_altered_record_works_out_its_grades_anew() -> None:
    record = DONE.session.records[0]
    assert record.merged is not None
    assert record.final is not None
    bare = altered(record, turns=(Turn(probe=None),))
    assert (bare.merged, bare.final) == (None, None)
