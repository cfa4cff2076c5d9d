"""From what was read of a question's claims to levels and the chance of passing.

A met criterion pays its full weight, a half met one half; the chance of passing is that of a score
of one half or more, put through one logistic that also weighs how near the answer comes to a
reference. The levels decide on which side of one half it lies: `scoring.sided`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.bank.questions import Question
from interviewer.common.base import Value
from interviewer.grading.chances import chance_of_half, logistic, logit
from interviewer.grading.grades import Level
from interviewer.grading.offline.encoders import ClaimReading


class Headed(Value):
    """The weights for a claim with a head: of the reader's log-odds of asserted, contradicted and
    absent, and of the head's. What the reader hears of a denial must not be outvoted by the head."""

    asserted: float = 1.0
    contradicted: float = 0.0
    absent: float = 0.0
    head: float = 0.0
    offset: float = 0.0


class Decision(Value):
    """The fitted part.

    slope, offset: from the reader's log-odds that a claim is asserted to calibrated ones (Platt
    1999). accept, reject, beside: the weights of the log-odds that the answer asserts the nearest
    text that the claim accepts and the nearest that it rejects, and the offset where both are there.
    headed: the weights for a claim with a head of its own, which stand in for all of these. met,
    partial: from which expected credit a claim is met or half met; wrong: from which chance a
    misconception is. passing_slope, passing_offset, similarity: of the logistic behind the chance of
    passing. embedder: for which encoder the last was fitted; with another one it counts nothing.
    """

    slope: float = 1.0
    offset: float = 0.0
    accept: float = 0.0
    reject: float = 0.0
    beside: float = 0.0
    headed: Headed = Headed()
    met: float = 0.6
    partial: float = 0.3
    wrong: float = 0.5
    passing_slope: float = 1.0
    passing_offset: float = 0.0
    similarity: float = 0.0
    embedder: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside the reading of a claim's statement.

    exemplars: how likely the answer asserts the nearest text that the claim accepts, and the nearest
    that it rejects; None where the claim has not both. head: the log-odds of the claim's own head;
    None where it has none.
    """

    exemplars: tuple[float, float] | None = None
    head: float | None = None


NOTHING = Beside()


def calibrated(
    reading: ClaimReading, decision: Decision, beside: Beside = NOTHING
) -> tuple[float, float]:
    """The probabilities that the claim is asserted and half asserted; they sum to at most 1."""
    if beside.head is not None:
        known = decision.headed
        odds = (
            known.asserted * logit(reading.asserted)
            + known.contradicted * logit(reading.contradicted)
            + known.absent * logit(reading.absent)
            + known.head * beside.head
            + known.offset
        )
    else:
        odds = decision.slope * logit(reading.asserted) + decision.offset
        if beside.exemplars is not None:
            accept, reject = beside.exemplars
            odds += decision.accept * logit(accept) + decision.reject * logit(reject)
            odds += decision.beside
    yes = logistic(odds)
    rest = 1.0 - reading.asserted
    return yes, (1.0 - yes) * (reading.half / rest if rest > 1e-9 else 0.0)


def level_of(yes: float, half: float, decision: Decision) -> Level:
    """The level that an expected credit comes to."""
    credit = yes + 0.5 * half
    return "met" if credit >= decision.met else "partial" if credit >= decision.partial else "unmet"


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
