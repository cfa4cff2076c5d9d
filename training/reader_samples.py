"""What the reader learns from: an answer, what was asked, claims, and what each verdict may be.

A verdict is one of ABSENT, HALF, ASSERTED, CONTRADICTED. Where people leave open which (an answer
that "does not assert" a claim may deny it), a label is the set of verdicts that it allows, and the
loss is the negative log of their joint probability.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

ABSENT, HALF, ASSERTED, CONTRADICTED = range(4)
VERDICTS = 4

YES, SOME, NO, DENIED = 1 << ASSERTED, 1 << HALF, 1 << ABSENT, 1 << CONTRADICTED
NOT = NO | DENIED
OPEN = YES | SOME | NO | DENIED
"""Nothing is known: such a claim is read and teaches nothing."""


@dataclass(frozen=True)
class Claim:
    """A statement, and the verdicts that an answer to it may be given.

    spans: where in the answer it is carried, in characters; None where nobody said.
    """

    text: str
    allowed: int
    spans: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True)
class Sample:
    """One answer with claims about it.

    asked: what was put just before, "" if that was the question. source: which data it is from.
    group: what must not be split between training and measuring.
    """

    question: str
    asked: str
    claims: tuple[Claim, ...]
    answer: str
    source: str
    group: str = ""


def thinned(sample: Sample, rng: random.Random, most: int) -> Sample:
    """The sample with its claims in random order, sometimes fewer, at most `most` of them."""
    claims = list(sample.claims)
    rng.shuffle(claims)
    if len(claims) > 1 and rng.random() < 0.3:
        known = [c for c in claims if c.allowed != OPEN] or claims
        claims = rng.sample(known, rng.randint(1, len(known)))
    question = "" if rng.random() < 0.06 else sample.question
    return Sample(
        question, sample.asked if question else "", tuple(claims[:most]), sample.answer,
        sample.source, sample.group,
    )  # fmt: skip


def known(samples: Sequence[Sample]) -> list[Sample]:
    """Those of which at least one claim teaches something."""
    return [s for s in samples if any(c.allowed != OPEN for c in s.claims)]
