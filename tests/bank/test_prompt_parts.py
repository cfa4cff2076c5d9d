"""The parts of a prompt, and which criterion each asks for."""

from __future__ import annotations

import pytest
from samples import question

from interviewer.bank.prompt_parts import left_out, part_for, parts
from interviewer.bank.questions import Criterion, Question


def asking(prompt: str, *statements: str) -> Question:
    """A question with those criteria, c1, c2 and so on."""
    criteria = tuple(
        Criterion(id=f"c{n}", statement=text) for n, text in enumerate(statements, start=1)
    )
    return question(1, prompt=prompt, criteria=criteria, probes=())


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Why is the sky blue?", []),
        ("Explain the sky. Give me the formula.", []),
        (
            "What is HNSW, how does a search in it proceed, and where does it stand?",
            ["What is HNSW?", "How does a search in it proceed?", "Where does it stand?"],
        ),
        (
            "The word is rare. Which one would you choose, and why?",
            ["Which one would you choose?", "And why is that?"],
        ),
        (
            "How would you train it? Tell me what you optimise, and which data set is the standard.",
            [
                "How would you train it?",
                "Tell me what you optimise.",
                "Tell me which data set is the standard.",
            ],
        ),
        # What leads in is no part of its own.
        (
            "At query time, what is read, and what is written?",
            ["At query time, what is read?", "What is written?"],
        ),
    ],
)
def test_each_part_can_be_put_by_itself(prompt: str, expected: list[str]) -> None:
    assert [part.text for part in parts(prompt)] == expected


def test_as_many_parts_as_criteria_are_in_their_order() -> None:
    asked = asking(
        "What is HNSW, and where does it stand among its rivals?",
        "It is a layered graph.",
        "It is state of the art.",
    )
    found = [part_for(asked, c) for c in asked.criteria]
    assert [p.text for p in found if p] == [
        "What is HNSW?",
        "Where does it stand among its rivals?",
    ]


def test_a_part_that_speaks_of_another_criterion_is_not_taken_for_this_one() -> None:
    asked = asking(
        "What does a large leaf collect, and what does a thick root store?",
        "A thick root will store sugar.",
        "A large leaf will collect light.",
    )
    assert [part_for(asked, c) for c in asked.criteria] == [None, None]


def test_of_other_numbers_only_what_shares_several_words_is_known() -> None:
    asked = asking(
        "What does a large leaf collect, and what does a thick root store?",
        "A thick root will store sugar.",
        "Bees.",
        "Sun.",
    )
    first, *others = (part_for(asked, c) for c in asked.criteria)
    assert first is not None
    assert first.text == "What does a thick root store?"
    assert others == [None, None]


COMPARED = asking(
    "Compare encoder-only, decoder-only and encoder-decoder models. How does each one read?",
    "Encoder-only models are bidirectional.",
    "Decoder-only models are causal.",
    "Encoder-decoder models are for sequence-to-sequence tasks.",
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Encoder-only sees both sides, decoder-only looks left.", "And what about encoder-decoder models?"),
        ("The encoder-decoder kind translates.", None),
        ("The third kind is for one sequence to another.", None),  # its own words
    ],
)  # fmt: skip
def test_what_is_compared_is_known_by_its_name(said: str, expected: str | None) -> None:
    part = left_out(COMPARED, COMPARED.criterion("c3"), said)
    assert (part.text if part else None) == expected


@pytest.mark.parametrize(
    ("said", "is_left_out"),
    [
        ("A graph in layers, searched from the top.", True),
        ("A graph; among its rivals it wins.", False),  # a word of that part
        ("A graph, and the state of the art.", False),  # a word of the criterion
    ],
)
def test_a_part_is_left_out_where_no_word_of_it_or_of_its_criterion_was_said(
    said: str, is_left_out: bool
) -> None:
    asked = asking(
        "What is HNSW, and where does it stand among its rivals?",
        "It is a layered graph.",
        "It is state of the art.",
    )
    assert (left_out(asked, asked.criterion("c2"), said) is not None) is is_left_out


def test_a_bare_why_is_never_known_to_be_left_out() -> None:
    asked = asking("Which one is it, and why?", "The left one.", "It weighs less.")
    assert left_out(asked, asked.criterion("c2"), "No idea.") is None
