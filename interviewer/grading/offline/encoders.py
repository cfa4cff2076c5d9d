"""The ports to the models that run inside the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix: TypeAlias = npt.NDArray[np.float32]
else:
    # numpy takes a tenth of a second that the first question need not wait for.
    Matrix = Any


class Embedder(Protocol):
    """Texts to unit vectors."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), dimension), each row of L2 norm 1; an empty text gives some row."""
        ...


@dataclass(frozen=True)
class ClaimReading:
    """What was read of one claim: the probabilities of the four verdicts, which sum to 1.

    words: (start, end, weight) of the answer's tokens, in characters, with how much each carries
    the claim, in [0, 1].
    """

    absent: float
    half: float
    asserted: float
    contradicted: float
    words: tuple[tuple[int, int, float], ...] = ()


def moved(reading: ClaimReading, by: int) -> ClaimReading:
    """The same of a text that begins so many characters later; words before its beginning go."""
    words = tuple((a + by, b + by, weight) for a, b, weight in reading.words if a + by >= 0)
    return replace(reading, words=words)


def mean_of(readings: Sequence[ClaimReading]) -> ClaimReading:
    """The mean of readings of one claim, in probabilities and in the weight of each word."""
    count = len(readings)
    if count == 1:
        return readings[0]
    weights: dict[tuple[int, int], float] = {}
    for start, end, weight in (word for reading in readings for word in reading.words):
        weights[start, end] = weights.get((start, end), 0.0) + weight / count
    return ClaimReading(
        sum(r.absent for r in readings) / count,
        sum(r.half for r in readings) / count,
        sum(r.asserted for r in readings) / count,
        sum(r.contradicted for r in readings) / count,
        words=tuple((start, end, weight) for (start, end), weight in sorted(weights.items())),
    )


class ClaimReader(Protocol):
    """Reads what an answer makes of claims."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def read(
        self, question: str, asked: str, claims: Sequence[str], answer: str
    ) -> list[ClaimReading]:
        """One reading per claim; they are read together.

        asked: what was put just before, "" if that was the question.
        """
        ...


class Heads(Protocol):
    """An encoder with one head for each claim that it was fitted to."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def column(self, prompt: str, statement: str) -> int | None:
        """The head of the claim with that statement to that prompt; None if it was never fitted."""
        ...

    def read(self, texts: Sequence[str]) -> Matrix:
        """Log-odds that each text is about asserting each claim, shape (len(texts), heads)."""
        ...
