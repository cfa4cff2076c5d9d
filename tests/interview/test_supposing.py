"""Questions back to a follow-up, and for a word in it: they are answered, and close and grade nothing."""

from __future__ import annotations

from typing import Any

import pytest
from samples import bank, question
from studio_parts import Held

from interviewer.bank.questions import Criterion
from interviewer.interview.talk import asking_back, remarks
from interviewer.session.events import Remarked
from interviewer.session.fold import fold

LEAD = "Think of species of warblers. How many output vectors does one update touch?"
OTHER = "Does an update touch few rows or all?"
CHOICES = question(
    1,
    prompt="Why are noise words drawn at random?",
    references=("Few sampled rows are enough for each step of training.",),
    criteria=(
        Criterion(
            id="rows", statement="Only a few sampled rows of the second matrix change.", weight=1
        ),
    ),
    probes=[("rows", LEAD), ("rows", OTHER)],
)
PLAIN = question(2)
BANK = bank([CHOICES, PLAIN])


def held(*replies: str, **rules: Any) -> Held:
    one = Held(*replies, of=BANK, table={"rows": {"rows": "met"}}, **{"count": 1, **rules})
    assert one.session == fold(one.log.events)
    return one


def reply_to(said: str) -> str:
    one = held("nothing", said, "rows")
    (remark,) = [e for e in one.log.events if isinstance(e, Remarked)]
    assert [r.answer for r in one.grader.requests] == ["nothing", "rows"]
    assert one.scores() == [(0.0, 1.0)]
    return remark.reply


@pytest.mark.parametrize(
    "said",
    [
        "Sorry, output vectors, you mean the second matrix?",
        "Do you mean the rows?",
        "The second matrix you mean?",
        "Hm, which vectors? Is it the output vectors you mean?",
    ],
)
def test_what_is_meant_is_confirmed_where_the_bank_says_so(said: str) -> None:
    assert reply_to(said) == "Yes, that one. How many output vectors does one update touch?"


@pytest.mark.parametrize(
    "said", ["Do you mean the thing that RoBERTa later threw out?", "The gradients you mean?"]
)
def test_what_cannot_be_checked_is_put_in_other_words_with_an_honest_word(said: str) -> None:
    told = reply_to(said)
    assert told.endswith(OTHER)
    assert told.startswith(remarks.TAKE_IT_SO)
    assert "that one" not in told


def test_of_two_things_the_one_whose_words_are_the_banks_is_meant() -> None:
    assert reply_to("You mean the gradients, or the output vectors?").startswith(
        "The second. How many"
    )
    assert reply_to("Do you mean the output vectors or the weights?").startswith("The first.")


def test_of_two_things_either_will_do() -> None:
    assert reply_to("Do you mean the gradients or the weights?").startswith("Either")
    assert reply_to("You mean the smooth one, or the plain one?").startswith("Either")


@pytest.mark.parametrize(
    "said",
    [
        "You mean only a few sampled rows?",  # says the criterion
        "Do you mean that every row has a gradient?",
        "Few rows. Is that what you mean?",
        "A dozen rows, I would say.",
        "Do you mean the lookup table, the labels, and samples from other documents?",  # says much
    ],
)
def test_a_guess_that_says_the_answer_is_one(said: str) -> None:
    assert not asking_back.only_supposes(said, LEAD, CHOICES)


def test_to_a_question_itself_nothing_is_supposed() -> None:
    assert not asking_back.only_supposes("The rows you mean?", CHOICES.prompt, CHOICES)


@pytest.mark.parametrize(
    "said",
    ["What is a warbler please?", "Yes, but what does warbler mean? I do not know this word."],
)
def test_a_word_of_an_example_is_said_to_be_one(said: str) -> None:
    assert reply_to(said) == f"{remarks.ONLY_AN_EXAMPLE} In other words: {OTHER}"


def test_a_word_that_is_no_example_is_not_called_one() -> None:
    assert remarks.ONLY_AN_EXAMPLE not in reply_to("What is an update please?")


def test_a_guess_at_the_word_that_is_asked_for_is_no_answer() -> None:
    told = reply_to("What is an output vector again? Is that just the embedding thing?")
    assert "that one" not in told


def test_an_offer_is_taken_or_left() -> None:
    told = reply_to("Do you want me to go into why not a full softmax?")
    assert told == f"You may, in a sentence. What I ask is this: {LEAD}"
