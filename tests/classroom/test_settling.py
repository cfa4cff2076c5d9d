"""Which answers a person is shown, in which order."""

from __future__ import annotations

from class_parts import row
from hypothesis import given
from hypothesis import strategies as st

from interviewer.agreement.gold_answers import gold_id
from interviewer.classroom import settling
from interviewer.classroom.class_values import GradedRow, graded_row, ungraded_row
from interviewer.grading.grades import AnswerGrade, Ungraded, Verdict


def graded(text: str, confidence: float | None, question: int = 1) -> GradedRow:
    if confidence is None:
        outcome: Verdict | Ungraded = Ungraded(criterion="a", cause="timeout")
    else:
        outcome = Verdict(criterion="a", level="met", credit=1, confidence=confidence)
    grade = AnswerGrade(question=question, verdicts=(outcome,), score=None)
    return graded_row(row(1, text, question), grade)


def test_the_least_sure_come_first_and_one_of_each_question_in_turn() -> None:
    rows = [
        graded("sure", 0.9), graded("half", 0.5), graded("none", None), graded("two", 0.8, 2),
        graded("two again", 0.7, 2), ungraded_row(row(2, "x"), "no"), graded("HALF!", 0.1),
    ]  # fmt: skip
    order = [r.answer for r in settling.least_sure(rows, 10, set())]
    # Of "half" and "HALF!", the same words, the first stands for both.
    assert order == ["none", "two again", "half", "two", "sure"]
    assert [r.answer for r in settling.least_sure(rows, 2, {gold_id(1, "none")})] == [
        "half",
        "two again",
    ]


def test_an_ungraded_criterion_leaves_no_grade_to_accept() -> None:
    assert settling.as_graded(graded("x", None).grade) is None
    assert settling.as_graded(graded("x", 0.4).grade) == {"a": "met"}


@given(
    st.lists(st.tuples(st.integers(1, 3), st.floats(0, 1), st.integers(0, 30)), max_size=40),
    st.integers(1, 5),
)
def test_no_more_are_held_than_are_shown(found: list[tuple[int, float, int]], most: int) -> None:
    rows = [graded(f"w{word}", sure, question) for question, sure, word in found]
    shown = settling.least_sure(rows, most, set())
    everything = settling.least_sure(rows, 1_000, set())
    assert shown == everything[:most]
