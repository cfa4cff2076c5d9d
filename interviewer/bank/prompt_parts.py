"""The parts of a prompt that asks for several things, and which criterion each part asks for; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Criterion, Question

_ASKING = r"(?:what|which|how|why|where|when|who|from (?:what|which|where))\b"
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_NEXT = re.compile(rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?={_ASKING})", re.IGNORECASE)
_TELL = re.compile(rf"^tell me\s+(?={_ASKING})", re.IGNORECASE)
_LEADS_IN = re.compile(
    r"^(?:in|at|for|with|on|by|from|under|given)\b(?! (?:what|which|where))", re.I
)
_COMPARED = re.compile(r"^compare\s+(.+?,.+?|.+?),?\s+and\s+(.+?)\.?$", re.IGNORECASE)
BARE_WHY = "And why is that?"
"""The question that a part of one word makes."""
_LEAST_WORDS = 3
"""Words from which a part can be put by itself."""
_NEAR = 2
"""Words that a part shares with a statement from which it asks for it."""


@dataclass(frozen=True)
class AskedPart:
    """One thing that a prompt asks for.

    words: those of the prompt. text: the same as a question of its own, "" where it makes none. own:
    the content words that no other part has. named: it is one of several things to be compared, and
    is known by its name as a whole.
    """

    words: str
    text: str
    own: frozenset[str]
    named: bool = False


def parts(prompt: str) -> list[AskedPart]:
    """The things that a prompt asks for, in its order; none where it asks for one."""
    found = [piece for sentence in _SENTENCE.split(prompt.strip()) for piece in _pieces(sentence)]
    return _with_own_words(found) if len(found) > 1 else []


def _pieces(sentence: str) -> list[tuple[str, str]]:
    """The things that a sentence asks for, each in its words and as a question."""
    told = _TELL.match(sentence)
    if told is None and not sentence.endswith("?"):
        return []
    asked = sentence[told.end() :] if told else sentence
    pieces = _NEXT.split(asked.rstrip(".?!"))
    if len(pieces) > 1 and _LEADS_IN.match(pieces[0]):
        pieces[:2] = [f"{pieces[0]}, {pieces[1]}"]
    return [(words, _as_question(words, told is not None)) for words in pieces]


def _as_question(words: str, told: bool) -> str:
    plain = re.sub(r"^and\s+", "", words, flags=re.IGNORECASE)
    if plain.casefold() == "why":
        return BARE_WHY
    if len(plain.split()) < _LEAST_WORDS:
        return f"And {plain}?" if len(plain.split()) > 1 else ""
    return f"Tell me {plain}." if told else f"{plain[0].upper()}{plain[1:]}?"


def _with_own_words(found: Sequence[tuple[str, str]], *, named: bool = False) -> list[AskedPart]:
    stems = [frozenset(content(words)) - {"why"} for words, _ in found]
    others = [
        frozenset().union(*(s for at, s in enumerate(stems) if at != place))
        for place in range(len(stems))
    ]
    return [
        AskedPart(words, text, own - rest, named)
        for (words, text), own, rest in zip(found, stems, others, strict=True)
    ]


def compared(prompt: str) -> list[AskedPart]:
    """The things that a prompt asks to compare, "Compare A, B and C.", in its order."""
    for sentence in _SENTENCE.split(prompt.strip()):
        if match := _COMPARED.match(sentence):
            names = [*match[1].split(", "), match[2]]
            return _with_own_words([(n, f"And what about {n}?") for n in names], named=True)
    return []


def of(prompt: str) -> list[AskedPart]:
    """All that a prompt asks for or asks to compare, in its order."""
    return [*compared(prompt), *parts(prompt)]


def part_for(question: Question, criterion: Criterion) -> AskedPart | None:
    """The part of its prompt that asks for that criterion; None where it is not plain which one does.

    That is the thing compared that the statement names; else, where as many things are asked for as there
    are criteria, in all or in one sentence, the one in the same place; else the one part that has several
    words of the statement; else, of the first or the last criterion, the first or the last part, where that
    asks for no other one by its words.
    """
    for part in compared(question.prompt):
        if _holds(criterion.statement, part.words):
            return part
    asked, count = parts(question.prompt), len(question.criteria)
    near = [_shared(part, criterion) for part in asked]
    place = [c.id for c in question.criteria].index(criterion.id)
    for listed in (asked, _listed(question.prompt, count)):
        if len(listed) == count:
            own = listed[place]
            surely_other = bool(own.own) and max(near) > _shared(own, criterion) + 1
            return None if surely_other else own
    close = [part for part, shared in zip(asked, near, strict=True) if shared >= _NEAR]
    if len(close) == 1 or len(asked) > count or not asked:
        return close[0] if len(close) == 1 else None
    return _at_the_end(question, asked, place)


def _at_the_end(question: Question, asked: Sequence[AskedPart], place: int) -> AskedPart | None:
    """The first or the last part for the first or the last criterion, unless its words are another one's."""
    if place not in (0, len(question.criteria) - 1):
        return None
    part = asked[0] if place == 0 else asked[-1]
    others = (c for at, c in enumerate(question.criteria) if at != place)
    return None if any(_shared(part, other) >= _NEAR for other in others) else part


def _shared(part: AskedPart, criterion: Criterion) -> int:
    """How many own words of a part the statement of a criterion has."""
    return len(part.own & set(content(criterion.statement)))


def _listed(prompt: str, count: int) -> list[AskedPart]:
    """The parts of the one sentence of a prompt that asks for so many things; none where no one does."""
    asked, found, at = parts(prompt), [], 0
    for sentence in _SENTENCE.split(prompt.strip()):
        here = len(_pieces(sentence))
        if here == count > 1:
            found.append(asked[at : at + here])
        at += here
    return found[0] if len(found) == 1 else []


def left_out(question: Question, criterion: Criterion, said: str) -> AskedPart | None:
    """The part of the prompt that asks for that criterion, where the answers have neither a word of that
    part nor one of the criterion that the prompt does not hold; else None."""
    part = part_for(question, criterion)
    if part is None or not part.text or is_spoken_of(part, said):
        return None
    near = traits.touched(said, criterion.statement, prompt=question.prompt) > 0
    return None if near else part


def is_spoken_of(part: AskedPart, said: str) -> bool:
    """Whether answers have a word of that part, or may have: of a part without words of its own nobody
    knows."""
    if part.named:
        return _holds(said, part.words)
    return not part.own or bool(part.own & set(content(said)))


def _holds(text: str, name: str) -> bool:
    """Whether a text names that thing: by its words side by side, the last one (its kind) aside where
    there are more."""
    words = re.findall(r"[^\W_]+", name.casefold())
    whole = words[:-1] if len(words) > 2 else words
    side_by_side = r"[^\w]+".join(re.escape(word) for word in whole)
    return re.search(rf"\b{side_by_side}\b", text.casefold()) is not None
