"""What was read of an answer, before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline.deciding import Beside
from interviewer.grading.offline.encoders import ClaimReading, Matrix

Chance = tuple[float, float]
"""The probabilities that a claim is asserted, and half asserted."""


@dataclass(frozen=True)
class Heard:
    """What was read of the answer of a request.

    text: the answer without what is not read, with its notes. parts: the embeddings of its clauses.
    chances: per claim those that it is asserted and half asserted. The lists are empty where nothing
    is left to be read.
    """

    request: GradeRequest
    text: str
    notes: tuple[str, ...]
    parts: Matrix | None = None
    found: Sequence[ClaimReading] = ()
    beside: Sequence[Beside] = ()
    chances: Sequence[Chance] = ()
    similarity: float | None = None
