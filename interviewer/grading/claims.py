"""The claims of a question, and what a probability of one being asserted comes to."""

from __future__ import annotations

from interviewer.bank.questions import Claim, Question
from interviewer.grading.grades import Level, Verdict

MET = 0.6
PARTIAL = 0.4
"""From these probabilities on a claim counts as met, or as partly met."""

CERTAIN = 0.97
"""Confidence of a verdict that needs no model: there is nothing in the answer to read."""


def claims_of(question: Question) -> tuple[Claim, ...]:
    """Its criteria, then its misconceptions."""
    return (*question.criteria, *question.misconceptions)


def level_of(probability: float) -> Level:
    """The level that a probability of being asserted comes to."""
    return "met" if probability >= MET else "partial" if probability >= PARTIAL else "unmet"


def confidence_of(probability: float) -> float:
    """How sure that level is, in [0, 1]."""
    if level_of(probability) == "partial":
        return 0.5
    return max(probability, 1.0 - probability)


def probability_of(verdict: Verdict) -> float:
    """The probability that the claim is asserted, as far as a verdict tells."""
    if verdict.level == "partial":
        return 0.5
    return verdict.confidence if verdict.level == "met" else 1.0 - verdict.confidence


def nothing_said(claim: str) -> Verdict:
    """The verdict where nothing is left of an answer that could assert the claim."""
    return Verdict(criterion=claim, level="unmet", credit=0.0, confidence=CERTAIN)
