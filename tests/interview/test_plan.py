"""What is asked, and in what order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import Story, bank, question

from interviewer.bank.questions import Section
from interviewer.cli.interviews import planning
from interviewer.common import ranges
from interviewer.interview.asking import order

BANK = bank(
    [
        question(1),
        question(2),
        question(3, section="B", kind="quick-fire", probes=()),
        question(4, section="B"),
    ],
    sections=(Section(id="A", title="a"), Section(id="B", title="b"), Section(id="C", title="c")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", (1,)),
        ("1-3,7", (1, 2, 3, 7)),
        (" 5 - 6 , 2 ", (5, 6, 2)),
        ("3,1-4", (3, 1, 2, 4)),
        ("7-7", (7,)),
    ],
)
def test_parse_numbers(text: str, expected: tuple[int, ...]) -> None:
    assert ranges.parse_numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "offending"),
    [
        ("", "''"),
        ("1,,2", "''"),
        ("a", "'a'"),
        ("1-", "'1-'"),
        ("-3", "'-3'"),
        ("1-2-3", "'1-2-3'"),
        ("3-1", "'3-1'"),
        ("1.5", "'1.5'"),
    ],
)
def test_parse_numbers_names_the_offending_part(text: str, offending: str) -> None:
    with pytest.raises(ValueError, match=f"^{offending} is n"):
        ranges.parse_numbers(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1-99999999", "'1-99999999' is too long: 100000 is the highest number"),
        ("1-999999999999", "is too long"),
        ("9" * 5000, "is too long"),
        (",".join(["1-100000"] * 3), "there are more than 100000 numbers"),
        ("٣", "is neither a number nor a range"),
    ],
)
def test_a_range_that_is_too_long_says_so(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ranges.parse_numbers(text)


@given(st.text("0123456789-, ax", max_size=20))
def test_parse_numbers_answers_or_complains(text: str) -> None:
    try:
        found = ranges.parse_numbers(text)
    except ValueError:
        return
    assert len(set(found)) == len(found) > 0


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, (1, 2, 3, 4)),
        ({"sections": ("A",)}, (1, 2)),
        ({"sections": ("b", "A")}, (1, 2, 3, 4)),
        ({"numbers": (4, 2)}, (4, 2)),
        ({"numbers": (4, 2, 4)}, (4, 2)),
        ({"numbers": (4, 1, 3), "sections": ("B",)}, (4, 3)),
        ({"quick_fire": True}, (3,)),
        ({"sections": ("B",), "numbers": (1, 4)}, (4,)),
    ],
)
def test_select(conditions: dict, expected: tuple[int, ...]) -> None:
    assert order.select(BANK, **conditions) == expected


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({"sections": ("Z",)}, "no section 'Z'; there are A, B, C"),
        ({"numbers": (1, 9)}, "no question 9"),
        ({"sections": ("A",), "quick_fire": True}, "meets all"),
        ({"sections": ("C",)}, "meets all"),
    ],
)
def test_select_says_what_is_wrong(conditions: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        order.select(BANK, **conditions)


@given(st.sets(st.integers(1, 500), max_size=60), st.integers(0, 10**6))
def test_shuffling_is_a_permutation_fixed_by_its_seed(items: set[int], seed: int) -> None:
    once = order.shuffled(items, seed)
    assert sorted(once) == sorted(items)
    assert order.shuffled(sorted(items, reverse=True), seed) == once


def test_shuffling_is_alike_on_every_platform_and_depends_on_the_seed() -> None:
    # by sha256("7:1") < sha256("7:2") ... : a change here breaks the seeds people wrote down
    orders = {order.shuffled(range(1, 11), seed) for seed in range(20)}
    assert len(orders) == 20
    assert order.shuffled(range(1, 7), 7) == (4, 3, 2, 1, 5, 6)


def test_make_plan() -> None:
    made = order.make_plan((1, 2, 3), count=2)
    assert (made.questions, made.count, made.probes) == ((1, 2), 2, 2)
    assert order.make_plan((1, 2, 3), count=99).count == 3
    assert order.make_plan((1, 2, 3)).count == 3
    cold = order.make_plan((1, 2), cold=True, probes=4, timed=True, silent=True)
    assert (cold.probes, cold.cold, cold.timed, cold.silent) == (0, True, True, True)
    shuffled = order.make_plan(range(1, 30), order="shuffle", seed=3, count=5)
    assert shuffled.questions == order.shuffled(range(1, 30), 3)[:5]
    pool = order.make_plan(range(1, 30), order="adaptive", seed=3, count=5)
    assert len(pool.questions) == 29  # adaptive chooses from them all
    assert pool.count == 5


def test_next_question_follows_the_plan_to_its_end() -> None:
    story = Story(BANK, questions=(4, 1), count=2)
    asked = []
    while (number := order.next_question(story.session)) is not None:
        asked.append(number)
        story.ask(number).skip()
    assert asked == [4, 1]


@pytest.mark.parametrize("rule", ["shuffle", "adaptive"])
@pytest.mark.parametrize("seed", range(8))
def test_what_would_give_another_question_away_comes_after_it(rule: str, seed: int) -> None:
    told = bank([question(1, after=(4,)), question(2, after=(1,)), question(3), question(4)])
    plan = order.make_plan([1, 2, 3, 4], order=rule, seed=seed)  # type: ignore[arg-type]
    story = Story(told, **plan.model_dump())
    asked = []
    while (number := order.next_question(story.session)) is not None:
        asked.append(number)
        story.play(number)
    assert asked.index(4) < asked.index(1) < asked.index(2)
    assert sorted(asked) == [1, 2, 3, 4]


def test_an_order_that_is_asked_for_is_kept_and_a_circle_ends() -> None:
    told = bank([question(1, after=(2,)), question(2, after=(1,))])
    assert order.next_question(Story(told, questions=(1, 2)).session) == 1
    circle = Story(told, questions=(2, 1), order="shuffle")
    assert order.next_question(circle.session) == 2


ALIKE = [
    question(1, prompt="What was the model pretrained on?"),
    question(2, prompt="Why do rare words weigh more?"),
    question(3, prompt="What was the model pretrained to do?"),
    question(4, prompt="How do you search a graph?"),
]


def test_two_questions_on_nearly_one_subject_are_a_pair() -> None:
    # the words that all four share (their references and criteria) weigh nothing
    assert order.near_pairs(ALIKE) == {frozenset((1, 3))}
    assert order.near_pairs([]) == order.near_pairs(ALIKE[:1]) == frozenset()


@pytest.mark.parametrize("how", ["shuffle", "adaptive"])
def test_a_short_session_asks_one_of_such_a_pair(how: Any) -> None:
    near = order.near_pairs(ALIKE)
    for seed in range(20):
        plan = order.make_plan([1, 2, 3, 4], order=how, seed=seed, count=2, near=near)
        assert not {1, 3} <= set(plan.questions)
        every = order.make_plan([1, 2, 3, 4], order=how, seed=seed, count=4, near=near)
        assert set(every.questions) == {1, 2, 3, 4}
    assert order.make_plan([1, 3], count=2, near=near).questions == (1, 3)


def test_pairs_are_sought_for_a_short_session_in_an_order_of_the_program_alone() -> None:
    of = bank(ALIKE)
    every = [1, 2, 3, 4]
    assert planning.near(of, every, 2, None, "shuffle") == {frozenset((1, 3))}
    for count, numbers, how in (
        (4, None, "shuffle"),
        (None, None, "adaptive"),
        (2, None, "bank"),
        (2, "1,3", "shuffle"),
    ):
        assert planning.near(of, every, count, numbers, how) == frozenset()
