"""What is asked today: ratings, forgetting, the order, the time it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from past_parts import BEGIN, BIG, DAY, GRILL, MET, NONE, attempt, history, outcome

from interviewer.cli.study import histories
from interviewer.common.dates import LAST, day_words, when
from interviewer.drill import spacing
from interviewer.drill.fsrs_scheduler import FsrsScheduler
from interviewer.drill.spacing import Ease, Item, Key, Memory, Review
from interviewer.history.summaries import CriterionSummary, History, QuestionSummary

FAIR = 60


@pytest.mark.parametrize(
    ("found", "seconds", "expected"),
    [
        (outcome("unmet"), 10, Ease.AGAIN),
        (outcome("partial"), 10, Ease.HARD),
        (outcome("unmet", "partial"), 10, Ease.HARD),
        (outcome("unmet", "met"), 10, Ease.HARD),
        (outcome("partial", "met"), 10, Ease.HARD),
        (outcome("met"), 31, Ease.GOOD),
        (outcome("met"), 30, Ease.EASY),
        (outcome("met", confidence=0.89), 10, Ease.GOOD),
        (outcome("met"), 0, Ease.GOOD),  # a script: no time was measured
        (outcome(None), 10, None),
    ],
)
def test_ratings(found: CriterionSummary, seconds: float, expected: Ease | None) -> None:
    assert spacing.rate(found, seconds, FAIR) == expected


def test_every_graded_outcome_is_a_review_at_the_time_of_the_answer() -> None:
    past = history([(1, BIG)], [(1, {"big": "timeout", "small": "met"})])
    found = spacing.reviews(past.sessions, GRILL)
    # Ten seconds of sixty are quick, and the samples are 0.9 sure.
    assert found == {
        (1, "big"): (Review(BEGIN, Ease.EASY),),
        (1, "small"): (Review(BEGIN, Ease.AGAIN), Review(BEGIN + DAY, Ease.EASY)),
    }
    smaller = GRILL.model_copy(update={"questions": GRILL.questions[1:]})
    assert spacing.reviews(past.sessions, smaller) == {}


@pytest.mark.parametrize("year", [1, 9999])
def test_at_either_end_of_all_years_nothing_overflows(year: int) -> None:
    at = (
        datetime(year, 1, 1, 0, 30, tzinfo=UTC)
        if year == 1
        else datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    )
    scheduler = FsrsScheduler()
    memory = scheduler.remember([Review(at, Ease.GOOD), Review(at, Ease.EASY)])
    now = datetime(2025, 1, 1, tzinfo=UTC)
    sooner = scheduler.remember([Review(now, Ease.GOOD), Review(now, Ease.EASY)])
    assert (memory.stability, memory.difficulty) == (sooner.stability, sooner.difficulty)
    assert scheduler.recall(memory, at) == 1.0
    assert memory.due == LAST if year == 9999 else memory.due > at
    assert histories.end_of_day(at) >= at


def remember(*ratings: Ease, gap: float = 1) -> Memory:
    return FsrsScheduler().remember(
        [Review(BEGIN + i * gap * DAY, r) for i, r in enumerate(ratings)]
    )


def test_fsrs_brings_a_miss_back_the_next_day_and_what_is_known_later() -> None:
    waits = [remember(rating).due - BEGIN for rating in Ease]
    # The first intervals of FSRS 6: stabilities 0.21, 1.29, 2.31 and 8.30 days, in whole days.
    assert waits == [DAY, DAY, 2 * DAY, 8 * DAY]
    assert remember(Ease.GOOD).stability == pytest.approx(2.3065)


def test_recall_falls_to_nine_tenths_after_the_stability() -> None:
    memory = Memory(stability=10, difficulty=5, last=BEGIN, due=BEGIN + 10 * DAY)
    scheduler = FsrsScheduler()
    assert scheduler.recall(memory, BEGIN) == 1.0
    assert scheduler.recall(memory, BEGIN + 10 * DAY) == pytest.approx(0.9)
    with pytest.raises(ValueError, match="without a review"):
        scheduler.remember([])


@given(st.lists(st.tuples(st.sampled_from(Ease), st.integers(0, 90)), min_size=1, max_size=12))
def test_the_same_reviews_always_leave_the_same_memory(steps: list[tuple[Ease, int]]) -> None:
    at, reviews = BEGIN, []
    for rating, days in steps:
        at += days * DAY
        reviews.append(Review(at, rating))
    memory = FsrsScheduler().remember(reviews)
    assert memory == FsrsScheduler().remember(reviews)
    assert memory.last == at < memory.due
    recall = [FsrsScheduler().recall(memory, at + d * DAY) for d in (0, 1, 10, 100, 1000)]
    assert recall == sorted(recall, reverse=True)
    assert 0 < recall[-1] <= recall[0] == 1


SECONDS = dict.fromkeys(range(1, 6), 60.0)


def agenda(past: History, day: float, seconds: Mapping[int, float] = SECONDS) -> tuple[Item, ...]:
    scheduler = FsrsScheduler()
    now = BEGIN + day * DAY
    known = {k: scheduler.remember(r) for k, r in spacing.reviews(past.sessions, GRILL).items()}
    recall = {key: scheduler.recall(memory, now) for key, memory in known.items()}
    return spacing.agenda(GRILL, known, recall, seconds, now)


def states(items: tuple[Item, ...]) -> list[tuple[int, str]]:
    return [(item.question.id, item.state) for item in items]


def test_the_most_likely_forgotten_comes_first_then_the_new_then_the_rest() -> None:
    # 2 was missed on day 0 and 1 on day 1: by day 3 the older miss is the more forgotten. 3 was
    # known, easily, and is due on day 8.
    past = history([(2, NONE), (3, MET)], [(1, NONE)])
    items = agenda(past, 3)
    assert states(items) == [(2, "due"), (1, "due"), (4, "new"), (5, "new"), (3, "later")]
    first, second = items[0].recall, items[1].recall
    assert first is not None
    assert second is not None
    assert first < second < 0.9
    assert items[2].recall is None


def test_a_question_is_as_forgotten_as_its_most_forgotten_due_criterion() -> None:
    past = history([(1, BIG), (2, MET)])
    (one, *_) = agenda(past, 2)
    assert (one.question.id, one.criteria) == (1, ("small",))
    assert one.due == BEGIN + DAY
    both = agenda(past, 9)[0]
    assert (both.question.id, both.criteria) == (1, ("big", "small"))


def test_the_budget_is_filled_in_order_and_takes_at_least_one() -> None:
    past = history([(2, NONE), (3, MET)], [(1, NONE)])
    items = agenda(past, 3, {1: 70, 2: 50, 3: 10, 4: 60, 5: 10})

    def chosen(budget: float, **rules: Any) -> list[int]:
        return [item.question.id for item in spacing.choose(items, budget, **rules)]

    assert chosen(1) == [2]
    assert chosen(119) == [2]
    assert chosen(120) == [2, 1]
    # 50 + 70 + 60 = 180; question 5 would make it 190, and 3 is not due.
    assert chosen(180) == [2, 1, 4]
    assert chosen(9999) == [2, 1, 4, 5]
    assert chosen(9999, due_only=True) == [2, 1]
    assert spacing.choose(agenda(history([(1, MET)]), 0)[-1:], 60) == ()


def test_expected_seconds_are_measured_or_scaled_from_the_fair_time() -> None:
    (session,) = history([(1, MET)]).sessions

    def expected(*attempts: QuestionSummary) -> dict[int, float]:
        return spacing.expected_seconds([replace(session, attempts=attempts)], GRILL)

    scripted = attempt(2, 1.0, spent=0.0)
    times = expected(attempt(1, 1.0, spent=20.0), attempt(1, 1.0, 1, spent=40.0), scripted)
    # Question 1 took 30 seconds in the median, half of its 60, and so will the others.
    assert times == dict.fromkeys(range(1, 6), 30.0)
    mixed = expected(attempt(1, 1.0, spent=20.0), attempt(2, 1.0, spent=80.0))
    # Ratios 1/3 and 4/3: the median is 5/6, of 60 seconds 50.
    assert mixed == pytest.approx({1: 20, 2: 80, 3: 50, 4: 50, 5: 50})
    assert expected(scripted) == dict.fromkeys(range(1, 6), 60)


def test_what_is_missed_is_what_was_not_met_cold_last() -> None:
    made = {1: [attempt(1, 0, outcomes=(outcome("unmet"),)), attempt(1, 1, outcomes=(outcome("met"),))],
            2: [attempt(2, 1, outcomes=(outcome("met"),)), attempt(2, 0, outcomes=(outcome("partial"),))],
            3: [attempt(3, 0, outcomes=(outcome("unmet"),)), attempt(3, 0, outcomes=(outcome(None),))]}  # fmt: skip
    assert spacing.missed(made) == {(2, "big"), (3, "big")}


def test_recall_of_a_question_is_the_mean_of_its_criteria_by_weight() -> None:
    recall: dict[Key, float] = {(1, "big"): 0.8, (1, "small"): 0.4, (2, "small"): 0.5}
    # (3 * 0.8 + 1 * 0.4) / 4 = 0.7; of question 2 only one criterion is known.
    assert spacing.question_recall(GRILL, recall) == {1: pytest.approx(0.7), 2: 0.5}


def test_days_in_words() -> None:
    today = date(2026, 12, 30)
    days = [when(today + timedelta(days=n), today) for n in (-3, 0, 1, 2, 4)]
    assert days == ["today", "today", "tomorrow", "on 1 Jan 2027", "on 3 Jan 2027"]
    assert when(date(2026, 5, 7), date(2026, 5, 1)) == "on 7 May"
    assert day_words(today) == "30 Dec 2026"
