"""The scoring function, with its arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import grade, question

from interviewer.answer_text.quotes import Evidence
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Ungraded, Verdict

THREE = question(weights={"a": 3.0, "b": 2.0, "c": 1.0}, misconceptions=[("x", 0.25), ("y", 0.5)])


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, 0.0),
        ({"a": "met", "b": "met", "c": "met"}, 1.0),  # 6 / 6
        ({"a": "met"}, 0.5),  # 3 / 6
        ({"b": "partial"}, 1 / 6),  # 2 * 0.5 / 6
        ({"a": "met", "b": "partial"}, 4 / 6),  # (3 + 1) / 6
        ({"a": 0.8, "c": 0.3}, 0.45),  # (3 * 0.8 + 1 * 0.3) / 6 = 2.7 / 6
        ({"a": "met", "x": "met"}, 0.25),  # 0.5 - 0.25
        ({"a": "met", "y": 0.5}, 0.25),  # 0.5 - 0.5 * 0.5
        ({"a": "met", "b": "met", "c": "met", "x": "met", "y": "met"}, 0.25),  # 1 - 0.75
        ({"c": "met", "x": "met"}, 0.0),  # 1 / 6 - 0.25 < 0
        ({"a": "met", "x": "timeout"}, 0.5),  # an ungraded misconception costs nothing
    ],
)
def test_score(levels: dict[str, str | float], expected: float) -> None:
    assert grade(THREE, levels).score == pytest.approx(expected)


CHOICE = question(
    weights={"heart": 2.0, "a": 1.0, "b": 1.0, "c": 1.0},
    groups=({"of": ("a", "b", "c"), "enough": 2},),
)
"""Two of a, b and c are enough: 2 + 1 + 1 = 4 to earn."""


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, 0.0),
        ({"heart": "met"}, 0.5),  # 2 / 4
        ({"a": "met"}, 0.25),  # 1 / 4
        ({"a": "met", "c": "met"}, 0.5),  # 2 / 4: b is not needed
        ({"a": "met", "b": "met", "c": "met"}, 0.5),  # the third earns nothing
        ({"a": "partial", "b": "met", "c": "partial"}, 0.375),  # (1 + 0.5) / 4
        ({"heart": "met", "b": "met", "c": "met"}, 1.0),
        ({"heart": "met", "b": "met", "c": "met", "a": "timeout"}, 1.0),  # enough without a
        ({"heart": "met", "b": "met", "a": "timeout"}, None),  # a might have been met
    ],
)
def test_of_a_group_as_many_count_as_are_enough(
    levels: dict[str, str | float], expected: float | None
) -> None:
    assert grade(CHOICE, levels).score == expected


def test_what_a_full_group_has_no_need_of() -> None:
    made = grade(CHOICE, {"heart": "met", "a": "met", "c": "met"})
    assert scoring.needless(CHOICE, made.verdicts) == {"b"}
    assert scoring.is_whole(CHOICE, made)
    short = grade(CHOICE, {"heart": "met", "a": "met"})
    assert scoring.needless(CHOICE, short.verdicts) == set()
    assert not scoring.is_whole(CHOICE, short)


@pytest.mark.parametrize("claim", ["a", "b", "c"])
def test_an_ungraded_criterion_leaves_no_score(claim: str) -> None:
    assert grade(THREE, {"a": "met", "b": "met", "c": "met", claim: "timeout"}).score is None


def test_a_criterion_left_out_leaves_no_score() -> None:
    verdicts = grade(THREE, {"a": "met"}).verdicts
    assert scoring.score(THREE, verdicts[:-1], ()) is None
    assert scoring.score(THREE, verdicts, ()) == 0.5


def test_order_and_strangers_do_not_matter() -> None:
    made = grade(THREE, {"a": "met", "x": "met"})
    stranger = Verdict(criterion="z", level="met", credit=1, confidence=1)
    assert scoring.score(THREE, made.verdicts[::-1], (stranger, *made.misconceptions)) == 0.25


CREDITS = st.floats(0, 1)


@given(st.lists(CREDITS, min_size=5, max_size=5))
def test_the_score_stays_in_its_range_and_grows_with_credit(credit: list[float]) -> None:
    now = dict(zip("abcxy", credit, strict=True))
    value = grade(THREE, now).score
    assert value is not None
    assert 0.0 <= value <= 1.0
    for claim in "abc":
        better = grade(THREE, {**now, claim: 1.0}).score
        assert better is not None
        assert better >= value - 1e-12
    for claim in "xy":
        worse = grade(THREE, {**now, claim: 1.0}).score
        assert worse is not None
        assert worse <= value + 1e-12


@given(st.lists(CREDITS, min_size=3, max_size=3), st.floats(0.1, 50))
def test_only_the_ratios_of_the_weights_count(credit: list[float], factor: float) -> None:
    scaled = question(weights={"a": 3 * factor, "b": 2 * factor, "c": factor})
    plain = question(weights={"a": 3.0, "b": 2.0, "c": 1.0})
    now = dict(zip("abc", credit, strict=True))
    assert grade(scaled, now).score == pytest.approx(grade(plain, now).score)


def test_passed_is_from_one_half_on() -> None:
    assert [scoring.passed(v) for v in (None, 0.0, 0.499, 0.5, 1.0)] == [
        *(None, False, False, True, True)
    ]


@pytest.mark.parametrize(
    ("passing", "expected"), [(None, False), (0.2, False), (0.21, True), (0.79, True), (0.8, False)]
)
def test_borderline(passing: float | None, expected: bool) -> None:
    assert scoring.is_borderline(grade(THREE, passing=passing)) is expected


def test_merge_keeps_the_best_of_each_claim() -> None:
    first = grade(THREE, {"a": "met", "b": "partial", "x": "met"}, passing=0.3)
    second = grade(THREE, {"b": "met", "c": 0.5}, passing=0.6)
    merged = scoring.merge(THREE, [first, second])
    assert merged is not None
    # a 1, b 1, c 0.5, x asserted: (3 + 2 + 0.5) / 6 - 0.25
    assert merged.score == pytest.approx(5.5 / 6 - 0.25)
    assert [v.credit for v in merged.graded] == [1.0, 1.0, 0.5]
    assert [v.criterion for v in merged.asserted] == ["x"]
    assert merged.passing == 0.6


def test_merge_never_takes_from_the_first_score() -> None:
    first = grade(THREE, {"a": "met"})
    wrong = grade(THREE, {"y": "met"})
    merged = scoring.merge(THREE, [first, wrong])
    assert merged is not None
    assert merged.score == 0.5  # and not 3 / 6 - 0.5 = 0
    assert [v.criterion for v in merged.asserted] == ["y"]


def test_merge_of_none_and_of_one() -> None:
    assert scoring.merge(THREE, []) is None
    one = grade(THREE, {"a": "met"})
    assert scoring.merge(THREE, [one]) is one


def test_merge_fills_in_what_was_ungraded_and_leaves_what_still_is() -> None:
    broken = grade(THREE, {"a": "met", "b": "timeout", "c": "met"})
    mended = scoring.merge(THREE, [broken, grade(THREE, {"b": "met"})])
    assert mended is not None
    assert mended.score == 1.0
    still = scoring.merge(THREE, [broken, broken])
    assert still is not None
    assert still.score is None
    outcome = still.verdict("b")
    assert isinstance(outcome, Ungraded)
    assert outcome.cause == "timeout"


def test_merged_verdicts_point_into_no_answer() -> None:
    proof = Verdict(
        criterion="big", level="met", credit=1, confidence=1, evidence=Evidence(start=0, end=3)
    )
    asked = question(weights={"big": 1.0})
    made = AnswerGrade(question=1, verdicts=(proof,), score=1.0)
    merged = scoring.merge(asked, [made, made])
    assert merged is not None
    assert merged.graded[0].evidence is None


@given(st.lists(st.lists(CREDITS, min_size=5, max_size=5), min_size=1, max_size=4))
def test_a_merge_is_at_least_the_first_and_ignores_the_order_of_the_rest(
    rows: list[list[float]],
) -> None:
    grades = [grade(THREE, dict(zip("abcxy", row, strict=True))) for row in rows]
    one = scoring.merge(THREE, grades)
    other = scoring.merge(THREE, [grades[0], *grades[:0:-1]])
    assert one is not None
    assert other is not None
    assert one.score is not None
    assert grades[0].score is not None
    assert one.score >= grades[0].score
    assert one.score == pytest.approx(other.score)


@pytest.mark.parametrize(
    ("chance", "score", "told"),
    [(0.3, 0.5, 0.5), (0.8, 0.5, 0.8), (0.7, 0.49, 0.499), (0.1, 0.0, 0.1), (0.7, None, 0.7)],
)
def test_the_chance_lies_on_the_side_of_the_score(chance, score, told):
    assert scoring.sided(chance, score) == told
