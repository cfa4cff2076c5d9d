"""Whether a text is said in sentences, or its words stand in no order; and which sentences are apart.

Words of the field in any order would otherwise earn what a sentence of them earns. Which kinds of
word follow one another tells: a logistic regression over bags of n-grams (Wang & Manning 2012) of the
text in which a word that is not common stands by its ending, a rough sign of its part of speech.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import Span, sentences
from interviewer.common.base import Value
from interviewer.grading.offline.phrasing.stance import OTHER, ngrams, sentence_of

FEW = 6
"""Words of which fewer have no order to speak of."""
NUMBER = "#"
ENDINGS = (
    "isation", "ization", "ation", "tion", "sion", "ment", "ness", "ence", "ance", "less", "able", "ible",
    "ing", "ity", "ive", "ous", "ful", "est", "ed", "ly", "al", "ic", "er", "or", "es", "s",
)  # fmt: skip
"""Of English words, the longest first. One counts where three letters or more stand before it."""
_OF_WHAT_WAS_SAID = re.compile(
    r"^\W*(?:please |just |so |now |no,? )*(?!(?:i|you|we|they|he|she|it|one|some|every\w*|any\w*|no\w*|the|an?)\b)"
    r"\w+ (?:all|everything|that|this|it|those|these|the above|the whole)\b(?:\W+\w+){0,6}\W*$",
    re.IGNORECASE,
)
"""A short order about what was said, in whatever words: "Scrap that entire explanation"."""
NOVEL = 2
"""Words of a sentence that are neither of the subject nor of any frame."""


class SenseModel(Value):
    """common: the words that are kept. grams: what each n-gram weighs, n up to 3."""

    offset: float
    common: frozenset[str]
    grams: Mapping[str, float]

    def senseless(self, text: str) -> float:
        """The log-odds that the words stand in no order, in [-5, 5]; 0 for a few words."""
        found = self.skeleton(text)
        if len(found) < FEW:
            return 0.0
        total = self.offset + sum(self.grams.get(g, 0.0) for g in set(ngrams(found)))
        return max(-5.0, min(5.0, total))

    def skeleton(self, text: str) -> list[str]:
        """Its words, with a sign for each that is not common; marks are left out, since speech has
        none."""
        words = (w for w in sentence_of(text).written if w[0].isalnum())
        return [w if w in self.common else _sign(w) for w in words]


def _sign(word: str) -> str:
    if not word.isalpha():
        return NUMBER if any(letter.isdigit() for letter in word) else OTHER
    ending = next((e for e in ENDINGS if len(word) > len(e) + 2 and word.endswith(e)), "")
    return OTHER + ending


def apart(text: str, subject: Set[str], small: Set[str]) -> list[Span]:
    """The sentences of a longer text that have nothing to do with the subject.

    subject: stems, as `content` gives them. small: words that say nothing of it by themselves, and of
    which a sentence may yet turn another round.
    """
    parts = sentences(text)
    found = [part for part in parts if _is_apart(part.text, subject, small)]
    return found if len(found) < len(parts) else []


def _is_apart(text: str, subject: Set[str], small: Set[str]) -> bool:
    if _OF_WHAT_WAS_SAID.match(text):
        return False
    novel = {w for w in sentence_of(text).written if w.isalpha() and w not in small}
    return len(novel) >= NOVEL and subject.isdisjoint(content(text))
