"""From what was read of a question's claims to levels, a score and the chance of passing.

A met criterion pays its full weight, a half met one half. The chance of passing is that of a score
of one half or more, were the claims independent with their calibrated probabilities, and goes
through one logistic that also weighs how near the answer comes to a reference. `passed` is that
chance at one half or above, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.bank.questions import Question
from interviewer.common.base import Value
from interviewer.grading.grades import Level
from interviewer.grading.offline.trees import logistic, logit
from interviewer.grading.scoring import ANSWERED, LEVEL_CREDIT

STEPS = 400
"""The chance of passing is worked out over scores in steps of one part in so many."""


class Decision(Value):
    """The fitted part.

    slope, offset: from the reader's log-odds that a claim is asserted to calibrated ones. half: the
    share of what is not asserted that counts as half, from the reader's own share. met, partial:
    from which expected credit a claim is met or half met. passing_slope, passing_offset,
    similarity: of the logistic behind the chance of passing. embedder: for which encoder the last
    was fitted; with another one it counts nothing.
    """

    slope: float = 1.0
    offset: float = 0.0
    met: float = 0.6
    partial: float = 0.3
    passing_slope: float = 1.0
    passing_offset: float = 0.0
    similarity: float = 0.0
    embedder: str = ""


def calibrated(asserted: float, half: float, decision: Decision) -> tuple[float, float]:
    """The probabilities that the claim is asserted and half asserted; they sum to at most 1."""
    yes = logistic(decision.slope * logit(asserted) + decision.offset)
    rest = 1.0 - asserted
    return yes, (1.0 - yes) * (half / rest if rest > 1e-9 else 0.0)


def level_of(yes: float, half: float, decision: Decision) -> Level:
    """The level that an expected credit comes to."""
    credit = yes + 0.5 * half
    return "met" if credit >= decision.met else "partial" if credit >= decision.partial else "unmet"


def chance_of_half(
    question: Question, criteria: Sequence[tuple[float, float]], wrong: Sequence[float]
) -> float:
    """The probability that the score reaches one half.

    criteria: per criterion the probabilities of met and half met. wrong: per misconception that of
    being asserted. Convolves the distributions of what each adds or takes, so that it is exact to
    the step and linear in the number of claims.
    """
    total = sum(c.weight for c in question.criteria)
    dist = {0: 1.0}
    for criterion, (yes, half) in zip(question.criteria, criteria, strict=True):
        worth = criterion.weight / total
        dist = _spread(dist, ((worth, yes), (worth * LEVEL_CREDIT["partial"], half)))
    for misconception, chance in zip(question.misconceptions, wrong, strict=True):
        dist = _spread(dist, ((-misconception.cost, chance),))
    least = round((ANSWERED - 1e-9) * STEPS)
    return min(1.0, sum(p for value, p in dist.items() if value >= least))


def _spread(dist: dict[int, float], outcomes: Sequence[tuple[float, float]]) -> dict[int, float]:
    rest = max(0.0, 1.0 - sum(p for _, p in outcomes))
    out: dict[int, float] = {}
    for value, chance in dist.items():
        for worth, p in (*outcomes, (0.0, rest)):
            if p > 0.0:
                at = value + round(worth * STEPS)
                out[at] = out.get(at, 0.0) + chance * p
    return out


def passing(
    question: Question,
    criteria: Sequence[tuple[float, float]],
    wrong: Sequence[float],
    similarity: float | None,
    decision: Decision,
) -> float:
    """The calibrated chance that a person would count the question as answered."""
    naive = logit(chance_of_half(question, criteria, wrong), 0.005)
    near = decision.similarity * (similarity or 0.0)
    return logistic(decision.passing_slope * naive + decision.passing_offset + near)
