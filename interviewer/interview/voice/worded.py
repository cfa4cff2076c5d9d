"""What is said, and who found the words; an interview without a language model has only these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.interview.voice.wording import Fault, Gauged

BANK = "bank"


@dataclass(frozen=True)
class Attempt:
    """One reply of a model and what the linter found. seconds: what it took."""

    text: str
    faults: tuple[Fault, ...]
    measured: Gauged
    seconds: float


@dataclass(frozen=True)
class Worded:
    """What to say. by: the model's name, or "bank". attempts: what the model offered, in order."""

    text: str
    by: str = BANK
    attempts: tuple[Attempt, ...] = ()
