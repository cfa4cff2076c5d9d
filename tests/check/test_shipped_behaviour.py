"""What the shipped grader makes of a sample of answers by construction, on the shipped bank."""

from __future__ import annotations

from functools import cache

import pytest

from interviewer.check import behaving
from interviewer.check.behaving import FamilyResult
from interviewer.specs import banks, graders

SAMPLE = 24
LEAST = {
    "forms": 0.7,
    "frames": 0.6,
    "affirmed": 0.6,
    "twins": 0.95,
    "contrast": 0.85,
    "terse": 0.8,
    "verbatim": 0.7,
    "salad": 0.8,
    "replies": 0.9,
    "silence": 0.9,
    "decision": 1.0,
}
"""Below what is measured over all cases (docs/model-card.md), by what a sample may miss."""


@cache
def found() -> dict[str, FamilyResult]:
    bank = banks.open_bank()
    grader = graders.make_grader("offline", bank)
    cases = behaving.cases_of(bank, SAMPLE, tuple(LEAST))
    return {f.family: f for f in behaving.run(grader, bank, cases)}


@pytest.mark.parametrize("family", LEAST)
def test_a_family_holds(family: str) -> None:
    result = found()[family]
    assert result.all.share is not None
    assert result.all.share >= LEAST[family], result.failures
