"""A question's claims with the embeddings of their exemplars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from interviewer.answer_text.normalize import Spelling, canonical, content, words
from interviewer.bank.questions import Bank, Claim, Question
from interviewer.grading.claims import claims_of
from interviewer.grading.offline.encoders import Matrix

Embed = Callable[[Sequence[str]], Matrix]


def texts_of(question: Question) -> list[str]:
    """The texts of the question whose embeddings every grader needs, in a fixed order."""
    return [question.prompt, *question.references, *(c.statement for c in claims_of(question))]


def exemplars_of(question: Question) -> list[str]:
    """What its claims accept and reject."""
    return [text for c in claims_of(question) for text in (*c.accepts, *c.rejects)]


@dataclass(frozen=True)
class ClaimSides:
    """Both sides of a claim: its statement with its accepts, and its rejects.

    Exemplars are embedded when first asked for: a claim with a head of its own needs only its
    statement.
    """

    claim: Claim
    statement: Matrix
    embed: Embed

    @property
    def for_texts(self) -> tuple[str, ...]:
        return (self.claim.statement, *self.claim.accepts)

    @cached_property
    def for_(self) -> Matrix:
        """The embeddings of `for_texts`, shape (texts, dimension)."""
        return np.concatenate([self.statement[None], self.embed(self.claim.accepts)])

    @cached_property
    def against(self) -> Matrix:
        """The embeddings of the rejects, shape (rejects, dimension)."""
        return self.embed(self.claim.rejects)

    @cached_property
    def decided(self) -> dict[str, bool]:
        """Whether a text that is word for word an exemplar asserts the claim."""
        said = {wording(text): True for text in self.for_texts}
        return said | {wording(text): False for text in self.claim.rejects}

    @cached_property
    def for_grams(self) -> list[frozenset[str]]:
        return [grams(text) for text in self.for_texts]

    @cached_property
    def against_grams(self) -> list[frozenset[str]]:
        return [grams(text) for text in self.claim.rejects]

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
    sides = tuple(
        ClaimSides(claim, row, embed)
        for claim, row in zip(claims_of(question), rows[at:], strict=True)
    )
    return QuestionIndex(question, rows[:1], rows[1:at], sides)


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
