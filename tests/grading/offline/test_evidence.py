"""The words that carry a claim."""

from __future__ import annotations

from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.evidence import carried_by

TEXT = "Well, order is lost. I think so."
#       0     6     12 15    21


def reading(*words: tuple[int, int, float]) -> ClaimReading:
    return ClaimReading(0.0, 0.0, 1.0, 0.0, words)


def test_the_clause_of_the_heaviest_words_is_quoted() -> None:
    # their heaviest four: (0.1 + 0.9 + 0.4 + 0.8) / 4 = 0.55 against 0.05
    found = carried_by(
        TEXT, reading((0, 4, 0.1), (6, 11, 0.9), (12, 14, 0.4), (15, 19, 0.8), (21, 22, 0.05))
    )
    assert found is not None
    assert found.of(TEXT) == "Well, order is lost"


def test_a_near_clause_is_quoted_before_a_heavy_one() -> None:
    # 0.9 + 3 * 0.1 = 1.2 against 0.2 + 3 * 0.8 = 2.6
    found = carried_by(TEXT, reading((6, 11, 0.9), (23, 28, 0.2)), (0.1, 0.8))
    assert found is not None
    assert found.of(TEXT) == "I think so"


def test_a_clause_that_comes_close_to_the_one_beside_it_is_quoted_as_well() -> None:
    # 0.5 + 3 * 0.78 = 2.84 is above 0.92 * (0.5 + 3 * 0.8) = 2.67
    found = carried_by(TEXT, reading((6, 11, 0.5), (23, 28, 0.5)), (0.78, 0.8))
    assert found is not None
    assert found.of(TEXT) == "Well, order is lost. I think so"


def test_a_clause_of_which_no_cosine_is_known_counts_as_the_farthest() -> None:
    # 0.2 + 3 * 0.4 against 0.9 + 3 * 0.4
    found = carried_by(TEXT, reading((6, 11, 0.2), (23, 28, 0.9)), (0.4,))
    assert found is not None
    assert found.of(TEXT) == "I think so"


def test_no_words_no_evidence() -> None:
    assert carried_by("", reading()) is None
