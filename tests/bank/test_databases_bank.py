"""The second bank: a document imported and reviewed, with answers that were graded twice."""

from __future__ import annotations

from collections import Counter

from interviewer.bank import lint
from interviewer.check.gold_files import GOLD_NAME, load_gold
from interviewer.specs import banks

NAME = "databases"


def test_it_stands_beside_the_default_one_and_holds_the_whole_document() -> None:
    assert {NAME, banks.DEFAULT_BANK} <= set(banks.shipped_banks())
    bank = banks.open_bank(NAME)
    assert [q.id for q in bank.questions] == list(range(1, 51))
    assert "".join(s.id for s in bank.sections) == "ABCDEFGQ"
    assert [(t.questions[0], t.questions[-1]) for t in bank.tiers] == [(1, 15), (16, 34), (35, 45)]
    aims = {a.name: (len(a.questions), a.target) for a in bank.aims}
    assert aims == {"drill": (45, 30), "cold": (50, 33)}


def test_nothing_is_wrong_with_it() -> None:
    assert lint.structural(banks.open_bank(NAME)) == []


def test_its_answers_are_graded_for_every_criterion() -> None:
    bank = banks.open_bank(NAME)
    (gold,) = load_gold(banks.bank_folder(NAME) / GOLD_NAME, bank)
    assert gold.held_out
    assert len(gold.answers) >= 300
    assert sum(n >= 7 for n in Counter(a.question for a in gold.answers).values()) >= 45
    for answer in gold.answers:
        criteria = {c.id for c in bank.question(answer.question).criteria}
        assert set(answer.verdicts) == criteria, answer.id


def test_two_raters_graded_each_and_what_they_agree_on_stands() -> None:
    (gold,) = load_gold(banks.bank_folder(NAME) / GOLD_NAME, banks.open_bank(NAME))
    for answer in gold.answers:
        one, two = answer.first, answer.second
        assert one is not None, answer.id
        assert two is not None, answer.id
        assert set(one.verdicts) == set(two.verdicts) == set(answer.verdicts), answer.id
        for claim, level in one.verdicts.items():
            assert two.verdicts[claim] != level or answer.verdicts[claim] == level, answer.id


def test_no_exemplar_is_one_of_the_graded_answers() -> None:
    """What measures a grader on this bank must not stand in the bank."""
    bank = banks.open_bank(NAME)
    (gold,) = load_gold(banks.bank_folder(NAME) / GOLD_NAME, bank)
    for answer in gold.answers:
        question = bank.question(answer.question)
        if question.quick_fire:
            continue  # "Read committed." can hardly be said in other words
        claims = (*question.criteria, *question.misconceptions)
        exemplars = {e.casefold().rstrip(".") for c in claims for e in (*c.accepts, *c.rejects)}
        assert answer.answer.casefold().rstrip(".") not in exemplars, answer.id
