"""The daily rate that reaches an aim by a date, with its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from past_parts import attempt

from interviewer.history.summaries import QuestionSummary
from interviewer.progress import daily_rate
from interviewer.progress.daily_rate import Situation, Turned

TWENTY = tuple(range(1, 21))


def made(*colds: float) -> list[QuestionSummary]:
    return [attempt(0, cold, day) for day, cold in enumerate(colds)]


def situation(attempts: Mapping[int, Sequence[QuestionSummary]], **fields: Any) -> Situation:
    values = {"questions": TWENTY, "target": 16, "days": 10, "recall": {}, "keep": 0.8, **fields}
    return Situation(attempts=attempts, **values)


# Questions 1-5 were missed, then turned cold; 6-15 missed twice; 16-20 always cold. Asked again
# after a miss: 15, of which 5 turned.
MIXED = {
    **{q: made(0, 1) for q in range(1, 6)},
    **{q: made(0, 0) for q in range(6, 16)},
    **{q: made(1) for q in range(16, 21)},
}


def test_turns_set_each_miss_against_the_next_attempt() -> None:
    helped = [attempt(1, 0, 0, final=1.0), attempt(1, 0, 1), attempt(1, 1, 2), attempt(1, 0, 3)]
    found = daily_rate.turns({1: helped, 2: made(1, 1), 3: made(0)})
    assert found == {"prompted": Turned(turned=0, asked=1), "missed": Turned(turned=1, asked=1)}
    # The Jeffreys means: (0.5 + 0) / 2 and (0.5 + 1) / 2.
    assert [t.rate for t in found.values()] == [0.25, 0.75]
    assert Turned().rate == 0.5


def test_first_tries_count_only_the_first_attempt() -> None:
    assert daily_rate.first_tries({1: made(0, 1), 2: made(1, 0), 3: []}) == Turned(
        turned=1, asked=2
    )


def test_the_pace_is_the_gap_over_what_a_question_brings() -> None:
    found = daily_rate.reckon(situation(MIXED))
    # Expected without drilling: 10. Rate: (0.5 + 5) / (1 + 15) = 0.34375, kept 0.8. So
    # (16 - 10) / (0.34375 * 0.8) / 10 days = 2.1818.
    assert (found.state, found.standing, found.asked) == ("measured", 10, 20)
    assert found.expected == pytest.approx(10)
    assert found.turned == Turned(turned=5, asked=15)
    assert found.per_day == pytest.approx(6 / 0.275 / 10)
    assert found.low is not None
    assert found.high is not None
    # Beta(5.5, 10.5) has its central 95% between 0.14 and 0.58, so 5.4 and 1.3 a day.
    assert found.low == pytest.approx(6 / (0.58 * 0.8) / 10, rel=0.05)
    assert found.high == pytest.approx(6 / (0.14 * 0.8) / 10, rel=0.08)
    assert daily_rate.reckon(situation(MIXED)) == found


def test_forgetting_until_the_date_counts_against_what_is_held() -> None:
    found = daily_rate.reckon(situation(MIXED, recall=dict.fromkeys(range(16, 21), 0.6)))
    # 5 * 1 + 5 * 0.6 = 8 instead of 10.
    assert found.expected == pytest.approx(8)
    assert found.per_day == pytest.approx(8 / 0.275 / 10)


def test_questions_never_asked_go_like_first_tries() -> None:
    attempts = {q: made(0, 1) for q in range(1, 12)}
    found = daily_rate.reckon(situation(attempts))
    # 11 held; 9 not asked, at (0.5 + 0) / (1 + 11) = 1/24 each: 0.375.
    assert found.expected == pytest.approx(11.375)
    assert found.turned == Turned(turned=11, asked=11)


def test_enough_already() -> None:
    found = daily_rate.reckon(situation({q: made(1) for q in TWENTY}))
    assert (found.state, found.per_day, found.more_sessions) == ("enough", None, None)


def test_too_little_to_tell() -> None:
    nine = {q: made(0, 0) for q in range(1, 10)}
    found = daily_rate.reckon(situation({**nine, 10: made(0)}, session_size=5))
    # One more asked again is enough, so one session.
    assert (found.state, found.per_day, found.more_sessions) == ("unknown", None, 1)
    # Ten lacking at four a session are three sessions.
    assert daily_rate.reckon(situation({1: made(0)}, session_size=4)).more_sessions == 3
    # Nothing was missed yet: a session to miss something, then one that asks it again.
    assert daily_rate.reckon(situation({})).more_sessions == 2


def test_out_of_reach() -> None:
    # 20 are wanted, 10 held, and of the other 10 only 8 would be kept: 18 at most.
    assert daily_rate.reckon(situation(MIXED, target=20)).state == "beyond"
    assert daily_rate.reckon(situation(MIXED, target=18)).state == "measured"


@given(
    st.dictionaries(
        st.sampled_from(TWENTY),
        st.lists(st.sampled_from([0.0, 0.4, 0.5, 1.0]), min_size=1, max_size=4),
    ),
    st.integers(1, 20),
    st.floats(0.1, 1.0),
)
def test_every_state_says_what_it_needs_and_nothing_else(
    scores: dict[int, list[float]], target: int, keep: float
) -> None:
    attempts = {q: made(*values) for q, values in scores.items()}
    found = daily_rate.reckon(situation(attempts, target=target, keep=keep))
    assert 0 <= found.expected <= 20
    measured = found.state == "measured"
    assert [v is not None for v in (found.per_day, found.low, found.high)] == [measured] * 3
    assert (found.more_sessions is not None) == (found.state == "unknown")
    assert found.assumed is None or (found.state == "unknown" and found.assumed > 0)
    if measured:
        assert found.per_day is not None
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.high
        assert found.per_day > 0
    text = " ".join(daily_rate.lines(found, "18 Dec 2026", 60))
    assert ("Drill " in text) == measured


def test_too_few_first_tries_are_named_as_what_is_lacking() -> None:
    # 6 of 20 questions asked, each missed and asked again twice: 12 asked again are enough, but 4
    # more first tries are wanted, which are two sessions of three.
    found = daily_rate.reckon(situation({q: made(0, 0, 0) for q in range(1, 7)}, session_size=3))
    assert (found.turned.asked, found.state, found.more_sessions) == (12, "unknown", 2)
    text = "\n".join(daily_rate.lines(found, "x", 60))
    assert "(6 questions of 20 asked so far; it takes 10.)" in text
    assert "asked again" not in text


def test_the_sentences() -> None:
    text = "\n".join(daily_rate.lines(daily_rate.reckon(situation(MIXED)), "18 Dec 2026", 90))
    assert "10 of 20 answered cold when last asked (20 asked)." in text
    assert "Target: 16 cold by 18 Dec 2026, 10 days from today." in text
    # 2.18 a day is 3 questions, 1.5 minutes each.
    assert "Drill 3 questions a day (95%: 2 to " in text
    assert "about 4 minutes" in text
    assert "5 of 15 missed questions were answered cold when asked again" in text
    assert "80% of what is turned cold is still there" in text
    few = situation({q: made(0) for q in range(1, 4)}, session_size=5)
    unknown = daily_rate.lines(daily_rate.reckon(few), "x", 60)
    assert "Not enough sessions yet to tell a rate: at least 2 more sessions." in unknown
    # Nothing is known of 16: 16 / (0.5 * 0.8) / 10 days.
    assert unknown[-1].startswith("Until then ask 4 questions a day, about 4 minutes, if nothing")


def test_a_first_plan_says_what_it_assumes() -> None:
    found = daily_rate.reckon(replace(situation({}), session_size=5))
    assert (found.state, found.per_day, found.asked) == ("unknown", None, 0)
    assert found.assumed == pytest.approx(16 / (0.5 * 0.8) / 10)
    assumed, target, count, later = daily_rate.lines(found, "18 Dec 2026", 90)
    assert "no session yet" in assumed
    assert "assumes that nothing is known so far" in assumed
    assert "in 50% of cases, and that 80% of that" in assumed
    assert target == "Target: 16 cold by 18 Dec 2026, 10 days from today."
    assert count == "Ask 4 questions a day, about 6 minutes."
    assert later == "After 3 sessions or more it is worked out from what you answered."


def test_a_first_plan_for_too_short_a_time_says_so() -> None:
    found = daily_rate.reckon(situation({}, days=1))
    assert "Ask 40 questions a day, about 40 minutes." in daily_rate.lines(found, "x", 60)
    assert "That is more than the 20 there are: aim lower, or for a later date." in (
        daily_rate.lines(found, "x", 60)
    )


def test_nothing_is_assumed_where_what_is_known_is_enough() -> None:
    found = daily_rate.reckon(situation({q: made(1) for q in range(1, 9)}, target=8))
    assert (found.state, found.assumed) == ("unknown", None)
    assert not any("Until then" in line for line in daily_rate.lines(found, "x", 60))
