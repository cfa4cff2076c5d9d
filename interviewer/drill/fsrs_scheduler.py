"""Forgetting as FSRS 6 models it (the `fsrs` package, with its default parameters).

Without the minutes-long learning steps of flashcards: an oral question comes again the next day at
the earliest. Without random fuzz: the same reviews always give the same state.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.common import dates
from interviewer.drill.spacing import Memory, Review

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

_AGE = 400 * 366
"""Days; FSRS plans at most a hundred years ahead."""

_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
RETENTION = 0.9
"""A criterion is due when the probability of recalling it has fallen to this."""


class FsrsScheduler:
    """Implements `spacing.Scheduler`."""

    @cached_property
    def _scheduler(self) -> Scheduler:
        from fsrs import Scheduler  # noqa: PLC0415 - only drill and plan need it

        return Scheduler(
            desired_retention=RETENTION,
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
        )

    def remember(self, reviews: Sequence[Review]) -> Memory:
        from fsrs import Card, Rating  # noqa: PLC0415

        if not reviews:
            raise ValueError("there is nothing to remember without a review")
        # Moved by whole days, since an interval after the last of all years is an error.
        back = timedelta(days=_AGE if reviews[-1].at > dates.LAST - timedelta(days=_AGE) else 0)
        first = reviews[0].at
        card = Card(card_id=0, due=max(first, _EARLIEST + back) - back)
        for review in reviews:
            at = max(review.at, _EARLIEST + back) - back
            card, _ = self._scheduler.review_card(card, Rating(int(review.rating)), at)
        assert card.stability is not None
        assert card.difficulty is not None
        due = dates.later(card.due, back)
        return Memory(card.stability, card.difficulty, reviews[-1].at, due)

    def recall(self, memory: Memory, at: datetime) -> float:
        return float(self._scheduler.get_card_retrievability(_card(memory), at))


def _card(memory: Memory) -> Card:
    from fsrs import Card, State  # noqa: PLC0415

    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last,
    )
