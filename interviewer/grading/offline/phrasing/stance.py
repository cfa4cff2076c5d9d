"""How what was said stands to a claim whose words it uses: in what frame, and with what changed.

The sentence that shares most words with the claim, or with what it accepts, is aligned with it
(longest common blocks, Ratcliff & Obershelp 1988). What is left over is the frame: n-grams of it
weigh for or against its being meant (a logistic regression over bags of n-grams, Wang & Manning
2012). What was put in place of the claim's own words tells of opposites, other numbers and names
in each other's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from interviewer.answer_text.normalize import STOP, stem
from interviewer.common.base import Value

_TOKEN = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[?!.,:;\"“”]")
_END = re.compile(r"(?<=[.!?;…])(?<!\be\.g\.)(?<!\bi\.e\.)\s+|\n+")
_LIGHT = STOP | {"not", "no"}
CLAIM, OTHER = "§", "~"
"""Stand for a stretch of the claim, and for words that are of no frame."""
NEIGHBOUR = 14
"""Tokens; a longer sentence beside the one that carries the claim is not about it."""
MOST = 200
"""Sentences that are looked through."""
LONGEST = 120
"""Tokens of a sentence that are aligned."""


@dataclass(frozen=True)
class Stance:
    """against: the log-odds that the claim is not meant as said, from the frame alone. opposed,
    renumbered, crossed: how many words stand where the claim has their opposite, how many numbers
    where it has another, and how many of its words stand elsewhere. broken: of the words shared with
    the claim the share that stands in another order, in [0, 1]."""

    against: float = 0.0
    opposed: float = 0.0
    renumbered: float = 0.0
    crossed: float = 0.0
    broken: float = 0.0


NEUTRAL = Stance()


@dataclass(frozen=True)
class Sentence:
    """A sentence as tokens: as written in lower case, and as stems."""

    written: tuple[str, ...]

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """One per token."""
        return tuple(stem(w) for w in self.written)

    @cached_property
    def weighty(self) -> frozenset[str]:
        """The stems that carry meaning."""
        return frozenset(
            s
            for w, s in zip(self.written, self.stems, strict=True)
            if w[0].isalnum() and w not in _LIGHT
        )


def sentence_of(text: str) -> Sentence:
    """The whole text as one sentence."""
    plain = text.replace("’", "'").lower()
    return Sentence(tuple(m[0] for m in _TOKEN.finditer(plain))[:LONGEST])


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text, with the marks that end them."""
    found = (sentence_of(part) for part in _END.split(text) if part.strip())
    return [s for s, _ in zip((s for s in found if s.written), range(MOST), strict=False)]


@dataclass(frozen=True)
class Aligned:
    """A sentence beside a claim. left: its tokens, with stretches of the claim as one sign."""

    left: tuple[str, ...]
    opposed: int = 0
    renumbered: int = 0
    crossed: int = 0
    broken: float = 0.0


class StanceModel(Value):
    """known: the words of frames. grams: what each n-gram weighs, n up to 3, tokens joined by a
    blank. opposites: per word those that it must not be exchanged for."""

    offset: float
    known: frozenset[str]
    grams: Mapping[str, float]
    opposites: Mapping[str, frozenset[str]]

    def stance(self, said: Sequence[Sentence], claim: Iterable[Sentence]) -> Stance:
        """How a text stands to a claim. said: its sentences. claim: the claim's statement, and what
        says the same; neutral where they share no word that carries meaning."""
        place = nearest(said, claim)
        if place is None:
            return NEUTRAL
        at, words = place
        beside = self.aligned(said[at], words)
        grams = set(ngrams(self.frame(said, at, words, beside)))
        total = self.offset + sum(self.grams.get(g, 0.0) for g in grams)
        return Stance(
            max(-5.0, min(5.0, total)), float(min(3, beside.opposed)),
            float(min(3, beside.renumbered)), float(min(3, beside.crossed)), beside.broken,
        )  # fmt: skip

    def frame(
        self, said: Sequence[Sentence], at: int, claim: Sentence, beside: Aligned
    ) -> list[str]:
        """The tokens of the frame: of that sentence, which stands beside the claim, of a short one
        before it and of short ones after it."""
        out: list[str] = []
        if at and len(said[at - 1].written) <= NEIGHBOUR:
            out += self.aligned(said[at - 1], claim).left
        out += ["^", *beside.left, "$"]
        for after in said[at + 1 : at + 3]:
            if len(after.written) > NEIGHBOUR:
                break
            out += [*self.aligned(after, claim).left, "|"]
        return out

    def aligned(self, said: Sentence, claim: Sentence) -> Aligned:
        """The sentence beside the claim."""
        matcher = SequenceMatcher(None, claim.stems, said.stems, autojunk=False)
        left: list[str] = []
        opposed = renumbered = 0
        kept_in_order: set[str] = set()
        gone: list[str] = []
        come: list[str] = []
        for what, a, b, c, d in matcher.get_opcodes():
            if what == "equal":
                kept_in_order.update(claim.stems[a:b])
            theirs, mine = claim.written[a:b], said.written[c:d]
            if what == "equal" and not set(mine) <= _LIGHT | set('.,:;?!"“”'):
                left += [CLAIM] if left[-1:] != [CLAIM] else []
                continue
            if what == "replace" and len(theirs) <= 6 and len(mine) <= 6:
                opposed += sum(self._opposed(w, theirs) for w in mine)
                renumbered += any(w[0].isdigit() for w in mine) and any(
                    w[0].isdigit() for w in theirs
                )
            if what != "equal":
                gone += claim.stems[a:b]
                come += said.stems[c:d]
            for word in mine:
                kept = word if word in self.known or not word[0].isalnum() else OTHER
                left += [kept] if kept != OTHER or left[-1:] != [OTHER] else []
        moved = (set(gone) & set(come)) & said.weighty
        shared = claim.weighty & said.weighty
        broken = len(shared - kept_in_order) / len(shared) if shared else 0.0
        return Aligned(tuple(left), opposed, int(renumbered), len(moved), broken)

    def _opposed(self, word: str, theirs: Sequence[str]) -> bool:
        return not self.opposites.get(word, frozenset()).isdisjoint(theirs)


def ngrams(tokens: Sequence[str]) -> Iterable[str]:
    """All runs of one to three tokens."""
    for size in (1, 2, 3):
        for at in range(len(tokens) - size + 1):
            yield " ".join(tokens[at : at + size])


def nearest(said: Sequence[Sentence], claim: Iterable[Sentence]) -> tuple[int, Sentence] | None:
    """Which sentence comes nearest to which wording of the claim, by shared stems (Dice 1945)."""
    best, place = 0.0, None
    for words in claim:
        theirs = words.weighty
        for at, one in enumerate(said):
            shared = len(theirs & one.weighty)
            if shared and (near := 2 * shared / (len(theirs) + len(one.weighty))) > best:
                best, place = near, (at, words)
    return place
