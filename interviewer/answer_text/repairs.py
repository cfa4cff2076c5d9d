"""Self-corrections in mid-speech: "an upper, no, sorry, a lower bound" says that it is a lower bound.

A repair has three parts (after Shriberg 1994, Preliminaries to a Theory of Speech Disfluencies): what is taken
back, the words of taking back, and what is put in its place. Where the new words begin as some of the old
ones did, these are taken back from there on; else, after words that can mean nothing else, from the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from interviewer.answer_text.spans import Span

_FILLERS = r"(?:(?:uh+|um+|er+m?|h+m+|eh|oh|ah|well|okay|yes)\b[\s,.…-]*)*"
_SWAPPED = (
    r"i(?:'ve| have)? (?:swapped|mixed|confused)(?: (?:them|it|that|this|those|these|both))?"
    r"(?: (?:up|round|around))?"
)
_PLAIN = (
    r"(?:no,? wait|wait,? no|wait|no,? (?:no,? )?sorry|sorry,? no|no,? no|strike that|hang on|hold on"
    r"|correction|(?:no,? )?(?:scratch that|i take (?:it|that) back|i correct myself"
    rf"|{_SWAPPED}|(?:the )?other way (?:a)?round"
    r"|that(?:'s| is) (?:wrong|rubbish|nonsense|not right)))"
)
_DOUBTFUL = r"(?:no|sorry|i mean(?:t)?|(?:or )?rather)"
_MARKER = re.compile(
    rf"[\s,.;:…–—-]*(?:[,.;:…–—]|(?<=\s)-)\s+{_FILLERS}"
    rf"(?:(?P<plain>{_PLAIN}(?:[\s,.;:…–—-]+{_FILLERS}{_PLAIN})*)|(?P<doubtful>{_DOUBTFUL}))"
    r"(?P<after>\s*[,.;:…–—-]+\s*|\s+(?=\w))",
    re.IGNORECASE,
)
"""Words of taking back, with the pause before them. The doubtful ones also mean something else."""
_WORD = re.compile(r"[\w'%^*/+=-]+")
_SENTENCE_END = re.compile(r"[.?!;\n](?:\s|$)")
_CLAUSE_END = re.compile(r"[,:–—]\s")
_POINTS_BACK = re.compile(r"\W*(?:(?:that|it|this)(?:'s| is| was)|those|these)\b", re.IGNORECASE)
"""What follows speaks of the old words, "no, that was the other one": they stand as what it is about."""
_REACH = 14
"""Words before a marker that may be taken back."""


def withdrawn(text: str) -> list[Span]:
    """What is taken back in mid-speech, each with the words of taking back; they do not overlap."""
    plain = text.replace("’", "'")
    found: list[Span] = []
    at = 0
    while match := _MARKER.search(plain, at):
        at = match.end()
        before = plain[found[-1].end if found else 0 : match.start()]
        start = _begin(before, plain[match.end() :], sure=match["plain"] is not None)
        bare = (match["doubtful"] or "").casefold() in ("no", "sorry")
        if start is None or (bare and match["after"].isspace()):
            continue
        start += match.start() - len(before)
        found.append(Span(start, match.end(), text[start : match.end()]))
    return found


def _begin(before: str, after: str, *, sure: bool) -> int | None:
    """Where in `before` begins what the words after the marker replace; None where they replace nothing.

    sure: whether the marker can mean nothing else.
    """
    if _POINTS_BACK.match(after):
        return None
    ends = _SENTENCE_END.search(after)
    new = _words(after[: ends.start()] if ends else after, 0)
    sentence = max((m.end() for m in re.finditer(r"[.?!;\n]\s", before)), default=0)
    old = _words(before, sentence)[-_REACH:]
    if not new or not old:
        return None
    for place, (word, _) in enumerate(new[:2]):
        same = [i for i, (said, _) in enumerate(old) if said == word]
        if same:
            longest = max(same, key=lambda i: (_alike(old[i:], new[place:]), i))
            return old[max(0, longest - place)][1]
    if not sure:
        return None
    return max((m.end() for m in _CLAUSE_END.finditer(before, sentence)), default=sentence)


def _alike(old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]]) -> int:
    """How many words they begin with alike."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0][0] == pair[1][0], pairs))


def _words(text: str, start: int) -> Sequence[tuple[str, int]]:
    """The words from there on, with where they begin; both articles are one word."""
    words = ((m[0].casefold(), m.start()) for m in _WORD.finditer(text, start))
    return [("a" if word == "an" else word, at) for word, at in words]


def repaired(text: str) -> str:
    """The text with blanks for what is taken back in it, so that every offset stays what it was."""
    for span in withdrawn(text):
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text
