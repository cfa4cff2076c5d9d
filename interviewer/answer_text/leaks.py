"""Whether words give a claim away to somebody who does not know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from interviewer.answer_text.normalize import content, numbers, words

SHARE = 0.34
"""The share of a statement's fresh words from which it is given away, two words at least."""
EXEMPLAR_SHARE = 0.5
"""The same for an exemplar and three words. Exemplars are many: some always share a word or two."""
COMMON = frozenset({"1", "2"})
"""Numbers that English says without counting: "one of them", "the two"."""
RUN = 4
"""A run of so many words of a statement gives it away, if one of them is fresh."""


def given_away(text: str, statement: str, known: Iterable[str]) -> list[str]:
    """The words by which the text gives the statement away, sorted or in their order; none where it does not.

    A text that holds the statement word for word always does. Words are fresh where they stand in no
    text of `known`. All fresh words of a statement give it away, a third of them if they are two or
    more, a fresh number, and a run of four of its words with a fresh one among them.
    """
    return _given(text, statement, _Known.of(known))


def gives_away(
    text: str, statements: Sequence[str], exemplars: Sequence[str], known: Iterable[str]
) -> bool:
    """Whether the text gives one of the statements away, or an exemplar, of which it takes half of the
    fresh words and three."""
    before = _Known.of(known)
    if any(_given(text, statement, before) for statement in statements):
        return True
    said = set(content(text))
    return any(_share(e, said, before.stems, least=3) >= EXEMPLAR_SHARE for e in exemplars)


@dataclass(frozen=True)
class _Known:
    """What was said before: its content stems and its numbers."""

    stems: frozenset[str]
    figures: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Known:
        before = list(texts)
        return cls(
            frozenset(w for t in before for w in content(t)),
            frozenset(n for t in before for n in numbers(t)),
        )


def _given(text: str, statement: str, known: _Known) -> list[str]:
    said = set(content(text))
    if _share(statement, said, known.stems) >= SHARE:
        return sorted(said & set(fresh_words(statement, known.stems)))
    if figures := (numbers(statement) - known.figures - COMMON) & numbers(text):
        return sorted(figures)
    if run := _run(statement, text, known.stems):
        return run
    return words(statement) or [statement] if holds(text, statement) else []


def holds(text: str, statement: str) -> bool:
    """Whether the text holds the statement word for word, whatever the case, spacing and marks."""
    inner, outer = words(statement.casefold()), words(text.casefold())
    if not inner:
        return bool(statement.strip()) and statement.strip().casefold() in text.casefold()
    return any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


def fresh_words(statement: str, known: Set[str]) -> list[str]:
    """The content stems of a statement that are not known yet, each once."""
    return [w for w in dict.fromkeys(content(statement)) if w not in known and w not in COMMON]


def _share(statement: str, said: set[str], known: Set[str], *, least: int = 1) -> float:
    fresh = fresh_words(statement, known)
    given = sum(1 for word in fresh if word in said)
    if not given or given < least or (given == 1 and len(fresh) > 1):
        return 0.0
    return given / len(fresh)


def _run(statement: str, text: str, known: Set[str]) -> list[str]:
    """The first run of the statement's words that the text holds, a fresh one among them."""
    parts, outer = words(statement), words(text)
    there = {tuple(outer[at : at + RUN]) for at in range(len(outer) - RUN + 1)}
    runs = (parts[at : at + RUN] for at in range(len(parts) - RUN + 1))
    return next((r for r in runs if tuple(r) in there and fresh_words(" ".join(r), known)), [])
