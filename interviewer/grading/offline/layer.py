"""A layer for one bank over what the offline grader reads, learned from settled answers.

It moves the log odds that a claim is asserted by a few weighted signals: what the reader, the trees
and the claim's own head say, how near the answer comes to what the bank accepts, how much nearer to
settled answers that met this very criterion than to those that did not, and which way people went
against the grader on it before. All weights are 0 before anything is learned. What is taken from the
answer itself never falls when more is said, and none but the constant has a weight below 0: as far
as this layer goes, one more right thing never lowers a grade.

    log odds' = log odds + sum(weight * signal)
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from interviewer.bank.questions import Bank
from interviewer.common.base import Text, Value, content_digest
from interviewer.grading.chances import logistic, logit
from interviewer.grading.claims import claims_of
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.exemplars import grams
from interviewer.grading.offline.heard import Chance, Heard

LAYER_VERSION: Literal[1] = 1
SIGNALS = (
    *("chance", "asserted", "denied", "head", "accepted", "covered", "near", "lean", "constant"),
)
"""By which a criterion is moved; a misconception by the first and the last alone, for the nearness of
something right to a wrong answer must not be held against it."""
LEAST = (-0.5, *(0.0,) * (len(SIGNALS) - 2), -np.inf)
"""The least weight of each: the log odds are never turned round."""
WRONG = ("chance", "constant")
NOT_NEAR = 0.35
"""Cosines below this tell nothing: two clauses about one subject."""
_EDGE = 1e-3
EDGE = 1e-12
"""So near to 0 and 1 may the chance be that is moved."""
_SCALE = 4.0
"""Log odds are divided by this, so that one weight means about as much for every signal."""

Finite = Annotated[float, Field(allow_inf_nan=False)]
Signs = npt.NDArray[np.int8]
"""Of clauses, shape (clauses,): 1, -1 or 0."""


class Gain(Value):
    """What a metric was without and with the layer, in [-1, 1] as a rule, and the central 95% of the
    difference; None where it is undefined."""

    before: Finite | None
    after: Finite | None
    difference: Finite | None
    interval: tuple[Finite, Finite] | None


class QuestionMemory(Value):
    """The settled answers to one question.

    clauses: their embeddings, shape (count, width), half precision, base64. signs: by criterion, for
    each clause 1 where it met it, -1 where it is of an answer that did not, 0 where nobody knows.
    leans: by criterion, how far people went above the grader, in [-1, 1].
    """

    question: int
    width: Annotated[int, Field(ge=1, le=4096)]
    clauses: str
    signs: dict[str, tuple[Literal[-1, 0, 1], ...]]
    leans: dict[str, Finite]


class Layer(Value):
    """What was learned for one bank.

    criteria, weights_digest: of the bank's prompts and claims and of the grader's weights that it was
    learned for; with others it is not used. embedder: whose embeddings the memory holds. criterion,
    misconception: the weights of SIGNALS and of WRONG. answers, questions: how many settled ones it had.
    gains: by cross-validation, by metric.
    """

    version: Literal[1] = LAYER_VERSION
    bank: Text
    criteria: Text
    weights_digest: Text
    embedder: Text
    answers: int
    questions: int
    criterion: Annotated[
        tuple[Finite, ...], Field(min_length=len(SIGNALS), max_length=len(SIGNALS))
    ]
    misconception: Annotated[
        tuple[Finite, ...], Field(min_length=len(WRONG), max_length=len(WRONG))
    ]
    memory: tuple[QuestionMemory, ...] = ()
    gains: dict[str, Gain] = Field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Identifies it."""
        return self.content_digest()[:8]

    def over(self, version: str) -> str:
        """The version of a grader of that version that uses it: "3+learned.1a2b3c4d"."""
        return f"{version}+learned.{self.digest}"


def criteria_digest(bank: Bank) -> str:
    """Identifies the prompts, claims and weights of a bank, without exemplars and probes."""
    lines = [
        f"{question.id}\0{question.prompt}\0{claim.id}\0{claim.statement}"
        for question in bank.questions
        for claim in claims_of(question)
    ]
    return content_digest("\n".join(lines))


@dataclass(frozen=True)
class Remembered:
    """The memory of one question, unpacked."""

    clauses: Matrix
    signs: Mapping[str, Signs]
    leans: Mapping[str, float]

    def near(self, claim: str, parts: Matrix) -> float:
        """How much nearer the answer comes to clauses that met the claim than to those of answers that
        did not, in [-1, 1]: of its parts the greatest. parts: their embeddings, (parts, width)."""
        signs = self.signs.get(claim)
        if signs is None or not len(parts):
            return 0.0
        return nearer(parts @ self.clauses.T, signs)


NOTHING_KNOWN = Remembered(np.zeros((0, 1), np.float32), {}, {})


def nearer(cosines: Matrix, signs: Signs) -> float:
    """The greatest margin of a row: its nearest clause with the sign 1 less its nearest with -1.

    cosines: shape (parts, clauses). A further part can only raise it.
    """
    sides = [cosines[:, signs == sign] for sign in (1, -1)]
    best = [
        np.maximum(side.max(1), NOT_NEAR) if side.shape[1] else np.full(len(cosines), NOT_NEAR)
        for side in sides
    ]
    return float((best[0] - best[1]).max())


def signals(heard: Heard, at: int, near: float, lean: float) -> tuple[float, ...]:
    """The values of SIGNALS for the criterion in that place of what was heard."""
    reading, beside = heard.found[at], heard.beside[at]
    claim = heard.request.question.criteria[at]
    return (
        logit(heard.chances[at][0], _EDGE) / _SCALE,
        logit(reading.asserted, _EDGE) / _SCALE,
        -logit(reading.contradicted, _EDGE) / _SCALE,
        0.0 if beside.head is None else max(-2.0, min(2.0, beside.head / _SCALE)),
        2.0 * (beside.nearness.near_accept - 0.5),
        2.0 * (covered(heard.text, (claim.statement, *claim.accepts)) - 0.3),
        near,
        lean,
        1.0,
    )


def covered(text: str, wordings: Sequence[str]) -> float:
    """The greatest share of the `grams` of a wording that stand in the text, in [0, 1]: unlike the share
    that both have in common it does not fall when more is said."""
    there = _grams(text)
    return max((len(there & g) / len(g) for w in wordings if (g := _grams(w))), default=0.0)


_grams = lru_cache(maxsize=20_000)(grams)


def wrong_signals(yes: float) -> tuple[float, ...]:
    """The values of WRONG."""
    return (logit(yes, _EDGE) / _SCALE, 1.0)


def moved(chance: Chance, weights: Sequence[float], values: Sequence[float]) -> Chance:
    """The chance with its log odds moved; what is left is shared out as before."""
    yes, half = chance
    shift = sum(w * v for w, v in zip(weights, values, strict=True))
    if shift == 0.0:
        return chance
    now = logistic(logit(yes, EDGE) + shift)
    rest = 1.0 - yes
    return now, (1.0 - now) * min(1.0, half / rest if rest > 1e-9 else 0.0)


def values_of(heard: Heard, memory: Remembered) -> list[tuple[float, ...]]:
    """Per claim, criteria first, the values that its weights are for. Something must have been heard."""
    assert heard.parts is not None
    question, out = heard.request.question, []
    for at, claim in enumerate(claims_of(question)):
        if at >= len(question.criteria):
            out.append(wrong_signals(heard.chances[at][0]))
        else:
            near, lean = memory.near(claim.id, heard.parts), memory.leans.get(claim.id, 0.0)
            out.append(signals(heard, at, near, lean))
    return out


class LayerInUse:
    """A layer, unpacked when first asked for."""

    def __init__(self, layer: Layer):
        self.layer = layer

    @cached_property
    def _memory(self) -> dict[int, Remembered]:
        return {one.question: unpacked(one) for one in self.layer.memory}

    def moved(self, heard: Heard) -> list[Chance]:
        """The chances of the question's claims, moved."""
        memory = self._memory.get(heard.request.question.id, NOTHING_KNOWN)
        values = values_of(heard, memory)
        return all_moved(heard.chances, values, self.layer.criterion, self.layer.misconception)


def all_moved(
    chances: Sequence[Chance],
    values: Sequence[Sequence[float]],
    criterion: Sequence[float],
    misconception: Sequence[float],
) -> list[Chance]:
    """Every chance moved, by the weights that are as many as its values."""
    return [
        moved(chance, criterion if len(row) == len(criterion) else misconception, row)
        for chance, row in zip(chances, values, strict=True)
    ]


def packed(question: int, remembered: Remembered) -> QuestionMemory:
    """The memory of a question as it is kept."""
    clauses = np.ascontiguousarray(remembered.clauses, dtype="<f2")
    return QuestionMemory(
        question=question,
        width=clauses.shape[1],
        clauses=base64.b64encode(clauses.tobytes()).decode(),
        signs={claim: tuple(int(s) for s in row) for claim, row in remembered.signs.items()},  # type: ignore[misc]
        leans=dict(remembered.leans),
    )


def unpacked(memory: QuestionMemory) -> Remembered:
    """The memory of a question as it is used. Raises ValueError where it is damaged."""
    flat = np.frombuffer(base64.b64decode(memory.clauses, validate=True), dtype="<f2")
    clauses = flat.reshape(-1, memory.width).astype(np.float32)
    signs = {claim: np.asarray(row, np.int8) for claim, row in memory.signs.items()}
    if not np.isfinite(clauses).all() or any(len(row) != len(clauses) for row in signs.values()):
        raise ValueError("its memory does not fit together")
    return Remembered(clauses, signs, memory.leans)
