"""A question's claims with the embeddings of their exemplars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from interviewer.core.normalize import Spelling, canonical, content, words
from interviewer.domain.bank import Bank, Claim, Question
from interviewer.ports import Matrix

Embed = Callable[[Sequence[str]], Matrix]


def claims_of(question: Question) -> tuple[Claim, ...]:
    """Its criteria, then its misconceptions."""
    return (*question.criteria, *question.misconceptions)


def texts_of(question: Question) -> list[str]:
    """Every text of the question whose embedding a grader needs, in a fixed order."""
    out = [question.prompt, *question.references]
    for claim in claims_of(question):
        out += [claim.statement, *claim.accepts, *claim.rejects]
    return out


@dataclass(frozen=True)
class ClaimSides:
    """Both sides of a claim. for_: the statement, then its accepts; against: its rejects."""

    claim: Claim
    for_texts: tuple[str, ...]
    against_texts: tuple[str, ...]
    for_: Matrix
    against: Matrix

    @cached_property
    def decided(self) -> dict[str, bool]:
        """Whether a text that is word for word an exemplar asserts the claim."""
        said = {wording(text): True for text in self.for_texts}
        return said | {wording(text): False for text in self.against_texts}

    @cached_property
    def for_grams(self) -> list[frozenset[str]]:
        return [grams(text) for text in self.for_texts]

    @cached_property
    def against_grams(self) -> list[frozenset[str]]:
        return [grams(text) for text in self.against_texts]

    @cached_property
    def telling(self) -> dict[str, float]:
        """Log odds of each gram between the two sides, smoothed by one."""
        counts: dict[str, list[int]] = {}
        for side, group in enumerate((self.for_grams, self.against_grams)):
            for held in group:
                for gram in held:
                    counts.setdefault(gram, [0, 0])[side] += 1
        n, m = len(self.for_grams) + 2, len(self.against_grams) + 2
        return {
            gram: float(np.log((a + 1) / n) - np.log((b + 1) / m))
            for gram, (a, b) in counts.items()
            if a + b >= 2
        }


@dataclass(frozen=True)
class QuestionIndex:
    """What a grader keeps of one question."""

    question: Question
    prompt: Matrix
    references: Matrix
    sides: tuple[ClaimSides, ...]

    @cached_property
    def reference_wordings(self) -> frozenset[str]:
        """The references, as `wording` gives them."""
        return frozenset(wording(text) for text in self.question.references)

    @cached_property
    def prompt_words(self) -> frozenset[str]:
        return frozenset(content(self.question.prompt))


def index_question(question: Question, embed: Embed) -> QuestionIndex:
    """Embed the question's texts and lay them out by claim."""
    rows = embed(texts_of(question))
    at = 1 + len(question.references)
    sides = []
    for claim in claims_of(question):
        size_for, size_against = 1 + len(claim.accepts), len(claim.rejects)
        sides.append(
            ClaimSides(
                claim,
                (claim.statement, *claim.accepts),
                claim.rejects,
                rows[at : at + size_for],
                rows[at + size_for : at + size_for + size_against],
            )
        )
        at += size_for + size_against
    return QuestionIndex(question, rows[:1], rows[1 : 1 + len(question.references)], tuple(sides))


def wording(text: str) -> str:
    """The words of a text in canonical form, by which texts are the same."""
    return " ".join(words(canonical(text)))


def grams(text: str) -> frozenset[str]:
    """Stems, neighbouring pairs and pairs one word apart, in order."""
    stems = content(text)
    out = set(stems)
    out.update(f"{a} {b}" for a, b in pairwise(stems))
    out.update(f"{a} _ {b}" for a, b in zip(stems, stems[2:], strict=False))
    return frozenset(out)


def spelling_of(bank: Bank) -> Spelling:
    """Mends speech-recognised terms of that bank."""
    texts: list[str] = []
    for question in bank.questions:
        texts += [
            question.prompt,
            *question.references,
            *(c.statement for c in claims_of(question)),
        ]
    return Spelling(texts)
