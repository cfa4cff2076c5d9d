"""Numbers, JSON and moments from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from interviewer.bank.questions import QuestionId
from interviewer.chat.messages import MOST, Usage
from interviewer.common import dates, json_text
from interviewer.common.base import DAY, UnitFloat, problem
from interviewer.session.events import Seconds

NUMBER = TypeAdapter(QuestionId)
SHARE = TypeAdapter(UnitFloat)
TAKEN = TypeAdapter(Seconds)


@pytest.mark.parametrize(
    "value",
    [True, False, "1_0", "١", "0x1", "ten", "1 0", "9" * 5000, "", "inf", 0, -1, 100_001, 10**400, 1.5],
)  # fmt: skip
def test_what_is_no_number_of_a_question(value: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(value)


@pytest.mark.parametrize(("value", "number"), [(1, 1), ("7", 7), (" 7 ", 7), (100_000, 100_000)])
def test_what_is_one(value: object, number: int) -> None:
    assert NUMBER.validate_python(value) == number


def test_true_is_no_score_in_json_either() -> None:
    with pytest.raises(ValidationError, match="true and false are no numbers"):
        SHARE.validate_json("true")
    assert SHARE.validate_json("0.5") == SHARE.validate_python(0.5) == 0.5


@given(st.lists(st.floats(0, allow_infinity=False, allow_nan=False), min_size=1, max_size=50))
def test_times_can_always_be_added_up(values: list[float]) -> None:
    taken = [TAKEN.validate_python(value) for value in values]
    assert sum(taken) <= DAY * len(taken)
    assert all(a == b for a, b in zip(taken, values, strict=True) if b <= DAY)


def test_what_models_took_can_always_be_added_up() -> None:
    most = Usage(tokens_in=10**400, tokens_out=MOST, cost=1.7e308)
    assert most + most == Usage(tokens_in=MOST, tokens_out=MOST, cost=float(MOST))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('[{"b": {"c": 1, "d": 2, "c": 1}}]', "the key 'c' stands twice"),
        ("[" * 33 + "]" * 33, "nested more than 32 deep"),
        ("[" * 100_000, "nested more than 32 deep"),
        ('{"a":' * 40 + "1" + "}" * 40, "nested more than 32 deep"),
        ("9" * 401, "a number of 401 digits"),
        ("[1,", "Expecting value"),
        (b"\xff", "decode"),
    ],
)
def test_json_that_is_refused(text: str | bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        json_text.loads(text)


@pytest.mark.parametrize(
    "value", [[{}] * 500, {"a": {"a": 1}, "b": [1] * 99}, ["["] * 50, 10**399, None, 1e300]
)
def test_json_that_is_read(value: Any) -> None:
    assert json_text.loads(json.dumps(value)) == value
    assert json_text.loads(json.dumps(value).encode()) == value


def test_just_deep_enough() -> None:
    value: Any = 1
    for _ in range(32):
        value = [value]
    assert json_text.loads(json.dumps(value)) == value


def test_moments_stay_within_the_years_there_are() -> None:
    end = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    assert dates.later(end, timedelta(days=1)) == dates.LAST
    assert dates.later(datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=1)).day == 2
    assert dates.local(end).year in (9999, end.year)
    assert dates.in_utc(datetime(2025, 1, 1)).tzinfo is UTC
    with pytest.raises(ValueError, match="of all years"):
        dates.in_utc(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
    with pytest.raises(ValueError, match="of all years"):
        dates.in_utc(end.replace(tzinfo=timezone(timedelta(hours=-14))))


def test_the_words_for_a_value_name_the_field_and_its_bound() -> None:
    with pytest.raises(ValidationError) as caught:
        Usage.model_validate({"tokens_in": True})
    assert problem(caught.value) == "'tokens_in': true and false are no numbers"
