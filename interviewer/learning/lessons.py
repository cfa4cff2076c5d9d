"""What settled answers teach: for every claim what the grader read, and what people made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.agreement.agreement import Floats
from interviewer.answer_text.quotes import Evidence
from interviewer.grading.chances import logit
from interviewer.grading.offline import layer
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.evidence import carried_by, parts_of
from interviewer.grading.offline.heard import Heard
from interviewer.grading.offline.layer import (
    LEAST,
    SIGNALS,
    WRONG,
    QuestionMemory,
    Remembered,
    Signs,
)
from interviewer.grading.scoring import LEVEL_CREDIT
from interviewer.learning.layer_fitting import fitted
from interviewer.learning.settled_answers import SettledAnswer

PENALTY = 4.0
"""Of every weight: a prior of no change with a standard deviation of one half."""
CAUTION = 2.0
"""So many answers without a gap are added to those from which a criterion's lean is taken."""


@dataclass(frozen=True)
class Taught:
    """A settled answer with what was read of it."""

    settled: SettledAnswer
    heard: Heard


@dataclass(frozen=True)
class Lesson:
    """An answer as it is learned from. values: per claim, criteria first, what its weights are for; what
    is remembered there comes from the other answers to the question alone. truth: per claim how far
    it is asserted, in [0, 1]; None where nobody said.
    """

    taught: Taught
    values: tuple[tuple[float, ...], ...]
    truth: tuple[float | None, ...]

    @property
    def question(self) -> int:
        """The number of the question that it answers."""
        return self.taught.settled.question.id


@dataclass(frozen=True)
class LayerWeights:
    """Of SIGNALS and of WRONG."""

    criterion: tuple[float, ...] = (0.0,) * len(SIGNALS)
    misconception: tuple[float, ...] = (0.0,) * len(WRONG)


class Recollection:
    """The settled answers to one question, from which any one may be left out."""

    def __init__(self, answers: Sequence[Taught]):
        self._answers = answers
        self._clauses = [_clauses(one) for one in answers]
        self._signs = [_signs(one) for one in answers]
        self._gaps = [_gaps(one) for one in answers]

    def without(self, left_out: int | None = None) -> Remembered:
        """What is remembered of the others; of all for None."""
        kept = [at for at in range(len(self._answers)) if at != left_out]
        if not kept:
            return layer.NOTHING_KNOWN
        ids = [c.id for c in self._answers[0].settled.question.criteria]
        return Remembered(
            np.concatenate([self._clauses[at] for at in kept]),
            {one: np.concatenate([self._signs[at][one] for at in kept]) for one in ids},
            {
                one: sum(self._gaps[at].get(one, 0.0) for at in kept) / (len(kept) + CAUTION)
                for one in ids
            },
        )


def lessons(answers: Iterable[Taught]) -> list[Lesson]:
    """Each answer with what the other answers to its question say of it."""
    out = []
    for group in _by_question(answers).values():
        known = Recollection(group)
        for at, one in enumerate(group):
            out.append(_lesson(one, known.without(at)))
    return out


def memory(answers: Iterable[Taught]) -> tuple[QuestionMemory, ...]:
    """What is to be kept of them, by question."""
    return tuple(
        layer.packed(question, Recollection(group).without())
        for question, group in sorted(_by_question(answers).items())
    )


def weights_of(taught: Sequence[Lesson]) -> LayerWeights:
    """The weights that those lessons come to; 0 where there is nothing to learn from."""
    return LayerWeights(
        _fit(taught, criteria=True, least=np.asarray(LEAST)),
        _fit(taught, criteria=False, least=np.asarray((LEAST[0], LEAST[-1]))),
    )


def _fit(taught: Sequence[Lesson], *, criteria: bool, least: Floats) -> tuple[float, ...]:
    rows, truth, offset = [], [], []
    for lesson in taught:
        count = len(lesson.taught.settled.question.criteria)
        for at, (values, due) in enumerate(zip(lesson.values, lesson.truth, strict=True)):
            if due is not None and (at < count) == criteria:
                rows.append(values)
                truth.append(due)
                offset.append(logit(lesson.taught.heard.chances[at][0], layer.EDGE))
    if not rows:
        return (0.0,) * len(least)
    penalty = np.full(len(least), PENALTY)
    found = fitted(np.asarray(rows), np.asarray(truth), np.asarray(offset), penalty, least)
    return tuple(round(float(w), 6) for w in found)


def _lesson(one: Taught, remembered: Remembered) -> Lesson:
    heard, question, gold = one.heard, one.settled.question, one.settled.gold
    if heard.parts is None:
        return Lesson(one, (), ())
    values = layer.values_of(heard, remembered)
    levels = [gold.verdicts.get(c.id) for c in question.criteria]
    wrong = gold.misconceptions
    truth = [None if level is None else LEVEL_CREDIT[level] for level in levels]
    truth += [None if wrong is None else float(m.id in wrong) for m in question.misconceptions]
    return Lesson(one, tuple(values), tuple(truth))


def _by_question(answers: Iterable[Taught]) -> dict[int, list[Taught]]:
    out: dict[int, list[Taught]] = {}
    for one in answers:
        if one.heard.parts is not None:
            out.setdefault(one.settled.question.id, []).append(one)
    return out


def _clauses(one: Taught) -> Matrix:
    assert one.heard.parts is not None
    return one.heard.parts.astype(np.float16).astype(np.float32)


def _signs(one: Taught) -> Mapping[str, Signs]:
    """By criterion, for each clause 1, -1 or 0; half met says nothing of any clause."""
    assert one.heard.parts is not None
    count, out = len(one.heard.parts), {}
    for at, criterion in enumerate(one.settled.question.criteria):
        level = one.settled.gold.verdicts.get(criterion.id)
        signs = np.zeros(count, np.int8)
        if level == "unmet":
            signs[:] = -1
        elif level == "met":
            beside = one.heard.beside[at]
            carried = carried_by(one.heard.text, one.heard.found[at], beside.nearness.along)
            signs[_places(one.heard.text, carried, count)] = 1
        out[criterion.id] = signs
    return out


def _places(text: str, carried: Evidence | None, count: int) -> list[int]:
    """The clauses in which the evidence lies; all where there is none."""
    if carried is None:
        return list(range(count))
    within = enumerate(parts_of(text)[:count])
    return [at for at, p in within if p.start < carried.end and p.end > carried.start]


def _gaps(one: Taught) -> Mapping[str, float]:
    """By criterion how far people went above the grader's expected credit, in [-1, 1]."""
    out = {}
    for criterion, (yes, half) in zip(
        one.settled.question.criteria, one.heard.chances, strict=False
    ):
        if level := one.settled.gold.verdicts.get(criterion.id):
            out[criterion.id] = LEVEL_CREDIT[level] - (yes + 0.5 * half)
    return out
