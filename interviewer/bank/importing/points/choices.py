"""Where an answer offers a choice: "Split the key. Or cache it." is one point that can be made in two ways."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interviewer.bank.importing.points import splitting

_OR = re.compile(r"^or\b(?!\s+(?:not|so)\b),?\s+(?=\S)", re.IGNORECASE)
_EITHER = re.compile(r"^either\s+", re.IGNORECASE)
_OR_WITHIN = re.compile(r",?\s+or\s+")
_ANY_OF = re.compile(r"\b(?:one|any) of(?:\s+(?:these|the following))?\s*:\s*$", re.IGNORECASE)
_LAST = r"(?:,\s*|\s)or\s+"


class Choice(NamedTuple):
    """Claims by id of which `enough` are enough."""

    enough: int
    of: tuple[str, ...]


def chains(sentences: Sequence[str]) -> list[int | None]:
    """For each sentence the number of the choice that it belongs to: one that begins with "Or" is another
    way to say what the one before it says."""
    out: list[int | None] = [None] * len(sentences)
    count = 0
    for at in range(1, len(sentences)):
        if _OR.match(sentences[at]):
            if out[at - 1] is None:
                out[at - 1], count = count, count + 1
            out[at] = out[at - 1]
    return out


def either(sentence: str) -> list[str]:
    """The ways that "Either it is too cold, or it is too old" offers; none where the sentence offers none."""
    if not _EITHER.match(sentence):
        return []
    found = splitting.parts(_OR_WITHIN, _EITHER.sub("", sentence), 1)
    return found if len(found) > 1 else []


def is_any_of(line: str) -> bool:
    """Whether the line says that one of what it leads to is enough: "Usually one of:"."""
    return _ANY_OF.search(line) is not None


def without_or(sentence: str) -> str:
    """The sentence without the "Or" that it begins with."""
    return _OR.sub("", sentence)


def ends_with_or(text: str, items: Sequence[str]) -> bool:
    """Whether "or" stands before the last of the items that the text was cut into."""
    return re.search(_LAST + re.escape(items[-1]) + r"$", text, re.IGNORECASE) is not None


def chosen(names: Mapping[str, str], chain_of: Mapping[str, int]) -> tuple[Choice, ...]:
    """A choice for each chain of which two claims at least are left. names: ids by statement. chain_of: by
    statement."""
    by_chain: dict[int, list[str]] = {}
    for statement, name in names.items():
        if statement in chain_of:
            by_chain.setdefault(chain_of[statement], []).append(name)
    return tuple(Choice(1, tuple(of)) for of in by_chain.values() if len(of) > 1)


def level(weights: Mapping[str, float], groups: Sequence[Choice]) -> dict[str, float]:
    """The weights by id, those of a group being the same."""
    out = dict(weights)
    for group in groups:
        out.update(dict.fromkeys(group.of, max(weights[name] for name in group.of)))
    return out
