"""Sessions in short."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from moves import MOVES, play
from past_parts import BEGIN, BIG, GRILL, MET, NONE, history, refold, told
from samples import Story

from interviewer.history.summaries import (
    History,
    QuestionSummary,
    Texts,
    attempts_of,
    by_question,
    summary_of,
    to_utc,
)
from interviewer.session import settlements, standing
from interviewer.session.events import SELF, Appealed, Settled


def only(story: Story) -> QuestionSummary:
    texts = Texts()
    short = summary_of(refold(story), "a.jsonl", texts)
    (attempt,) = short.attempts
    assert texts.bodies.keys() == {short.info, attempt.text}
    return attempt


def levels(attempt: QuestionSummary) -> list[tuple[object, ...]]:
    return [(o.cold, o.credit, o.final) for o in attempt.outcomes]


def test_a_cold_answer() -> None:
    attempt = only(told([(1, BIG)], day=2))
    # big weighs 3 of 4.
    assert (attempt.question, attempt.cold, attempt.final) == (1, 0.75, 0.75)
    assert attempt.at == BEGIN + timedelta(days=2)
    assert (attempt.seconds, attempt.spent) == (10.0, 10.0)
    assert levels(attempt) == [("met", 1.0, "met"), ("unmet", 0.0, "unmet")]


def test_a_probe_lifts_only_the_final_level() -> None:
    story = Story(GRILL).ask(1).answer(seconds=8.0).graded(NONE)
    attempt = only(story.probe("big").answer(seconds=5.0).graded(BIG))
    assert (attempt.cold, attempt.final) == (0.0, 0.75)
    assert (attempt.seconds, attempt.spent) == (8.0, 13.0)
    assert levels(attempt) == [("unmet", 0.0, "met"), ("unmet", 0.0, "unmet")]


def test_after_a_hint_nothing_is_cold() -> None:
    attempt = only(Story(GRILL).ask(1).hint("big").answer().graded(MET))
    assert (attempt.cold, attempt.final) == (0.0, 1.0)
    assert levels(attempt) == [("unmet", 0.0, "met"), ("unmet", 0.0, "met")]


def test_a_pass_is_unmet_and_an_open_question_is_no_attempt() -> None:
    story = Story(GRILL).ask(1).skip("unknown").ask(2)
    attempt = only(story)
    assert (attempt.question, attempt.cold, attempt.chance, attempt.final) == (1, 0.0, 0.0, 0.0)
    assert levels(attempt) == [("unmet", 0.0, "unmet")] * 2


def test_what_is_ungraded_is_neither_met_nor_unmet() -> None:
    attempt = only(told([(1, {"big": "timeout", "small": "met"})]))
    assert (attempt.cold, attempt.chance, attempt.final) == (None, None, None)
    assert levels(attempt) == [(None, None, None), ("met", 1.0, "met")]
    awaiting = only(Story(GRILL).ask(1).answer())
    assert (awaiting.cold, levels(awaiting)) == (None, [(None, None, None)] * 2)


def test_attempts_come_in_the_order_of_time() -> None:
    past = history([(1, NONE), (2, MET)], [(1, {"big": "timeout"})], [(1, MET)])
    backwards = replace(past, sessions=past.sessions[::-1])
    assert attempts_of(backwards.sessions) == attempts_of(past.sessions)
    assert [a.cold for a in by_question(past.sessions)[1]] == [0.0, 1.0]


def test_a_copy_of_a_log_counts_once_at_its_longest() -> None:
    past = history([(1, MET), (2, NONE)])
    (whole,) = past.sessions
    shorter = replace(whole, name="copy.jsonl", attempts=whole.attempts[:1])
    for sessions in ((whole, shorter), (shorter, whole)):
        assert History(sessions, (), past.texts).on("small") == (whole,)
    assert past.on("other") == ()


def test_the_newest_session_tells_about_the_bank() -> None:
    past = history([(1, MET)], [(2, MET)])
    assert past.newest() == past.sessions[1]
    assert past.info("small").title == GRILL.title
    assert past.questions("small") == {1: GRILL.question(1).bare(), 2: GRILL.question(2).bare()}
    with pytest.raises(KeyError):
        past.info("other")


def test_simulated_sessions_are_kept_and_count_nowhere() -> None:
    past = history([(1, MET)], [(2, MET)])
    first, second = past.sessions
    one = replace(past, sessions=(first, replace(second, simulated=True)))
    assert one.newest() == first
    assert one.on("small") == one.sat == (first,)
    assert len(one.newest_first()) == 2
    assert one.questions("small").keys() == {1}


def test_moments_are_in_utc() -> None:
    east = timezone(timedelta(hours=2))
    assert to_utc(datetime(2026, 1, 1, 1, tzinfo=east)) == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert to_utc(datetime(2026, 1, 1)) == datetime(2026, 1, 1, tzinfo=UTC)
    for year in (1, 9999):
        with pytest.raises(ValueError, match=f"the year {year}"):
            to_utc(datetime(year, 1, 1, tzinfo=east))


@given(MOVES)
def test_a_summary_counts_as_its_session_does(moves: list[tuple[str, str, str]]) -> None:
    session = play(moves).session
    short = summary_of(session, "x.jsonl", Texts())
    assert len(short.attempts) == sum(1 for record in session.records if record.replied)
    assert short.cold_count == session.cold_count
    assert short.count == session.started.plan.count
    tiers = session.started.bank.tiers
    held = [tier.name for tier in tiers if standing.tier_tally(session, tier).reached]
    assert list(short.held) == held


@pytest.mark.parametrize("hinted", [False, True])
def test_a_summary_counts_settled_grades_as_its_session_does(hinted: bool) -> None:
    story = Story(GRILL).ask(1)
    story = (story.hint("big") if hinted else story).answer().graded()
    answer = len(story.events) - 2
    story.add(Appealed, question=1, answer=answer, reason="x").play(2, MET)
    story.add(Settled, question=1, answer=answer, rater=SELF, levels={}, score=1, passed=True)
    short = summary_of(story.session, "a.jsonl", Texts())
    assert short.settled == settlements.cold_of(story.session)
    assert (short.settled.cold, short.settled.own) == ((1, 0) if hinted else (2, 1))
    assert short.disputes == settlements.disputes_of(story.session)
    assert short.cold_count == 1


def test_a_summary_names_the_tiers_that_are_held() -> None:
    short = summary_of(
        told([(1, MET), (2, MET), (3, MET), (4, NONE), (5, NONE)]).session, "x", Texts()
    )
    assert (short.held, short.cold_count, short.count) == (("Tier 1",), 3, 5)
