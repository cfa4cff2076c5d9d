"""The shipped bank on machine learning, and the answers people graded on it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from interviewer.agreement.gold_answers import GoldSet
from interviewer.bank import lint
from interviewer.bank.questions import Bank
from interviewer.check.gold_files import load_gold
from interviewer.grading import scoring
from interviewer.specs.banks import bank_folder, open_bank, shipped_banks

ROOT = Path(__file__).parents[2]
NAME = "ml-fundamentals"


@cache
def shipped() -> Bank:
    return open_bank(NAME)


@cache
def gold() -> GoldSet:
    (found,) = load_gold(bank_folder(NAME) / "gold.jsonl", shipped())
    return found


def worded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_it_stands_beside_the_first_bank_under_its_name() -> None:
    assert NAME in shipped_banks()
    assert open_bank().id != shipped().id == NAME


def test_it_is_whole_and_clean() -> None:
    found = shipped()
    assert lint.structural(found) == []
    assert [q.id for q in found.questions] == list(range(1, 47))
    assert [n for tier in found.tiers for n in tier.questions] == list(range(1, 42))
    for q in found.questions:
        assert all((q.again, q.easier, q.example)), q.id
        assert (q.deeper is None) == q.quick_fire, q.id
        assert len(q.references) >= 1 + (not q.quick_fire), q.id
        for claim in q.criteria:
            assert claim.settle, q.id
            assert min(len(claim.accepts), len(claim.rejects)) >= 5, q.id


def test_its_graded_answers_are_complete_and_for_measuring_only() -> None:
    found = gold()
    assert found.held_out
    assert min(Counter(a.question for a in found.answers).values()) >= 8
    assert len({a.question for a in found.answers}) == len(shipped().questions)
    for answer in found.answers:
        question = shipped().question(answer.question)
        assert set(answer.verdicts) == {c.id for c in question.criteria}, answer.id
        wrong = answer.misconceptions or ()
        value = scoring.of_levels(question, answer.verdicts, wrong)
        assert value is not None
        assert abs(value - answer.score) < 1e-3, answer.id


def test_two_raters_graded_each_and_what_they_agree_on_stands() -> None:
    for answer in gold().answers:
        one, two = answer.first, answer.second
        assert one is not None, answer.id
        assert two is not None, answer.id
        for claim, level in one.verdicts.items():
            assert two.verdicts[claim] != level or answer.verdicts[claim] == level, answer.id
        assert set(one.verdicts) == set(two.verdicts) == set(answer.verdicts), answer.id


def test_no_answer_is_a_text_of_the_rubric() -> None:
    for answer in gold().answers:
        q = shipped().question(answer.question)
        claims = (*q.criteria, *q.misconceptions)
        texts = [t for c in claims for t in (c.statement, *c.accepts, *c.rejects)]
        assert worded(answer.answer) not in {worded(t) for t in (*texts, *q.references)}, answer.id


def test_nothing_that_trains_reads_it() -> None:
    scripts = sorted((ROOT / "training").rglob("*.py"))
    assert scripts
    assert [p.name for p in scripts if NAME in p.read_text()] == []
