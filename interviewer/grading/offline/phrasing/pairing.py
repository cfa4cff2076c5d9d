"""Whether an answer gives each of two things what claims give the other: "X has B and Y has A".

A reader that goes by what words stand together hears no difference there. Only what a question that
compares sets against one another is looked at, and only an answer that gives both sides the other's words,
enough of them, and neither its own is taken for exchanged.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from interviewer.answer_text.normalize import content
from interviewer.grading.offline.phrasing.turning import may_turn

Stems = frozenset[str]

_JOINT = re.compile(
    r"[,;.?!()\n]|\s[-–—]+\s"
    r"|\b(?:whereas|while|and|but|or|unlike|vs|versus|compared (?:to|with)|though|then)\b"
)
"""Where one clause ends and the next begins."""
_COMPARES = re.compile(
    r"\b(?:differ\w*|distinguish\w*|distinction|compar\w+|contrast\w*|versus|vs|or|than|unlike|respective\w*"
    r"|between|each|both|two|together|one of|halves|which of|trade-?offs?|instead)\b"
)
_AGAINST = re.compile(r"\b(?:and|or|vs|versus|from|than|against|unlike|compared)\b|[,/&]")
"""What stands between two things that a question sets against one another."""
_NEAR = 6
"""How many words after the first of two such things the second comes at the latest."""
_WORD = re.compile(r"[\w'’-]+")
_NEGATIONS = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|cannot|lacks?|lacking|avoids?|loses?|lost|gives? up|fails?|useless"
    r"|less|except|rather|instead)\b|n['’]t\b"
)
_OF_COMPARING = "difference different differ compare comparison between each both two"
"""Words of a question that are no side of what it compares."""
_MOST_CLAUSES = 200
"""Of a longer answer the rest is not looked at."""
_MANY = 3
"""Words of the two sides together that are not exchanged by chance."""
_PLURAL = re.compile(r"(?<=[^s])s$")
_LETTERS = 7
"""Of a stem so many are compared: "compression" is what "compresses"."""


def exchanged(asked: str, statements: Sequence[str], answer: str) -> frozenset[int]:
    """The statements, by their place, whose two sides an answer exchanges.

    asked: the question, which names the sides.
    """
    if not _COMPARES.search(asked.casefold()) or may_turn(answer):
        return frozenset()
    stated = [(at, clause) for at, text in enumerate(statements) for clause in _clauses(text)]
    said = list(itertools.islice(_clauses(answer), _MOST_CLAUSES))
    named = _together(clause for _, clause in stated) & _together(said) - _stems(_OF_COMPARING)
    of_all = _stems(asked)
    out: set[int] = set()
    for one, other in _set_against(asked, named):
        mine = [(at, clause) for at, clause in stated if one in clause and other not in clause]
        theirs = [(at, clause) for at, clause in stated if other in clause and one not in clause]
        shared = of_all | _together(c for _, c in stated if one in c and other in c)
        has, lacks = _together(c for _, c in mine), _together(c for _, c in theirs)
        has, lacks = has - lacks - shared, lacks - has - shared
        to_one = _together(c for c in said if one in c and other not in c)
        to_other = _together(c for c in said if other in c and one not in c)
        if to_one & has or to_other & lacks:
            continue
        for (at, a), (beside, b) in itertools.product(mine, theirs):
            if _enough((a & has, to_other), (b & lacks, to_one)):
                out |= {at, beside}
    return frozenset(out)


def _clauses(text: str) -> Iterator[Stems]:
    """The stems of each clause of a text that says something of something, and denies nothing."""
    for part in _JOINT.split(text.casefold()):
        stems = _stems(part)
        if len(stems) > 1 and not _NEGATIONS.search(part):
            yield stems


def _enough(*sides: tuple[Stems, Stems]) -> bool:
    """Whether of each side's own words so many are given to the other that it is no chance: three in all,
    or every one of a side."""
    crossed = [own & given for own, given in sides]
    if not all(crossed):
        return False
    whole = any(own == found for (own, _), found in zip(sides, crossed, strict=True))
    return whole or sum(map(len, crossed)) >= _MANY


def _stems(text: str) -> Stems:
    return frozenset(_PLURAL.sub("", stem)[:_LETTERS] for stem in content(text))


def _together(clauses: Iterable[Stems]) -> Stems:
    return frozenset().union(*clauses)


def _set_against(asked: str, named: Stems) -> list[tuple[str, str]]:
    """The pairs of stems that a question sets against one another, of those that are named."""
    line = asked.casefold()
    found = [
        (place, match, stems)
        for place, match in enumerate(_WORD.finditer(line))
        if (stems := _stems(match[0]) & named)
    ]
    pairs = {pair for _, _, stems in found for pair in itertools.permutations(stems, 2)} | {
        (a, b)
        for (place, match, stems), (later, next_match, next_stems) in itertools.combinations(
            found, 2
        )
        if later - place <= _NEAR and _AGAINST.search(line[match.end() : next_match.start()])
        for a, b in itertools.product(stems, next_stems)
        if a != b and not a.isdigit() and not b.isdigit()
    }
    return sorted(pairs)
