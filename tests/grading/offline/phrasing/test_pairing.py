"""Which of two things an answer gives what."""

from __future__ import annotations

import time

import pytest

from interviewer.grading.offline.phrasing.pairing import exchanged

ASKED = "How do a hash index and a tree index differ, and when do you take which?"
STATED = [
    "A hash index finds matching keys in constant time.",
    "A tree index keeps keys sorted, so it serves ranges.",
    "Both cost space and slow writes down.",
]


@pytest.mark.parametrize(
    ("answer", "turned"),
    [
        ("A tree finds matching keys in constant time, a hash keeps them sorted for ranges.", {0, 1}),
        ("hash = sorted, ranges; tree = constant time", {0, 1}),
        ("The hash one is sorted and the hash serves ranges, whereas the tree takes constant time.", {0, 1}),
        ("A hash: it keeps keys sorted for ranges. A tree: it has constant time.", {0, 1}),
        ("Hash: sorted, ranges\nTree: constant time", {0, 1}),
        ("A hash finds matching keys in constant time, a tree keeps them sorted for ranges.", set()),
        # What is said of one alone may be a slip about that one, and is the reader's business.
        ("A hash index serves ranges since it is sorted.", set()),
        # The right way stands there too.
        ("hash sorted, tree constant time. No: hash constant time, tree sorted", set()),
        ("A hash is not sorted, and a tree takes no constant time.", set()),
        ("A hash works without sorted keys, a tree without constant time.", set()),
        ("A hash lacks any sorted order, a tree gives up constant time.", set()),
        ("It is a myth that a tree takes constant time and a hash is sorted.", set()),
        ("You might think a hash is sorted and a tree takes constant time, but no.", set()),
        ("Both are sorted.", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_exchanged_sides_are_told(answer: str, turned: set[int]) -> None:
    assert exchanged(ASKED, STATED, answer) == turned


def test_only_what_the_question_sets_against_one_another_has_sides() -> None:
    turned = "The tree finds matching keys in constant time, the hash keeps them sorted."
    assert exchanged("What does a hash index or a tree index do?", STATED, turned) == {0, 1}
    assert not exchanged("What is an index?", STATED, turned)
    assert not exchanged("Why is a tree built on a hash?", STATED, turned)


@pytest.mark.parametrize(
    ("asked", "stated", "answer"),
    [
        (
            "How do a clustered and a secondary index differ?",
            [
                "In a clustered index the rows themselves are stored in the order of the index key.",
                "The leaves of a secondary index hold only a pointer, so a row takes a second lookup.",
            ],
            "A clustered index holds the row itself in its leaves; a secondary index is stored apart and points to it.",
        ),
        (
            "Mutex versus semaphore: what is the difference?",
            ["A mutex is a lock that one owner holds.", "A semaphore counts, so several can enter at a time."],
            "With a mutex only one can enter at a time. A semaphore is a lock with a counter.",
        ),
        (
            "Why do we scale features, and how does training change?",
            ["Features on large ranges dominate the distance.", "Training converges faster."],
            "Scaled features make it converge faster, otherwise training is dominated by what is large.",
        ),
    ],
)  # fmt: skip
def test_a_word_or_two_in_common_exchange_nothing(
    asked: str, stated: list[str], answer: str
) -> None:
    assert not exchanged(asked, stated, answer)


def test_one_statement_may_hold_both_sides() -> None:
    both = ["A hash gives constant time; a tree keeps keys sorted."]
    assert exchanged(ASKED, both, "Trees give constant time while hashes are sorted.") == {0}


@pytest.mark.parametrize(
    "part", ["hash, tree; ", "hash sorted and tree constant, ", "- " * 40, "a b " * 9]
)
def test_no_text_takes_long(part: str) -> None:
    begun = time.perf_counter()
    exchanged(ASKED, [part * 20] * 15, part * 5_000)
    assert time.perf_counter() - begun < 2
