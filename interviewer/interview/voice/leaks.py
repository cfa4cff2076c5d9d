"""Whether words give a claim away to somebody who does not know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interviewer.answer_text.normalize import content, numbers, words

SHARE = 0.34
"""The share of a statement's fresh words from which it is given away, two words at least."""
EXEMPLAR_SHARE = 0.5
"""The same for an exemplar and three words. Exemplars are many: some always share a word or two."""
COMMON = frozenset({"1", "2"})
"""Numbers that English says without counting: "one of them", "the two"."""
RUN = 4
"""A run of so many words of a statement gives it away, if one of them is fresh."""


def gives_away(
    text: str, statements: Sequence[str], exemplars: Sequence[str], known: Iterable[str]
) -> bool:
    """Whether the text says what the statements say and `known` does not.

    A text that holds a statement word for word always does. Words are fresh where they stand in no
    text of `known`. All fresh words of a statement give it away, a third of them if they are two or
    more, a fresh number, and a run of four of its words with a fresh one among them. Of an exemplar
    it takes half of them and three.
    """
    before = list(known)
    stems = {w for t in before for w in content(t)}
    said, figures = set(content(text)), numbers(text)
    known_figures = {n for t in before for n in numbers(t)}
    for statement in statements:
        if holds(text, statement) or (numbers(statement) - known_figures - COMMON) & figures:
            return True
        if _share(statement, said, stems) >= SHARE or _runs(statement, text, stems):
            return True
    return any(_share(other, said, stems, least=3) >= EXEMPLAR_SHARE for other in exemplars)


def holds(text: str, statement: str) -> bool:
    """Whether the text holds the statement word for word, whatever the case, spacing and marks."""
    inner, outer = words(statement.casefold()), words(text.casefold())
    if not inner:
        return bool(statement.strip()) and statement.strip().casefold() in text.casefold()
    return any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


def fresh_words(statement: str, known: set[str]) -> list[str]:
    """The content stems of a statement that are not known yet, each once."""
    return [w for w in dict.fromkeys(content(statement)) if w not in known | COMMON]


def _share(statement: str, said: set[str], known: set[str], *, least: int = 1) -> float:
    fresh = fresh_words(statement, known)
    given = sum(1 for word in fresh if word in said)
    if not given or given < least or (given == 1 and len(fresh) > 1):
        return 0.0
    return given / len(fresh)


def _runs(statement: str, text: str, known: set[str]) -> bool:
    parts, outer = words(statement), words(text)
    there = {tuple(outer[at : at + RUN]) for at in range(len(outer) - RUN + 1)}
    return any(
        tuple(parts[at : at + RUN]) in there
        and any(w not in known | COMMON for w in content(" ".join(parts[at : at + RUN])))
        for at in range(len(parts) - RUN + 1)
    )
