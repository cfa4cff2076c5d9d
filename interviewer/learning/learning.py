"""Whether what settled answers teach helps, by cross-validation, and the layer that comes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.agreement import agreement, bootstrap
from interviewer.agreement.gold_answers import Checked
from interviewer.agreement.gradings import grader_row, views
from interviewer.bank.questions import Bank
from interviewer.check.measures import MEASURES
from interviewer.grading.grades import AnswerGrade
from interviewer.grading.offline import layer
from interviewer.grading.offline.heard import Chance, Heard
from interviewer.grading.offline.layer import Gain, Layer
from interviewer.learning import lessons
from interviewer.learning.learn_report import NAMES
from interviewer.learning.lessons import LayerWeights, Lesson, Taught

FOLDS = 10
LEAST_ANSWERS = 10
LEAST_QUESTIONS = 3
DECIDE = ("kappa", "accuracy")

Conclude = Callable[[Heard, Sequence[Chance]], AnswerGrade]
"""The grade that an answer and chances of its claims come to."""


@dataclass(frozen=True)
class Learned:
    """layer: what was learned; None where there was too little. why: why it is not to be used, "" where
    it is."""

    layer: Layer | None
    gains: Mapping[str, Gain]
    why: str


def learn(
    bank: Bank, answers: Sequence[Taught], conclude: Conclude, *, weights: str, embedder: str
) -> Learned:
    """The layer for that bank. weights, embedder: the digest and the name that it is tied to."""
    taught = lessons.lessons(answers)
    questions = len({lesson.question for lesson in taught})
    if len(taught) < LEAST_ANSWERS or questions < LEAST_QUESTIONS:
        least = f"{LEAST_ANSWERS} settled answers to {LEAST_QUESTIONS} questions"
        return Learned(None, {}, f"it takes {least} at least")
    found = gains(taught, cross_validated(taught, conclude), conclude)
    learned = lessons.weights_of(taught)
    made = Layer(
        bank=bank.id,
        criteria=layer.criteria_digest(bank),
        weights_digest=weights,
        embedder=embedder,
        answers=len(taught),
        questions=questions,
        criterion=learned.criterion,
        misconception=learned.misconception,
        memory=lessons.memory(answers),
        gains=dict(found),
    )
    return Learned(made, found, why_not(found))


def why_not(found: Mapping[str, Gain]) -> str:
    """Why a layer with those gains is not to be used; "" where it is: of the kappa per criterion and the
    share of answers that pass or fail rightly one is higher beyond doubt, and neither is lower."""
    both = [found[name] for name in DECIDE]
    if not any(gain.interval is not None and gain.interval[0] > 0.0 for gain in both):
        return "cross-validation does not show that it helps"
    if any(gain.difference is not None and gain.difference < 0.0 for gain in both):
        return "cross-validation shows that it does harm as well"
    return ""


def cross_validated(taught: Sequence[Lesson], conclude: Conclude) -> list[AnswerGrade]:
    """The grade of each answer by weights that were fitted to the answers to other questions alone."""
    fold = _folds(taught)
    out: list[AnswerGrade | None] = [None] * len(taught)
    for number in sorted(set(fold)):
        weights = lessons.weights_of(
            [one for one, at in zip(taught, fold, strict=True) if at != number]
        )
        for at, lesson in enumerate(taught):
            if fold[at] == number:
                out[at] = by_weights(lesson, weights, conclude)
    return [grade for grade in out if grade is not None]


def by_weights(lesson: Lesson, weights: LayerWeights, conclude: Conclude) -> AnswerGrade:
    """The grade of an answer with its chances moved."""
    chances = lesson.taught.heard.chances
    moved = layer.all_moved(chances, lesson.values, weights.criterion, weights.misconception)
    return conclude(lesson.taught.heard, moved)


def gains(
    taught: Sequence[Lesson], after: Sequence[AnswerGrade], conclude: Conclude
) -> dict[str, Gain]:
    """What the metrics are without and with the layer, on the same answers."""
    before = [conclude(one.taught.heard, one.taught.heard.chances) for one in taught]
    a, b = (views([grader_row(item) for item in _checked(taught, g)]) for g in (before, after))
    out = {}
    for name in NAMES:
        measure = MEASURES[name]
        left, right = b[measure.view], a[measure.view]
        found = bootstrap.difference(
            measure.metric, left, right, bootstrap.draws(max(1, left.clusters))
        )
        points = [agreement.point(measure.metric, side) for side in (right, left)]
        out[name] = Gain(
            before=points[0], after=points[1], difference=found.value, interval=found.interval
        )
    return out


def _checked(taught: Sequence[Lesson], grades: Sequence[AnswerGrade]) -> list[Checked]:
    return [
        Checked(gold=one.taught.settled.gold, question=one.taught.settled.question, grade=grade)
        for one, grade in zip(taught, grades, strict=True)
    ]


def _folds(taught: Sequence[Lesson]) -> list[int]:
    """By question, of about equal numbers of questions, the same wherever it is done."""
    numbers = sorted(
        {lesson.question for lesson in taught},
        key=lambda number: hashlib.sha256(str(number).encode()).digest(),
    )
    place = {number: at % FOLDS for at, number in enumerate(numbers)}
    return [place[lesson.question] for lesson in taught]


def weights_by_name(made: Layer) -> dict[str, float]:
    """The weights of a criterion's signals."""
    return dict(zip(layer.SIGNALS, made.criterion, strict=True))
