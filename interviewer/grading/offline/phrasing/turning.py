"""Whether an answer may turn round as a whole what it says of two things."""

from __future__ import annotations

import re

_TURNS = re.compile(
    r"\bmyth\b|\bthe opposite\b|\b(?:the )?other way (?:a)?round\b|\bvice versa\b|\breverse\b|\bmisconception\b"
    r"|\b(?:might|may|would|could|used to|people|some|many|they|often) (?:\w+ )?"
    r"(?:think|thought|say|said|believe|claim)"
    r"|\b(?:false|wrong|untrue|mistaken|confus\w+|mix\w*)\b"
)


def may_turn(answer: str) -> bool:
    """Whether it speaks of the opposite, of an error, or of what others think: who says what is then open."""
    return _TURNS.search(answer.casefold()) is not None
