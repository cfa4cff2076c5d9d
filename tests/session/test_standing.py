"""Tallies over tiers and aims, with their arithmetic."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import Story, bank, question

from interviewer.bank.questions import Aim
from interviewer.interview.telling import summary
from interviewer.session import standing
from interviewer.session.events import Closed
from interviewer.session.standing import tally

RIGHT = {"big": "met", "small": "met"}
BANK = bank(
    [question(n) for n in range(1, 7)],
    tiers=[range(1, 4), range(4, 7)],
    aims=(Aim(name="cold", questions=tuple(range(1, 7)), target=3),),
)


def test_nothing_asked() -> None:
    found = tally(Story(BANK).session, range(1, 4), 2)
    assert (found.total, found.asked, found.answered, found.prompted) == (3, 0, 0, 0)
    assert found.expected == pytest.approx(1.5)  # 3 trials at Beta(.5, .5)
    assert (found.low, found.high) == (0, 3)
    assert found.reached is None
    assert not found.enough
    assert not found.complete


def test_all_asked_without_a_calibrated_chance_is_certain() -> None:
    story = Story(BANK).play(1, RIGHT).play(2, RIGHT).play(3)
    found = tally(story.session, range(1, 4), 2)
    assert (found.asked, found.answered, found.low, found.high) == (3, 2, 2, 2)
    assert (found.expected, found.chance) == (2.0, 1.0)
    assert found.complete
    assert found.reached is True
    assert tally(story.session, range(1, 4), 3).reached is False


def test_the_graders_own_chance_is_used() -> None:
    story = Story(BANK).play(1, RIGHT, passing=0.9).play(2, RIGHT, passing=0.6).play(3, passing=0.2)
    found = tally(story.session, range(1, 4), 2)
    assert found.expected == pytest.approx(0.9 + 0.6 + 0.2)
    # two or more: all .9*.6*.2 = .108; not 3rd .9*.6*.8 = .432; not 2nd .9*.4*.2 = .072;
    # not 1st .1*.6*.2 = .012; together .624
    assert found.chance == pytest.approx(0.624)
    assert (found.low, found.high) == (0, 3)  # none: .1*.4*.8 = .032 > .025; all: .108


def test_the_unasked_are_drawn_from_the_jeffreys_posterior() -> None:
    story = Story(BANK).play(1, RIGHT).play(2, RIGHT)
    found = tally(story.session, range(1, 4), 3)
    # One more at Beta(0.5 + 2, 0.5 + 0): 2.5 / 3 = 0.8333
    assert found.chance == pytest.approx(2.5 / 3)
    assert found.expected == pytest.approx(2 + 2.5 / 3)
    assert found.enough
    assert found.reached is True


def test_help_counts_apart_from_cold() -> None:
    story = Story(BANK).play(1).probe("big").answer().graded(RIGHT)  # lifted by a probe
    story.ask(2).hint("big").answer().graded(RIGHT)  # after a hint
    story.ask(3).skip()
    found = tally(story.session, range(1, 4), 1)
    assert (found.asked, found.answered, found.prompted) == (3, 0, 2)
    assert found.chance == 0.0
    assert found.reached is False


def test_ungraded_is_neither_right_nor_wrong() -> None:
    story = Story(BANK).play(1, RIGHT).play(2, {"big": "timeout"}).play(3, RIGHT)
    found = tally(story.session, range(1, 4), 3)
    assert (found.asked, found.answered, found.ungraded) == (3, 2, 1)
    assert not found.complete
    assert found.chance == pytest.approx(2.5 / 3)  # as if it had not been asked
    assert tally(Story(BANK).play(2, {"big": "timeout"}).session, [2], 1).reached is None


def test_an_open_question_is_not_counted_as_asked() -> None:
    assert tally(Story(BANK).ask(1).session, [1], 1).asked == 0


@pytest.mark.parametrize(("asked", "enough"), [(1, False), (2, True), (3, True)])
def test_half_of_a_tier_is_enough_to_say(asked: int, enough: bool) -> None:
    story = Story(BANK)
    for number in range(1, asked + 1):
        story.play(number, RIGHT)
    assert tally(story.session, range(1, 4), 2).enough is enough  # 1.5 of 3


@given(st.lists(st.tuples(st.booleans(), st.none() | st.floats(0, 1)), max_size=6))
def test_a_tally_keeps_its_own_sums(results: list[tuple[bool, float | None]]) -> None:
    story = Story(BANK)
    for number, (right, passing) in enumerate(results, start=1):
        story.play(number, RIGHT if right else {}, passing=passing)
    found = standing.aim_tally(story.session, BANK.aims[0])
    assert found.answered == sum(right for right, _ in results)
    # A quantile below the median is at most the mean rounded up: the median of a sum of
    # independent trials lies between the mean rounded down and up (Jogdeo and Samuels 1968).
    assert 0 <= found.low <= math.ceil(found.expected - 1e-9)
    assert found.expected - 1e-9 <= found.total
    assert found.low <= found.high <= found.total == 6
    assert 0.0 <= found.chance <= 1.0


def test_a_tier_wants_two_thirds() -> None:
    story = Story(BANK).play(1, RIGHT)
    assert standing.tier_tally(story.session, BANK.tiers[0]).target == 2  # of 3
    whole = bank([question(n) for n in range(1, 16)], tiers=[range(1, 16)])
    assert standing.tier_tally(Story(whole).session, whole.tiers[0]).target == 10  # of 15


def test_study_next_is_worst_first_and_leaves_out_what_is_safe_or_ungraded() -> None:
    story = Story(BANK).play(1, RIGHT).play(2, {"big": "partial"}).ask(3).skip()
    story.play(4, {"big": "timeout"}).play(5, RIGHT, passing=0.7).play(6, RIGHT, passing=0.81)
    # 3: cold 0; 2: 3 * .5 / 4 = .375; 5: score 1 but a chance below .8; 1, 6 safe; 4 ungraded
    assert [r.question.id for r in standing.study_next(story.session)] == [3, 2, 5]


def test_cold_chance() -> None:
    def chance(story: Story) -> float | None:
        return standing.cold_chance(story.session.records[0])

    assert chance(Story(BANK).play(1, RIGHT)) == 1.0
    assert chance(Story(BANK).play(1)) == 0.0
    assert chance(Story(BANK).play(1, RIGHT, passing=0.7)) == 0.7
    assert chance(Story(BANK).ask(1).hint("big").answer().graded(RIGHT, passing=0.9)) == 0.0
    assert chance(Story(BANK).ask(1).skip()) == 0.0
    assert chance(Story(BANK).play(1, {"big": "budget"})) is None
    assert chance(Story(BANK).ask(1)) is None


def test_the_closing_lines_say_it_in_sentences() -> None:
    story = Story(BANK)
    for number in range(1, 4):
        story.play(number, RIGHT)
    story.play(4).play(5, {"big": "timeout"}).add(Closed)
    lines = [text for _, text in summary.closing_lines(story.session)]
    assert lines[0] == "In short"
    assert lines[1].startswith("3 of 5 questions answered cold")
    assert lines[1].endswith("in 0:00 of answering; 1 could not be graded.")
    # 3 of 4 graded, two unknown at (0.5 + 3) / (1 + 4) = 0.7 each: 3 + 1.4
    rate = "at that rate about 4 of all 6, enough."
    assert lines[2] == f"The aim 'cold', 3 of 6: 3 of the 4 asked; {rate}"
    assert lines[3] == "Tier 1 (1-3): 3 of 3 answered cold. Held."
    assert lines[4] == "That is too few questions to say more than that."
    assert lines[5:] == [
        "To work on first",
        "1. “Prompt number 4?” (question 4): The big statement of 4.",
    ]


def test_doubt_is_said_where_it_moves_the_count_from_the_rate() -> None:
    doubtful = Story(BANK).play(4)
    for number in range(1, 4):
        doubtful.play(number, RIGHT, passing=0.55)
    # 3 x 0.55 + 0, and two unknown at (0.5 + 3) / (1 + 4): 1.65 + 1.4, where 3 of 4 is 4.5 of 6
    plain = summary.plain_words(standing.aim_tally(doubtful.session, BANK.aims[0]))
    assert plain.startswith("3 of the 4 asked; with some of these in doubt about 3 of all 6, ")
    numbers = summary.tally_words(standing.aim_tally(doubtful.session, BANK.aims[0]))
    assert numbers.startswith("3 of 4 asked; with some of these in doubt, over all 6 about 3, 95% ")
    missed = Story(BANK).play(4, RIGHT)
    for number in range(1, 4):
        missed.play(number, passing=0.45)
    # 1 + 3 x 0.45, and two unknown at (0.5 + 1) / 5: 2.35 + 0.6, where 1 of 4 is 1.5 of 6
    plain = summary.plain_words(standing.aim_tally(missed.session, BANK.aims[0]))
    assert plain.startswith("1 of the 4 asked; with some of the others in doubt about 3 of all 6, ")


def test_with_numbers_the_closing_lines_have_intervals_and_chances() -> None:
    story = Story(BANK).play(1, RIGHT).play(2, RIGHT).play(3, RIGHT).play(4)
    lines = [text for _, text in summary.closing_lines(story.session, numbers=True)]
    assert lines[2].startswith("Aim 'cold', 3 of 6: 3 of 4 asked; over all 6 about ")
    assert lines[3] == ("Tier 1 (1-3): 3 of 3, 95% 3-3; chance of 2 or more: 1.00. Held.")
    assert lines[4] == "Tier 2 (4-6): 0 of 1 asked; too few to say."


@pytest.mark.parametrize(
    ("story", "headline"),
    [
        (Story(BANK).play(1), "Paused. 'interviewer resume' goes on from here."),
        (Story(BANK).play(1).add(Closed, reason="quit"), "Ended here."),
    ],
)
def test_the_headline(story: Story, headline: str) -> None:
    assert summary.closing_lines(story.session)[0] == ("title", headline)


def test_a_failed_tier_says_what_that_means_and_when_it_is_close() -> None:
    story = Story(BANK).play(1).play(2).play(3, RIGHT)
    tone, text = summary.tier_line(BANK.tiers[0], standing.tier_tally(story.session, BANK.tiers[0]))
    assert (tone, text.endswith("Tier 1 is not held.")) == ("missing", True)
    close = Story(BANK).play(1, passing=0.5).play(2, RIGHT, passing=0.5).play(3, RIGHT, passing=0.5)
    _, text = summary.tier_line(BANK.tiers[0], standing.tier_tally(close.session, BANK.tiers[0]))
    assert "Too close to call, but: Held." in text  # two or more of three coins: .5
