"""Answers that are nearly the same words, found without comparing each with each.

Every answer is cut into runs of three words (shingles; Broder 1997). Answers that share one of the few
runs whose digests are smallest are compared, with at most so many others; so the time grows with
the number of answers and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from interviewer.answer_text.normalize import words

RUN = 3
"""Words of a run."""
SHORTEST = 8
"""Words below which answers are alike by chance."""
SKETCH = 12
"""Runs by which an answer is looked up."""
OTHERS = 2
"""Answers of one run that a further one is compared with."""
MOST_COMPARED = 16
"""Answers that one is compared with in all."""
ALIKE = 0.8
"""Jaccard similarity from which answers are nearly the same."""

_Runs = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class AlikeTexts:
    """The places of texts that are nearly the same, in order, and the least similarity to the first."""

    places: tuple[int, ...]
    likeness: float


def alike_texts(texts: Sequence[tuple[int, str]]) -> list[AlikeTexts]:
    """Groups of texts to the same question that are nearly the same words, the largest first.

    A text belongs to the first group whose first text it is alike to.
    """
    first: dict[tuple[int, bytes], tuple[int, float]] = {}
    groups: dict[int, list[tuple[int, float]]] = {}
    held: dict[int, _Runs] = {}
    by_run: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, (question, text) in enumerate(texts):
        said = words(text)
        if len(said) < SHORTEST:
            continue
        runs = _runs(said)
        key = question, runs.tobytes()
        if key not in first:
            sketch = [(question, int(run)) for run in runs[:SKETCH]]
            like, near = _nearest(runs, _met(sketch, by_run), held)
            if near < ALIKE:
                like, near = place, 1.0
                held[place], groups[place] = runs, []
                for run in sketch:
                    if len(by_run[run]) < OTHERS:
                        by_run[run].append(place)
            first[key] = like, near
        like, near = first[key]
        groups[like].append((place, near))
    found = [
        AlikeTexts(tuple(place for place, _ in group), min(near for _, near in group))
        for group in groups.values()
        if len(group) > 1
    ]
    return sorted(found, key=lambda group: (-len(group.places), group.places))


def _met(
    sketch: Sequence[tuple[int, int]], by_run: dict[tuple[int, int], list[int]]
) -> Iterator[int]:
    """The first texts of groups that share a run with it, each once."""
    seen: set[int] = set()
    for run in sketch:
        for place in by_run.get(run, ()):
            if place not in seen:
                seen.add(place)
                yield place
                if len(seen) == MOST_COMPARED:
                    return


def _nearest(runs: _Runs, others: Iterator[int], held: dict[int, _Runs]) -> tuple[int, float]:
    best = (-1, 0.0)
    for place in others:
        other = held[place]
        shared = len(np.intersect1d(runs, other, assume_unique=True))
        near = shared / (len(runs) + len(other) - shared)
        if near > best[1]:
            best = place, near
    return best


def _runs(said: Sequence[str]) -> _Runs:
    """The digests of its runs, each once, the smallest first."""
    ends = range(RUN, len(said) + 1)
    digests = {crc32(" ".join(said[end - RUN : end]).encode("utf-8", "replace")) for end in ends}
    return np.asarray(sorted(digests), dtype=np.uint32)
