"""The texts of a question, and when two texts are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interviewer.answer_text.normalize import canonical, words
from interviewer.bank.questions import Question
from interviewer.grading.claims import claims_of
from interviewer.grading.offline.encoders import Matrix

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
