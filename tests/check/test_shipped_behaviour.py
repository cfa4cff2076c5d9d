"""What the shipped grader makes of a sample of answers by construction, on the shipped bank."""

from __future__ import annotations

import pytest

from interviewer.check import behaving
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


@pytest.mark.slow
def test_every_family_holds() -> None:
    bank = banks.open_bank()
    grader = graders.make_grader("offline", bank)
    cases = behaving.cases_of(bank, SAMPLE, tuple(LEAST))
    found = {f.family: f for f in behaving.run(grader, bank, cases)}
    assert set(found) == set(LEAST)
    shares = {name: result.all.share for name, result in found.items()}
    below = {name for name, least in LEAST.items() if (shares[name] or 0) < least}
    assert below == set(), {name: (shares[name], found[name].failures) for name in below}
