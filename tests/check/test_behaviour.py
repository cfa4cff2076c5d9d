"""Answers by construction: what they are, and that the shares are counted right."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from fakes import ScriptedGrader
from samples import question as sample_question

from interviewer.bank.questions import Bank
from interviewer.check import behaving
from interviewer.check.behaviour import FAMILIES, Case, exchanged, frames_of, holds, surface_forms
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade


def shares(grader: ScriptedGrader, bank: Bank) -> dict[str, float | None]:
    found = behaving.run(grader, bank, behaving.cases_of(bank))
    return {f.family: f.all.share for f in found}


def test_the_same_cases_every_time_and_every_family(tiny: Bank) -> None:
    cases = behaving.cases_of(tiny)
    assert cases == behaving.cases_of(tiny)
    assert {c.family for c in cases} == set(FAMILIES)
    assert len(cases) == len(set(cases))
    assert all(c.answer.strip() for c in cases)


def test_a_grader_that_meets_everything_fails_where_nothing_is_due(tiny: Bank) -> None:
    found = shares(ScriptedGrader(default="met"), tiny)
    none, every = (
        ("frames", "swaps", "salad", "shuffled"),
        ("affirmed", "twins", "terse", "verbatim"),
    )
    assert {f: found[f] for f in none} == dict.fromkeys(none, 0.0)
    assert {f: found[f] for f in every} == dict.fromkeys(every, 1.0)


def test_a_grader_that_meets_nothing_fails_where_something_is_due(tiny: Bank) -> None:
    found = shares(ScriptedGrader(), tiny)
    none, every = (
        ("affirmed", "twins", "terse", "verbatim", "replies"),
        ("frames", "swaps", "salad"),
    )
    assert {f: found[f] for f in none} == dict.fromkeys(none, 0.0)
    assert {f: found[f] for f in every} == dict.fromkeys(every, 1.0)


def test_what_is_ungraded_counts_neither_way(tiny: Bank) -> None:
    found = behaving.run(ScriptedGrader(default="timeout"), tiny, behaving.cases_of(tiny))
    assert {f.all.share for f in found} == {None}
    assert {f.all.graded for f in found} == {0}
    assert all(f.cases > 0 for f in found)


class Fickle(ScriptedGrader):
    """Meets what has small letters only, and says that it is unsure of it."""

    def grade(self, request: GradeRequest) -> AnswerGrade:
        small = request.answer.islower()
        inner = ScriptedGrader(default="met" if small else "unmet", passing=0.4)
        return inner.grade(request)


def test_forms_and_decisions_are_held_to_the_plain_answer(tiny: Bank) -> None:
    found = {f.family: f for f in behaving.run(Fickle(), tiny, behaving.cases_of(tiny))}
    # Of five other forms of a text two are in small letters: these two differ from the plain one.
    assert found["forms"].all.share == pytest.approx(3 / 5)
    assert found["forms"].failures
    passed = Case(family="decision", question=1, answer="small", due="decided")
    asked = sample_question()
    grade = Fickle().grade(GradeRequest(asked, "small", asked.prompt))
    assert holds(passed, grade, None) is False


def test_at_most_so_many_of_each_family(tiny: Bank) -> None:
    every = Counter(c.family for c in behaving.cases_of(tiny))
    few = Counter(c.family for c in behaving.cases_of(tiny, 2))
    assert few == {family: min(2, count) for family, count in every.items()}
    assert {c.family for c in behaving.cases_of(tiny, 2, ["frames"])} == {"frames"}


def test_frames_come_in_both_halves_of_each_kind() -> None:
    frames = behaving.shipped_frames()
    kinds = Counter((f.kind, f.held_out) for f in frames)
    assert len(frames) >= 600
    for kind in {f.kind for f in frames}:
        assert kinds[kind, True] >= 4, kind
        assert kinds[kind, False] >= 10, kind
    assert len({f.template for f in frames}) == len(frames)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("deny|It is false that {s}.", "It is false that words lose their order."),
        ("deny|{S}? No.", "Words lose their order? No."),
    ],
)
def test_a_statement_in_a_frame(template: str, said: str) -> None:
    (frame,) = frames_of(template)
    assert frame.around("Words lose their order.") == said


def test_lines_that_are_no_frames_are_left_out() -> None:
    assert frames_of("deny|no place\n\nno bar {S}\ndeny|{S} and {s}") == ()


def test_six_forms_and_none_twice() -> None:
    forms = surface_forms("Order is lost. So is meaning.")
    assert len(set(forms)) == 6
    assert forms[3] == "- Order is lost.\n- So is meaning."


def test_one_word_is_exchanged_unless_its_opposite_is_there_too() -> None:
    pairs = (("more", "less"), ("query", "key"))
    assert exchanged("More data helps.", pairs) == "Less data helps."
    assert exchanged("The query meets the key.", pairs) is None
    assert exchanged("Nothing to exchange.", pairs) is None


def test_the_interval_of_a_share() -> None:
    # 8 of 10, z = 1.96: middle 0.8 + 3.8416 / 20 = 0.99208, spread 1.96 * sqrt(0.016 + 3.8416 / 400)
    # = 1.96 * sqrt(0.025604) = 0.31362; over 1.38416: [0.4902, 0.9433]
    found = behaving.share_of([True] * 8 + [False] * 2 + [None])
    assert (found.graded, found.share) == (10, 0.8)
    assert found.low == pytest.approx(0.4902, abs=1e-4)
    assert found.high == pytest.approx(0.9433, abs=1e-4)
    assert behaving.share_of([None]).low is None
    assert not math.isnan(behaving.share_of([True]).high or 0.0)
