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
    found: list[tuple[str, str]] = []
    for sentence in _SENTENCE.split(prompt.strip()):
        told = _TELL.match(sentence)
        if told is None and not sentence.endswith("?"):
            continue
        asked = sentence[told.end() :] if told else sentence
        pieces = _NEXT.split(asked.rstrip(".?!"))
        if len(pieces) > 1 and _LEADS_IN.match(pieces[0]):
            pieces[:2] = [f"{pieces[0]}, {pieces[1]}"]
        found += [(words, _as_question(words, told is not None)) for words in pieces]
    return _with_own_words(found) if len(found) > 1 else []


def _as_question(words: str, told: bool) -> str:
    plain = re.sub(r"^and\s+", "", words, flags=re.IGNORECASE)
    if plain.casefold() == "why":
        return BARE_WHY
    if len(plain.split()) < _LEAST_WORDS:
        return ""
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


def part_for(question: Question, criterion: Criterion) -> AskedPart | None:
    """The part of its prompt that asks for that criterion; None where it is not plain which one does.

    That is the thing compared that the statement names; else, where there are as many parts as
    criteria, the one in the same place; else the one part that has several words of the statement.
    """
    for part in compared(question.prompt):
        if _holds(criterion.statement, part.words):
            return part
    asked = parts(question.prompt)
    stated = set(content(criterion.statement))
    near = [len(part.own & stated) for part in asked]
    if len(asked) == len(question.criteria):
        place = [c.id for c in question.criteria].index(criterion.id)
        surely_other = bool(asked[place].own) and max(near) > near[place] + 1
        return None if surely_other else asked[place]
    close = [part for part, shared in zip(asked, near, strict=True) if shared >= _NEAR]
    return close[0] if len(close) == 1 else None


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
