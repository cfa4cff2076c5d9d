"""What to ask today so that little is forgotten: spaced repetition over criteria.

Every graded attempt at a criterion is one review:

| what came of the criterion | rating |
|---|---|
| not met, with or without help | again |
| met in part, or only after a hint or a probe | hard |
| met cold | good |
| met cold, confidence at least 0.9, in half of the question's fair time or less | easy |

What follows from the reviews is worked out anew from the logs each time and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from statistics import median
from typing import Literal, NamedTuple, Protocol

from interviewer.bank.questions import Bank, Question
from interviewer.history.summaries import (
    CriterionSummary,
    QuestionSummary,
    SessionSummary,
    attempts_of,
)

SURE = 0.9
"""From this confidence on a criterion met quickly was easy."""

QUICK_SHARE = 0.5
"""At most this share of the question's fair time is quick."""

MEASURED = 1.0
"""Shorter times, in seconds, come from a script and measure nothing."""


class Ease(IntEnum):
    """How well something was recalled, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Review(NamedTuple):
    """One recall of one criterion, right or wrong; the moment is in UTC."""

    at: datetime
    rating: Ease


class Memory(NamedTuple):
    """What reviews leave behind: the state of FSRS, and when the next review is due.

    stability: days until recall falls to 0.9. difficulty: 1 to 10. last, due: in UTC.
    """

    stability: float
    difficulty: float
    last: datetime
    due: datetime


Key = tuple[int, str]
"""A question's number and a criterion's id."""


def rate(outcome: CriterionSummary, seconds: float, fair: float) -> Ease | None:
    """The rating of one outcome; None where nothing was graded.

    seconds: what the answer took, of `fair`.
    """
    if outcome.cold is None and outcome.final is None:
        return None
    if outcome.cold == "met":
        quick = MEASURED <= seconds <= QUICK_SHARE * fair
        sure = outcome.confidence is not None and outcome.confidence >= SURE
        return Ease.EASY if quick and sure else Ease.GOOD
    helped = outcome.final in ("met", "partial") or outcome.cold == "partial"
    return Ease.HARD if helped else Ease.AGAIN


def reviews(sessions: Iterable[SessionSummary], bank: Bank) -> dict[Key, tuple[Review, ...]]:
    """The reviews of every criterion of the bank that was ever graded, oldest first."""
    fair = {(q.id, c.id): q.seconds for q in bank.questions for c in q.criteria}
    found: dict[Key, list[Review]] = {}
    for _, attempt in attempts_of(sessions):
        for outcome in attempt.outcomes:
            key = (attempt.question, outcome.criterion)
            if key not in fair:
                continue
            rating = rate(outcome, attempt.seconds, fair[key])
            if rating is not None:
                found.setdefault(key, []).append(Review(attempt.at, rating))
    return {key: tuple(items) for key, items in found.items()}


@dataclass(frozen=True)
class Item:
    """A question with what is known of its criteria.

    state: "due" today or earlier, "later", or "new": never graded. recall: the lowest probability,
    in [0, 1], that one of its criteria (of the due ones, if any is) comes to mind. due: the earliest
    moment. criteria: the ids meant. seconds: what it is expected to take.
    """

    question: Question
    state: Literal["due", "new", "later"]
    recall: float | None
    due: datetime | None
    criteria: tuple[str, ...]
    seconds: float


def agenda(
    bank: Bank,
    memories: Mapping[Key, Memory],
    recall: Mapping[Key, float],
    seconds: Mapping[int, float],
    until: datetime,
) -> tuple[Item, ...]:
    """All questions in the order to drill them.

    What is due by `until` comes first, most likely forgotten first; then what was never asked, in
    the order of the bank; then the rest, soonest first.
    """
    items = [_item(q, memories, recall, seconds[q.id], until) for q in bank.questions]
    place = {"due": 0, "new": 1, "later": 2}

    def order(item: Item) -> tuple[float, float, float, int]:
        moment = item.due.timestamp() if item.due else 0.0
        first = item.recall if item.state == "due" and item.recall is not None else 0.0
        return place[item.state], first, moment, item.question.id if item.state != "new" else 0

    return tuple(sorted(items, key=order))


def _item(
    question: Question,
    memories: Mapping[Key, Memory],
    recall: Mapping[Key, float],
    seconds: float,
    until: datetime,
) -> Item:
    known = {c.id: m for c in question.criteria if (m := memories.get((question.id, c.id)))}
    if not known:
        return Item(question, "new", None, None, tuple(c.id for c in question.criteria), seconds)
    due = tuple(name for name, memory in known.items() if memory.due <= until)
    meant = due or tuple(known)
    return Item(
        question=question,
        state="due" if due else "later",
        recall=min(recall[question.id, name] for name in meant),
        due=min(known[name].due for name in meant),
        criteria=meant,
        seconds=seconds,
    )


def choose(items: Sequence[Item], budget: float, *, due_only: bool = False) -> tuple[Item, ...]:
    """The first of them that fit into `budget` seconds, at least one if there is any.

    Only what is due or new is chosen; with `due_only` only what is due.
    """
    chosen: list[Item] = []
    spent = 0.0
    for item in items:
        if item.state == "later" or (due_only and item.state != "due"):
            continue
        spent += item.seconds
        if chosen and spent > budget:
            break
        chosen.append(item)
    return tuple(chosen)


def expected_seconds(sessions: Iterable[SessionSummary], bank: Bank) -> dict[int, float]:
    """What each question of the bank will take, probes included.

    The median of the times measured for it; else its fair time, times the median ratio of measured
    to fair times of the others; else its fair time.
    """
    measured: dict[int, list[float]] = {}
    for _, attempt in attempts_of(sessions):
        if attempt.question in bank and attempt.spent >= MEASURED:
            measured.setdefault(attempt.question, []).append(attempt.spent)
    typical = {number: median(times) for number, times in measured.items()}
    ratios = [seconds / bank.question(number).seconds for number, seconds in typical.items()]
    ratio = median(ratios) if ratios else 1.0
    return {q.id: typical.get(q.id, ratio * q.seconds) for q in bank.questions}


def question_recall(bank: Bank, recall: Mapping[Key, float]) -> dict[int, float]:
    """By question, the mean recall of its criteria by weight; only where a criterion has one."""
    found = {}
    for question in bank.questions:
        known = [(c.weight, r) for c in question.criteria if (r := recall.get((question.id, c.id)))]
        if known:
            found[question.id] = sum(w * r for w, r in known) / sum(w for w, _ in known)
    return found


def missed(attempts: Mapping[int, Sequence[QuestionSummary]]) -> set[Key]:
    """The criteria that were not met cold when they were graded last.

    attempts: those at each question, oldest first, ungraded ones too.
    """
    last: dict[Key, str] = {}
    for number, made in attempts.items():
        for attempt in made:
            for outcome in attempt.outcomes:
                if outcome.cold is not None:
                    last[number, outcome.criterion] = outcome.cold
    return {key for key, level in last.items() if level != "met"}


class Scheduler(Protocol):
    """A model of forgetting."""

    def remember(self, reviews: Sequence[Review]) -> Memory:
        """What reviews, oldest first, leave behind; ValueError if there are none."""
        ...

    def recall(self, memory: Memory, at: datetime) -> float:
        """The probability of recall at that moment, in [0, 1]; 1 on the day of the last review."""
        ...
