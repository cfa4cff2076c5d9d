"""The words that a question's answer is made of; pure."""

from __future__ import annotations

from functools import lru_cache

from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Question


def told(question: Question, *, accepted: bool = False) -> frozenset[str]:
    """The stems of what its references and claims say. accepted: and of what its criteria accept."""
    texts = (*question.references, *question.statements.values())
    if accepted:
        texts += tuple(words for criterion in question.criteria for words in criterion.accepts)
    return stems(texts)


@lru_cache(maxsize=512)
def stems(texts: tuple[str, ...]) -> frozenset[str]:
    """The stems of all those texts, which are asked for at every turn."""
    return frozenset(stem for text in texts for stem in content(text))
