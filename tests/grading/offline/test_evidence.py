"""The words that carry a claim."""

from __future__ import annotations

from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.evidence import carried_by

TEXT = "Well, order is lost. I think so."
#       0     6     12 15    21


def reading(*words: tuple[int, int, float]) -> ClaimReading:
    return ClaimReading(0.0, 0.0, 1.0, 0.0, words)


def test_the_clause_of_the_heaviest_run_is_quoted() -> None:
    # less 0.35 each: -0.25, 0.55, 0.05, 0.45, -0.3: the run of the middle three sums to 1.05
    found = carried_by(
        TEXT, reading((0, 4, 0.1), (6, 11, 0.9), (12, 14, 0.4), (15, 19, 0.8), (21, 22, 0.05))
    )
    assert found is not None
    assert found.of(TEXT) == "Well, order is lost"


def test_a_run_that_begins_within_a_word_takes_the_whole_clause() -> None:
    found = carried_by(TEXT, reading((8, 11, 0.9), (12, 14, 0.9), (15, 17, 0.9)))
    assert found is not None
    assert found.of(TEXT) == "Well, order is lost"


def test_where_no_word_stands_out_the_heaviest_clause_is_quoted() -> None:
    found = carried_by(TEXT, reading((0, 4, 0.1), (6, 11, 0.1), (21, 22, 0.3), (23, 28, 0.3)))
    assert found is not None
    assert found.of(TEXT) == "I think so"


def test_no_words_no_evidence() -> None:
    assert carried_by("", reading()) is None
