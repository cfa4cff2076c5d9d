"""Items of a test after classical test theory (Lord and Novick 1968; Crocker and Algina 1986, ch. 14).

Difficulty is the share that passes (the p-value of an item). Discrimination is the point-biserial
correlation of passing an item with the score on the rest of the test; the item itself is left out of
that score, for it would correlate with itself (the corrected item-total correlation, Henrysson 1963).
"""

from __future__ import annotations

from array import array

import numpy as np

from interviewer.common.base import Value
from interviewer.grading.scoring import ANSWERED

ENOUGH = 5
"""Candidates below which no correlation is told."""


class Discrimination(Value):
    """value: the correlation, None where it is not defined; over so many candidates."""

    value: float | None
    candidates: int


class ItemScores:
    """Scores of candidates on questions, kept in a few bytes each. A candidate's first answer to a
    question counts."""

    def __init__(self) -> None:
        self._candidates: dict[str, int] = {}
        self._questions: dict[int, int] = {}
        self._who, self._what, self._score = array("I"), array("I"), array("f")

    @property
    def candidates(self) -> int:
        """How many there are."""
        return len(self._candidates)

    def add(self, candidate: str, question: int, score: float) -> None:
        """One answer of a candidate who is named."""
        self._who.append(self._candidates.setdefault(candidate, len(self._candidates)))
        self._what.append(self._questions.setdefault(question, len(self._questions)))
        self._score.append(score)

    def discriminations(self) -> dict[int, Discrimination]:
        """That of each question."""
        if not self._who:
            return {}
        who, what = np.asarray(self._who), np.asarray(self._what)
        first = np.unique(who.astype(np.int64) * len(self._questions) + what, return_index=True)[1]
        who, what = who[first], what[first]
        score = np.asarray(self._score, dtype=np.float64)[first]
        total = np.bincount(who, weights=score)
        count = np.bincount(who)
        rest_count = count[who] - 1
        rest = np.divide(
            total[who] - score, rest_count, out=np.zeros_like(score), where=rest_count > 0
        )
        # The scores are kept in single precision, so that one half is compared as it was kept.
        passed = score >= np.float32(ANSWERED)
        found = {}
        for question, at in self._questions.items():
            mine = (what == at) & (rest_count > 0)
            value = _correlation(passed[mine].astype(np.float64), rest[mine])
            found[question] = Discrimination(value=value, candidates=int(mine.sum()))
        return found


def _correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """Pearson's; None for too few, or where either is the same throughout."""
    if len(x) < ENOUGH or np.ptp(x) == 0 or np.ptp(y) < 1e-9:
        return None
    return max(-1.0, min(1.0, float(np.corrcoef(x, y)[0, 1])))
