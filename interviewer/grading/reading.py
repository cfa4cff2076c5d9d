"""An answer made ready for grading: mended, stripped of what earns nothing, cut into spans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from interviewer.core import guards, spans
from interviewer.core.normalize import Spelling
from interviewer.core.spans import Span
from interviewer.grading.exemplars import Embed
from interviewer.ports import Matrix


@dataclass(frozen=True)
class Reading:
    """One answer as a grader reads it.

    text: the answer with everything that speaks to the grader blanked out; offsets are those of the
    answer itself. spans: the stretches that can carry a claim, the whole text first.
    """

    answer: str
    asked: str
    text: str
    spans: tuple[Span, ...]
    vectors: Matrix
    addressed: tuple[Span, ...]
    echo: bool
    term_list: bool

    @property
    def empty(self) -> bool:
        """Whether nothing is left that could earn anything."""
        return not self.spans or self.echo or self.term_list

    @cached_property
    def fresh(self) -> float:
        """The share of its content words that the question does not hold."""
        return guards.fresh_share(self.text, self.asked)


def read(answer: str, asked: str, embed: Embed, spelling: Spelling) -> Reading:
    """Prepare an answer; at most `spans.MAX_SPANS` texts are embedded."""
    addressed = tuple(guards.addressed_to_grader(answer))
    text = guards.without(answer, addressed)
    found = tuple(spans.candidates(text))
    return Reading(
        answer=answer,
        asked=asked,
        text=text,
        spans=found,
        vectors=embed([spelling.mend(s.text) for s in found]),
        addressed=addressed,
        echo=bool(found) and guards.is_echo(text, asked),
        term_list=bool(found) and guards.is_term_list(text),
    )
