"""The texts of a question, when two texts are the same, and how near an answer comes to exemplars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from interviewer.answer_text.normalize import canonical, content, words
from interviewer.bank.questions import Claim, Question
from interviewer.grading.claims import claims_of
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.phrasing.roles import Roles, roles_of
from interviewer.grading.offline.phrasing.stance import Sentence, sentence_of

Embed = Callable[[Sequence[str]], Matrix]


def texts_of(question: Question) -> list[str]:
    """Its prompt, its references and the statements of its claims."""
    return [question.prompt, *question.references, *(c.statement for c in claims_of(question))]


def exemplars_of(question: Question) -> list[str]:
    """What its claims accept and reject."""
    return [text for c in claims_of(question) for text in (*c.accepts, *c.rejects)]


def wording(text: str) -> str:
    """The words of a text in canonical form, by which texts are the same."""
    return " ".join(words(canonical(text)))


@dataclass(frozen=True)
class Nearness:
    """How near any part of an answer comes to what a claim accepts, its statement included, and to what
    it rejects; 0 where it rejects nothing.

    near_accept, near_reject: the greatest cosine of embeddings, in [-1, 1]. shared_accept,
    shared_reject: the greatest share of `grams` in common (Dice 1945), in [0, 1]. along: per part its
    cosine to the nearest of what the claim accepts.
    """

    near_accept: float = 0.0
    near_reject: float = 0.0
    shared_accept: float = 0.0
    shared_reject: float = 0.0
    along: tuple[float, ...] = ()


NOWHERE = Nearness()


@dataclass(frozen=True)
class Exemplars:
    """Both sides of a claim, embedded and cut into grams when first asked for."""

    claim: Claim
    embed: Embed

    def nearness(self, parts: Matrix, held: Sequence[frozenset[str]]) -> Nearness:
        """parts: the embeddings of the parts of an answer, shape (parts, dimension). held: their grams."""
        _, rejected = self._vectors
        along = self.along(parts)
        shared = (
            max((_dice(h, g) for h in held for g in side), default=0.0) for side in self._grams
        )
        return Nearness(
            near_accept=max(along),
            near_reject=float((rejected @ parts.T).max()) if len(rejected) else 0.0,
            shared_accept=next(shared),
            shared_reject=next(shared),
            along=along,
        )

    def along(self, parts: Matrix) -> tuple[float, ...]:
        """Per part of an answer its cosine to the nearest of what the claim accepts."""
        accepted, _ = self._vectors
        return tuple((accepted @ parts.T).max(0).tolist())

    @property
    def _sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (self.claim.statement, *self.claim.accepts), self.claim.rejects

    @cached_property
    def wordings(self) -> tuple[frozenset[str], frozenset[str]]:
        """What it accepts and what it rejects, as `wording` gives them."""
        accepted, rejected = (frozenset(map(wording, side)) for side in self._sides)
        return accepted, rejected

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of its statement."""
        return frozenset(content(self.claim.statement))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its statement and what it accepts, each as one sentence."""
        return [sentence_of(text) for text in self._sides[0]]

    @cached_property
    def roles(self) -> list[Roles]:
        """What is on which side in its statement and in what it accepts."""
        return [roles_of(text) for text in self._sides[0]]

    @cached_property
    def _vectors(self) -> list[Matrix]:
        return [self.embed(side) for side in self._sides]

    @cached_property
    def _grams(self) -> list[list[frozenset[str]]]:
        return [[grams(text) for text in side] for side in self._sides]


def grams(text: str) -> frozenset[str]:
    """Stems, neighbouring pairs and pairs one word apart, in order."""
    stems = content(text)
    out = set(stems)
    out.update(f"{a} {b}" for a, b in pairwise(stems))
    out.update(f"{a} _ {b}" for a, b in zip(stems, stems[2:], strict=False))
    return frozenset(out)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
