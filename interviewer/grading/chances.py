"""Chances: log odds, and how likely a score is to reach one half."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from interviewer.bank.questions import Question
from interviewer.grading.claims import claims_of, probability_of
from interviewer.grading.grades import Outcome, Verdict
from interviewer.grading.scoring import ANSWERED, LEVEL_CREDIT, worth

STEPS = 400
"""Scores are told apart in steps of one part in so many."""


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-min(x, 60.0)))
    grown = math.exp(max(x, -60.0))
    return grown / (1.0 + grown)


def logit(p: float, edge: float = 1e-4) -> float:
    """The inverse of `logistic`, with p kept `edge` away from 0 and 1."""
    kept = min(1.0 - edge, max(edge, p))
    return math.log(kept / (1.0 - kept))


def chance_of_half(
    question: Question, criteria: Sequence[tuple[float, float]], wrong: Sequence[float]
) -> float:
    """The probability that the score reaches one half, were the claims independent.

    criteria: per criterion the probabilities of met and of half met. wrong: per misconception that
    of being asserted. Convolves the distributions of what each adds or takes: exact to the step,
    and linear in the number of claims.
    """
    total = worth(question)
    dist = {0: 1.0}
    chances = {c.id: p for c, p in zip(question.criteria, criteria, strict=True)}
    grouped = {claim for group in question.groups for claim in group.of}
    for criterion in question.criteria:
        if criterion.id not in grouped:
            yes, half = chances[criterion.id]
            part = criterion.weight / total
            dist = _spread(dist, ((part, yes), (part * LEVEL_CREDIT["partial"], half)))
    for group in question.groups:
        part = question.criterion(group.of[0]).weight / total
        earned = _best_of(group.enough, [chances[claim] for claim in group.of])
        dist = _spread(dist, [(part * credit, p) for credit, p in earned.items()])
    for misconception, chance in zip(question.misconceptions, wrong, strict=True):
        dist = _spread(dist, ((-misconception.cost, chance),))
    least = round((ANSWERED - 1e-9) * STEPS)
    return min(1.0, sum(p for value, p in dist.items() if value >= least))


def passing_of(question: Question, outcomes: Mapping[str, Outcome]) -> float | None:
    """The chance that verdicts with calibrated confidences come to a pass; None where one is missing.

    outcomes: by the id of the claim.
    """
    known = [o for c in claims_of(question) if isinstance(o := outcomes.get(c.id), Verdict)]
    if len(known) < len(claims_of(question)):
        return None
    count = len(question.criteria)
    return chance_of_half(
        question,
        [(probability_of(v), 0.0) for v in known[:count]],
        [probability_of(v) for v in known[count:]],
    )


def _best_of(enough: int, chances: Sequence[tuple[float, float]]) -> dict[float, float]:
    """How likely the best so many of a group come to each sum of credit above 0.

    chances: of each, those of met and of half met. Counts how many are met and how many half.
    """
    counts = {(0, 0): 1.0}
    for yes, half in chances:
        out: dict[tuple[int, int], float] = {}
        for (met, halves), p in counts.items():
            rest = max(0.0, 1.0 - yes - half)
            for key, chance in (
                ((met + 1, halves), yes),
                ((met, halves + 1), half),
                ((met, halves), rest),
            ):
                if chance > 0.0:
                    out[key] = out.get(key, 0.0) + p * chance
        counts = out
    earned: dict[float, float] = {}
    for (met, halves), p in counts.items():
        full = min(enough, met)
        credit = full + LEVEL_CREDIT["partial"] * min(enough - full, halves)
        earned[credit] = earned.get(credit, 0.0) + p
    return {credit: p for credit, p in earned.items() if credit}


def _spread(dist: dict[int, float], outcomes: Sequence[tuple[float, float]]) -> dict[int, float]:
    rest = max(0.0, 1.0 - sum(p for _, p in outcomes))
    out: dict[int, float] = {}
    for value, chance in dist.items():
        for part, p in (*outcomes, (0.0, rest)):
            if p > 0.0:
                at = value + round(part * STEPS)
                out[at] = out.get(at, 0.0) + chance * p
    return out
