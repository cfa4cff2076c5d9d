"""The ports to the models that run inside the program."""

from __future__ import annotations

from collections.abc import Sequence
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


class PairScorer(Protocol):
    """Pairs of texts to numbers, as a cross-encoder does."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def parts(self, statement: str) -> Sequence[str]:
        """The statement, in pieces if it would leave a text beside it too little room."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Shape (len(pairs), outputs)."""
        ...


class ClaimReader(Protocol):
    """An encoder fitted to known claims, with one head per claim."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def column(self, prompt: str, statement: str) -> int | None:
        """The head of the claim with that statement to that prompt; None if it was never fitted."""
        ...

    def read(self, texts: Sequence[str]) -> Matrix:
        """Logits that each text asserts each claim, shape (len(texts), heads)."""
        ...
