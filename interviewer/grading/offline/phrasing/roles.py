"""Whether an answer puts two things the other way round than a claim: "Y replaces X", "king + man - woman".

A reader that goes by what words stand together hears no difference there. Three forms say in so many
words which thing is on which side, so that they can be held against one another: that one thing is had
in place of another, that something predicts one thing from another, and sums of single words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import sentences
from interviewer.grading.offline.phrasing.turning import may_turn

Sides = tuple[frozenset[str], frozenset[str]]
"""The stems of what is had, and of what it is had in place of."""

_INSTEAD = (
    # what is given up, what is had
    (re.compile(r"\breplac(?:es?|ed|ing)\s+(.{2,80}?)\s+(?:with|by)\s+(.{2,80})"), (2, 1)),
    (re.compile(r"(.{2,80}?)\s+(?:(?:is|are|was|gets?|got)\s+)?replaced\s+(?:by|with)\s+(.{2,80})"), (2, 1)),
    (re.compile(r"\bnot\s+(.{2,60}?),?\s+but\s+(?:rather\s+)?(.{2,60})"), (2, 1)),
    (
        re.compile(
            r"(.{2,80}?),?\s+(?:replac(?:es|ing)|supersed(?:es|ing)|tak(?:es|ing)\s+the\s+place\s+of"
            r"|in\s+(?:the\s+)?place\s+of|instead\s+of|rather\s+than|in\s+lieu\s+of)\s+(.{2,80})"
        ),
        (1, 2),
    ),
    (re.compile(r"(.{2,80}?)(?:,|;|\s+and|\s+but|\s+[-–—])\s+not\s+(.{2,80})"), (1, 2)),
)  # fmt: skip
_TURNED = re.compile(
    r"\bnot (?:all|every|each|only)\b|\b(?:never|no longer|neither|nor|false|wrong|untrue|incorrect\w*|myth"
    r"|isn't|aren't|doesn't|don't|didn't|wasn't|cannot|can't)\b"
)
_CUE = re.compile(r"replac|supersed|place\s+of|instead|rather|lieu|\bnot\b")
"""What one of the forms begins to be looked for at: they are slow to find nothing."""
_MAKES = r"(?:predict|guess|reconstruct|recover|infer|generat|produc|estimat)\w*"
_BY = r"([a-z][\w-]*(?: [a-z][\w-]*){0,2})"
_TRIES = r"(?:(?:tries|tr(?:y|ied)|learns?|is trained|has|have|wants?|must|will|then|it|just|only)\s+(?:to\s+)?){0,2}"
_THING = r"([^,.;:]{2,50}?)"
_ENDS = r"(?=\s*(?:$|[,.;:]|\b(?:and|while|whereas|but|so|instead)\b))"
_FROM = (
    # by what, what is made, from what
    (
        re.compile(
            rf"\b{_BY}\s+{_TRIES}{_MAKES}\s+{_THING}"
            rf"\s+(?:from|given|out of|based on|using|by means of)\s+{_THING}{_ENDS}"
        ),
        (1, 2, 3),
    ),
    (
        re.compile(
            rf"\b{_BY}\s+(?:takes?|uses?|gets?|reads?|sees?|looks? at|is given|receives?)\s+{_THING}"
            rf"(?:\s+(?:and|to)|,(?:\s+(?:and|to))?)\s+{_TRIES}{_MAKES}\s+{_THING}{_ENDS}"
        ),
        (1, 3, 2),
    ),
)
_NOT = re.compile(r"\bnot\b")
_MADE = re.compile(r"predict|guess|reconstruct|recover|infer|generat|produc|estimat")
_SUBJECT = re.compile(r"\b(?:you|we|it|they|there|i)\b")
_SPOKEN = ((re.compile(r"\bplus\b"), "+"), (re.compile(r"\bminus\b"), "-"))
_SIGN = re.compile(r"[+−–-]")
_OPERATOR = r"\s*[+−–-]\s*"
_EQUALS = (
    r"\s*(?:[=≈≃~]+|\b(?:is|equals?|gives?|yields?)\b)\s*(?:(?:roughly|about|approximately)\s+)?"
)
_MOST_TERMS = 8
_TERMS = rf"[a-z]\w*(?:{_OPERATOR}[a-z]\w*){{0,{_MOST_TERMS}}}"
_SUM = re.compile(rf"\b([a-z]\w*(?:{_OPERATOR}[a-z]\w*){{1,{_MOST_TERMS}}}){_EQUALS}({_TERMS})\b")
_TERM = re.compile(r"([+−–-])?\s*([a-z]\w*)")
LEAST_TERMS = 3


@dataclass(frozen=True)
class Roles:
    """What a text says to be had in place of what; its sums, with all terms on one side; and by what one
    thing is predicted from another."""

    sides: tuple[Sides, ...]
    sums: tuple[Mapping[str, int], ...]
    made: tuple[tuple[frozenset[str], Sides], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sides or self.sums or self.made)


def roles_of(text: str) -> Roles:
    """The things on either side in a text; none where it may turn round what it says of them."""
    if may_turn(text):
        return Roles((), ())
    return Roles(tuple(_sides(text)), tuple(_sums(text)), tuple(_made(text)))


def turned_round(claim: Sequence[Roles], said: Roles) -> bool:
    """Whether an answer says of two things the opposite of what a claim says of them, and nowhere the
    same. claim: the roles in its statement, and in what else asserts it."""
    found = [_crossed(t, m) for one in claim for t in one.sides for m in said.sides]
    found += [_resigned(t, m) for one in claim for t in one.sums for m in said.sums]
    found += [
        _crossed(theirs, mine)
        for one in claim
        for by, theirs in one.made
        for mine_by, mine in said.made
        if by & mine_by
    ]
    return True in found and False not in found


def _in_one_line(text: str) -> str:
    """Small letters with single blanks: over long runs of them the forms would be slow."""
    return " ".join(text.casefold().split())


def _sides(text: str) -> Iterator[Sides]:
    """What a text says to be had in place of what."""
    for sentence in sentences(text):
        line = _in_one_line(sentence.text).replace("’", "'").strip(" .!?")
        if not _CUE.search(line) or _TURNED.search(line):
            continue
        for form, (had, given_up) in _INSTEAD:
            if match := form.search(line):
                one, other = (frozenset(content(match[side])) for side in (had, given_up))
                # "Instead of a softmax you have ...": what is had comes behind.
                if one - other and other - one and not _SUBJECT.search(match[2]):
                    yield one - other, other - one
                break


def _made(text: str) -> Iterator[tuple[frozenset[str], Sides]]:
    """What a text says to be predicted, and from what, with what predicts it."""
    for sentence in sentences(text):
        line = _in_one_line(sentence.text).replace("’", "'").strip(" .!?")
        if not _MADE.search(line) or _TURNED.search(line) or _NOT.search(line):
            continue
        for form, (by, made, given) in _FROM:
            for match in form.finditer(line):
                one, other = (frozenset(content(match[side])) for side in (made, given))
                if one - other and other - one:
                    yield frozenset(content(match[by])), (one - other, other - one)


def _crossed(theirs: Sides, mine: Sides) -> bool | None:
    """Whether two such texts have the sides exchanged; None where they speak of other things."""
    (had, given_up), (mine_had, mine_given_up) = theirs, mine
    same = bool(had & mine_had) and bool(given_up & mine_given_up)
    crossed = bool(had & mine_given_up) and bool(given_up & mine_had)
    return None if same == crossed else crossed


def _sums(text: str) -> Iterator[Mapping[str, int]]:
    """The equations between sums of words in a text: the sign of each word."""
    line = _in_one_line(text)
    for word, sign in _SPOKEN:
        line = word.sub(sign, line)
    for match in _SUM.finditer(line) if _SIGN.search(line) else ():
        signs: dict[str, int] = {}
        for side, factor in ((match[1], 1), (match[2], -1)):
            for operator, word in _TERM.findall(side):
                signs[word] = -factor if operator in ("−", "–", "-") else factor
        if len(signs) >= LEAST_TERMS:
            yield signs


def _resigned(theirs: Mapping[str, int], mine: Mapping[str, int]) -> bool | None:
    """Whether two equations of the same words differ in a sign; None where the words differ."""
    if theirs.keys() != mine.keys():
        return None
    ratios = {theirs[word] * mine[word] for word in theirs}
    return len(ratios) > 1
