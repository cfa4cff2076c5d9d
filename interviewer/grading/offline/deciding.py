"""From what was read of a question's claims to levels and the chance of passing.

A met criterion pays its full weight, a half met one half; the chance of passing is that of a score
of one half or more, put through one logistic that also weighs how near the answer comes to a
reference. The levels decide on which side of one half it lies: `scoring.sided`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.bank.questions import Question
from interviewer.common.base import Value
from interviewer.grading.chances import chance_of_half, logistic, logit
from interviewer.grading.grades import Level
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.exemplars import NOWHERE, Nearness
from interviewer.grading.offline.phrasing.stance import NEUTRAL, Stance
from interviewer.grading.offline.trees import Forest

BY_CHANCE = 1 / 3
"""How sure a level is at least: there are three."""


class Straight(Value):
    """A straight line over log-odds."""

    slope: float
    offset: float


class Decision(Value):
    """The fitted part.

    plain, headed: the trees for a claim without a head of its own and for one with, over `signals`;
    None to take the reader's word. They were fitted with frames, which the heads do not hear, so
    that what the reader hears of a denial is not outvoted. met, partial: from which expected credit
    a claim with a head is met or half met; plain_met, plain_partial: one without. sure,
    plain_sure: what is made of the chance of a level, so that as many verdicts are right as their confidence
    says on answers given freely; made-up ones near to right, with which the trees were fitted, are harder.
    wrong, plain_wrong: from which chance a misconception with a head is asserted, and one without. passing_slope,
    passing_offset, similarity: of the logistic behind the chance of passing. embedder: for which
    encoder nearness and similarity were fitted; with another one they count nothing.
    """

    plain: Forest | None = None
    headed: Forest | None = None
    met: float = 0.6
    partial: float = 0.3
    plain_met: float = 0.6
    plain_partial: float = 0.3
    sure: Mapping[Level, Straight] = {}
    plain_sure: Mapping[Level, Straight] = {}
    wrong: float = 0.5
    plain_wrong: float = 0.5
    passing_slope: float = 1.0
    passing_offset: float = 0.0
    similarity: float = 0.0
    embedder: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside the reading of a claim's statement.

    head: the log-odds of the claim's own head; None where it has none. senseless: the log-odds that
    the words of the answer stand in no order. reply: whether a follow-up was replied to, of which the
    head of a claim knows nothing.
    """

    nearness: Nearness = NOWHERE
    head: float | None = None
    stance: Stance = NEUTRAL
    senseless: float = 0.0
    reply: bool = False


NOTHING = Beside()


def signals(reading: ClaimReading, beside: Beside, *, wrong: bool) -> dict[str, float]:
    """What the trees look at, by name. wrong: whether the claim is a misconception."""
    near, stance = beside.nearness, beside.stance
    found = {
        "asserted": logit(reading.asserted),
        "contradicted": logit(reading.contradicted),
        "absent": logit(reading.absent),
        "near_accept": near.near_accept,
        "near_reject": near.near_reject,
        "shared_accept": near.shared_accept,
        "shared_reject": near.shared_reject,
        "against": stance.against,
        "opposed": stance.opposed,
        "renumbered": stance.renumbered,
        "crossed": stance.crossed,
        "broken": stance.broken,
        "senseless": beside.senseless,
        "reply": float(beside.reply),
        "wrong": float(wrong),
    }
    return found if beside.head is None else {**found, "head": beside.head}


def calibrated(
    reading: ClaimReading, decision: Decision, beside: Beside = NOTHING, *, wrong: bool = False
) -> tuple[float, float]:
    """The probabilities that the claim is asserted and half asserted; they sum to at most 1."""
    trees = decision.plain if beside.head is None else decision.headed
    if trees is None:
        return reading.asserted, reading.half
    yes = trees.probability(signals(reading, beside, wrong=wrong))
    rest = 1.0 - reading.asserted
    return yes, (1.0 - yes) * (reading.half / rest if rest > 1e-9 else 0.0)


def expected(chance: tuple[float, float]) -> float:
    """The expected credit of a claim that is asserted, and half asserted, with these probabilities."""
    yes, half = chance
    return yes + 0.5 * half


def level_of(yes: float, half: float, decision: Decision, *, headed: bool = False) -> Level:
    """The level that an expected credit comes to. headed: whether the claim has a head of its own."""
    met, partial = (
        (decision.met, decision.partial) if headed else (decision.plain_met, decision.plain_partial)
    )
    credit = expected((yes, half))
    return "met" if credit >= met else "partial" if credit >= partial else "unmet"


def sureness(
    level: Level, yes: float, half: float, decision: Decision, *, headed: bool = False
) -> float:
    """The chance that a level is right, in [0, 1]."""
    if level == "partial":
        return max(half, 0.5)
    chance = min(1.0, max(0.0, yes if level == "met" else 1.0 - yes - half))
    line = (decision.sure if headed else decision.plain_sure).get(level)
    return max(BY_CHANCE, logistic(line.slope * logit(chance) + line.offset)) if line else chance


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
