"""An answer made ready for grading: mended, stripped of what earns nothing, cut into spans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from interviewer.answer_text import guards
from interviewer.answer_text.normalize import Spelling, canonical, content
from interviewer.answer_text.spans import Span, candidates, passages, sentences
from interviewer.bank.questions import Question
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.exemplars import Embed, exemplars_of, grams, texts_of


@dataclass(frozen=True)
class Reading:
    """One answer as a grader reads it.

    text: the answer with everything that can earn nothing blanked out (words to the grader, the
    question handed back, bare lists of terms), so that adding such text changes no grade. Offsets
    are those of the answer itself. mended: the same with split terms put back, for reading only.
    spans: the stretches that can carry a claim, the whole text first.
    """

    answer: str
    asked: str
    text: str
    mended: str
    spans: tuple[Span, ...]
    mended_spans: list[str]
    addressed: tuple[Span, ...]
    embed: Embed

    @property
    def empty(self) -> bool:
        """Whether nothing is left that could earn anything."""
        return not self.spans or not self.mended

    @cached_property
    def whole_vector(self) -> Matrix:
        """The embedding of the whole text, shape (dimension,)."""
        vector: Matrix = self.embed(self.mended_spans[:1])[0]
        return vector

    @cached_property
    def vectors(self) -> Matrix:
        """The embeddings of the spans, shape (spans, dimension)."""
        return np.concatenate([self.whole_vector[None], self.embed(self.mended_spans[1:])])

    @cached_property
    def span_grams(self) -> list[frozenset[str]]:
        """The grams of each span."""
        return [grams(span.text) for span in self.spans]

    @cached_property
    def passages(self) -> list[str]:
        """The mended text in pieces that fit a model's window."""
        return passages(self.mended)

    @cached_property
    def fresh(self) -> float:
        """The share of its content words that the question does not hold."""
        return guards.fresh_share(self.text, self.asked)


def read(request: GradeRequest, embed: Embed, spelling: Spelling) -> Reading:
    """Prepare an answer. Nothing is embedded before it is asked for."""
    answer, asked = request.answer, request.asked
    text, addressed = cleared(request)
    found = tuple(candidates(text))
    mended_spans = [spelling.mend(s.text) for s in found]
    return Reading(
        answer=answer,
        asked=asked,
        text=text,
        mended=spelling.mend(text),
        spans=found,
        mended_spans=mended_spans,
        addressed=addressed,
        embed=embed,
    )


def cleared(request: GradeRequest) -> tuple[str, tuple[Span, ...]]:
    """The answer with everything that can earn nothing blanked out, offsets kept, and the sentences
    among that which speak to whoever grades.
    """
    addressed = tuple(guards.addressed_to_grader(request.answer))
    text = guards.without(request.answer, addressed)
    if addressed:
        scraps = guards.scraps(request.answer, addressed, _subject(request.question))
        text = guards.without(text, scraps)
    text = guards.without(text, guards.handed_back(text, request.asked))
    if request.question.kind != "list":
        text = guards.without(text, guards.strung_terms(text))
    barren = [s for s in sentences(text) if _earns_nothing(canonical(s.text), request)]
    text = guards.without(text, barren)
    return guards.without(text, guards.said_again(text)), addressed


def _subject(question: Question) -> set[str]:
    """The stems of every text of the question."""
    return {
        stem for text in (*texts_of(question), *exemplars_of(question)) for stem in content(text)
    }


def _earns_nothing(sentence: str, request: GradeRequest) -> bool:
    """Padding, the question handed back, or a bare list of terms where none was asked for."""
    if not sentence or guards.is_echo(sentence, request.asked):
        return True
    return request.question.kind != "list" and guards.is_term_list(sentence)
