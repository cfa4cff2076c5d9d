"""One point to a claim: what is cut, and what only looks as if it could be."""

from __future__ import annotations

import pytest

from interviewer.bank.importing import cutting


def claims(prompt: str, answer: str) -> list[str]:
    return [c.statement for c in cutting.cut(prompt, answer).claims]


CUT: list[tuple[str, str, list[str]]] = [
    ("Why?", "A B-tree needs few disk reads and is not a binary tree.",
     ["A B-tree needs few disk reads.", "A B-tree is not a binary tree."]),
    ("Why?", "It finds a cycle, picks a victim and aborts it.",
     ["It finds a cycle.", "It picks a victim.", "It aborts it."]),
    ("How?", "A follower that hears nothing becomes a candidate, increases the term and asks for votes.",
     ["A follower that hears nothing becomes a candidate.", "A follower increases the term.",
      "A follower asks for votes."]),
    ("What?", "LSM-tree: buffers writes in memory, flushes them to disk, good for writes.",
     ["LSM-tree: buffers writes in memory.", "LSM-tree: flushes them to disk.", "LSM-tree: good for writes."]),
    ("What?", "Readers don't block writers and writers don't block readers.",
     ["Readers don't block writers.", "Writers don't block readers."]),
    ("What?", "Price: a bigger index and slower writes.", ["Price: a bigger index.", "Price: slower writes."]),
    ("What?", "It adds a version of the row, tagged with the transaction.",
     ["It adds a version of the row.", "Tagged with the transaction."]),
    ("L1 vs L2?", "L1 gives sparse weights, L2 shrinks all of them.",
     ["L1 gives sparse weights.", "L2 shrinks all of them."]),
    ("C++ vs C?", "C++ has classes, C has none of them.", ["C++ has classes.", "C has none of them."]),
    ("What is the difference between UNION and UNION ALL?", "UNION drops duplicates, UNION ALL keeps them.",
     ["UNION drops duplicates.", "UNION ALL keeps them."]),
    ("Batch vs layer norm?", "batch: over the batch per feature, layer: over the features",
     ["Batch: over the batch per feature.", "Layer: over the features."]),
    ("What?", "Earnings before interest, taxes, depreciation and amortization.",
     ["Earnings before interest.", "Earnings before taxes.", "Earnings before depreciation.",
      "Earnings before amortization."]),
    ("How do they differ?", "Deployment → stateless, rolling updates, replicas",
     ["Deployment: stateless.", "Deployment: rolling updates.", "Deployment: replicas."]),
    ("What?", "requests are what is reserved. limits are the cap.",
     ["Requests are what is reserved.", "Limits are the cap."]),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "answer", "wanted"), CUT, ids=[c[1][:30] for c in CUT])
def test_a_claim_is_one_point(prompt: str, answer: str, wanted: list[str]) -> None:
    assert claims(prompt, answer) == wanted


WHOLE = [
    "It uses trees for search and values for storage.",
    "The index supports lookups and inserts in constant time.",
    "Adds columns and rows to the table.",
    "Yeast is healthy, and temperature and pressure are constant.",
    "FIFO, because the older, cheaper inventory is expensed first.",
    "They learn the number, and prove that they can be reached.",
    "False positives are possible, false negatives are not.",
    "It ferments cold (8-12 °C), slowly, and tastes clean.",
    "If a node is slow and another node is fast, the fast one wins.",
    "The MTU minus IP and TCP headers.",
    "Yes, if they are brown.",
    "It uses OVER (PARTITION BY ... ORDER BY ...).",
]


@pytest.mark.parametrize("answer", WHOLE, ids=[w[:30] for w in WHOLE])
def test_what_hangs_together_stays_whole(answer: str) -> None:
    assert claims("What?", answer) == [answer]


def test_of_two_subjects_the_second_verb_is_given_to_neither() -> None:
    said = claims("What?", "One drops doubles, another keeps them and is faster.")
    assert said == ["One drops doubles, another keeps them and is faster."]


def test_what_somebody_does_not_do_and_does_instead() -> None:
    cut = cutting.cut("How?", "An update doesn't overwrite the row, it adds a new version of it.")
    assert [c.statement for c in cut.claims] == ["An update adds a new version of it."]
    assert [c.statement for c in cut.wrong] == ["An update overwrites the row."]
    plural = cutting.cut("How?", "You don't need a lock, but you need an atomic counter.")
    assert [c.statement for c in plural.claims] == ["You need an atomic counter."]
    assert [c.statement for c in plural.wrong] == ["You need a lock."]


def test_what_is_not_always_so_is_no_wrong_claim() -> None:
    cut = cutting.cut("How?", "It doesn't always help, but it never hurts anybody.")
    assert cut.wrong == ()


def test_what_is_denied_behind_a_claim_weighs_half() -> None:
    cut = cutting.cut("What?", "Kafka keeps order within a partition, not across a topic.")
    assert [(c.statement, c.weight) for c in cut.claims] == [
        ("Kafka keeps order within a partition.", cutting.HEART),
        ("Not across a topic.", cutting.ASIDE),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "Either it is too cold, or it is too old, or the caps leak.",
        "Usually one of:\n- It is too cold.\n- It is too old.\n- The caps leak.",
    ],
)
def test_of_what_may_be_the_cause_any_one_is_enough(answer: str) -> None:
    cut = cutting.cut("What went wrong?", answer)
    assert [c.statement for c in cut.claims] == [
        "It is too cold.",
        "It is too old.",
        "The caps leak.",
    ]
    (group,) = cut.groups
    assert (group.enough, set(group.of)) == (1, {c.id for c in cut.claims})


def test_what_leads_to_code_that_is_gone_says_nothing() -> None:
    assert claims("How?", "Clear the old timer on each call.\nIn code:") == [
        "Clear the old timer on each call."
    ]
