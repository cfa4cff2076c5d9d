"""Several readings of one claim as one."""

from __future__ import annotations

import pytest

from interviewer.grading.offline.encoders import ClaimReading, mean_of, moved

ONE = ClaimReading(0.1, 0.1, 0.8, 0.0, words=((0, 3, 0.9), (4, 9, 0.2)))
TWO = ClaimReading(0.5, 0.1, 0.2, 0.2, words=((4, 9, 0.6),))


def test_the_mean_is_that_of_each_verdict_and_of_each_word() -> None:
    both = mean_of([ONE, TWO])
    # (0.1 + 0.5) / 2, (0.1 + 0.1) / 2, (0.8 + 0.2) / 2, (0.0 + 0.2) / 2
    assert (both.absent, both.half, both.asserted, both.contradicted) == pytest.approx(
        (0.3, 0.1, 0.5, 0.1)
    )
    # a word that one reading does not have weighs nothing there: 0.9 / 2, (0.2 + 0.6) / 2
    assert both.words == ((0, 3, pytest.approx(0.45)), (4, 9, pytest.approx(0.4)))


def test_one_reading_is_its_own_mean() -> None:
    assert mean_of([ONE]) is ONE


def test_words_before_the_beginning_go_when_a_reading_is_moved() -> None:
    assert moved(ONE, -4).words == ((0, 5, 0.2),)
    assert moved(ONE, 2).words == ((2, 5, 0.9), (6, 11, 0.2))
