"""Wrong answers in groups by the words that they share and answers that pass do not.

Greedily: the word, or pair of neighbouring words, that tells most wrong answers from those that pass
makes a group of the wrong answers that have it; then the same again with the rest. Nothing is drawn at
random, so the same answers give the same groups.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewer.answer_text.normalize import STOP, stem, words

LEAST = 3
"""Answers of a group."""
MOST_GROUPS = 4
LIFT = 2.0
"""By how much likelier a word is in wrong answers than in those that pass."""
SHARED = 0.6
"""Share of a group that has each of its words."""
MOST_WORDS = 6


@dataclass(frozen=True)
class SharedWords:
    """The places of wrong answers, in order, and the words that they share, the commonest first."""

    places: tuple[int, ...]
    words: tuple[str, ...]


def wrong_groups(wrong: Sequence[str], right: Sequence[str], prompt: str) -> list[SharedWords]:
    """Groups of the wrong answers to a question, in the order in which they are found.

    right: answers that pass. prompt: the question, whose own words tell nothing.
    """
    asked = set(_stems(prompt))
    said = [_terms(text, asked) for text in wrong]
    of_right = Counter(term for text in right for term in _terms(text, asked))
    left = [place for place, terms in enumerate(said) if terms]
    found: list[SharedWords] = []
    while len(found) < MOST_GROUPS and len(left) >= LEAST:
        counts = Counter(term for place in left for term in said[place])
        telling = _most_telling(counts, len(left), of_right, len(right))
        if telling is None:
            break
        group = tuple(place for place in left if telling in said[place])
        shared = _shared([said[p] for p in group], of_right, len(right))
        told = shared or telling.split()
        found.append(SharedWords(group, _spelt(told, (wrong[p] for p in group))))
        left = [place for place in left if telling not in said[place]]
    return found


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP]


def _terms(text: str, without: set[str]) -> frozenset[str]:
    """Its stems and pairs of neighbouring stems, those of the question left out."""
    stems = [one for one in _stems(text) if one not in without]
    return frozenset((*stems, *(f"{a} {b}" for a, b in pairwise(stems))))


def _lift(count: int, of: int, other: int, of_other: int) -> float:
    """How much likelier a term is here than there; half an answer more on each side keeps it finite."""
    return ((count + 0.5) / (of + 1.0)) / ((other + 0.5) / (of_other + 1.0))


def _most_telling(counts: Counter[str], of: int, other: Counter[str], of_other: int) -> str | None:
    best: tuple[float, str] | None = None
    for term, count in counts.items():
        if count < LEAST:
            continue
        lift = _lift(count, of, other[term], of_other)
        told = count * math.log(lift) if lift >= LIFT else 0.0
        # Without answers that pass every word tells the same: the commonest then does.
        if of_other == 0:
            told = float(count)
        if told > 0 and (best is None or (-told, term) < best):
            best = (-told, term)
    return None if best is None else best[1]


def _shared(group: Sequence[frozenset[str]], other: Counter[str], of_other: int) -> list[str]:
    counts = Counter(term for terms in group for term in terms if " " not in term)
    held = [
        (-count, term)
        for term, count in counts.items()
        if count >= SHARED * len(group)
        and (of_other == 0 or _lift(count, len(group), other[term], of_other) >= LIFT)
    ]
    return [term for _, term in sorted(held)[:MOST_WORDS]]


def _spelt(stems: Sequence[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The stems as they are spelt most often."""
    spellings: dict[str, Counter[str]] = {one: Counter() for one in stems}
    for text in texts:
        for word in words(text):
            if (known := spellings.get(stem(word))) is not None:
                known[word] += 1
    return tuple(
        min(known, key=lambda word: (-known[word], word)) if known else one
        for one, known in spellings.items()
    )
