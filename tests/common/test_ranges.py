"""Numbers of questions in short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.common.ranges import in_short, parse_numbers


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([7, 1, 2, 3], "1-3, 7"), ([], ""), ([4], "4"), ([2, 1, 2], "1-2"), ([1, 3], "1, 3")],
)
def test_in_short(numbers: list[int], words: str) -> None:
    assert in_short(numbers) == words


@given(st.sets(st.integers(1, 40), min_size=1))
def test_what_is_written_is_read(numbers: set[int]) -> None:
    assert parse_numbers(in_short(numbers)) == tuple(sorted(numbers))
