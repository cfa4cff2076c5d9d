"""Text that must not earn anything, found without a model: echoes, term lists, words to the grader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from interviewer.answer_text import quotes
from interviewer.answer_text.attack_patterns import ABROAD, BOUNDARY, COMPACT, ENGLISH, FORGED
from interviewer.answer_text.disguise import is_encoded, letters, views
from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import Span, sentences

_SHORT_LINE = 3
"""Lines of at most so many words that follow each other are read as one."""


_SCRAP = 8
"""A sentence of at most so many words may be a scrap."""


def addressed_to_grader(text: str) -> list[Span]:
    """The sentences of an answer that speak to whoever grades it, disguised ones included.

    What follows a forged end of the answer counts as such as a whole.
    """
    boundary = BOUNDARY.search(text)
    body = text[: boundary.start()] if boundary else text
    found: list[Span] = []
    for group in _read_together(body):
        alone = [line for line in group if _speaks_to_grader([line], body)]
        together = not alone and len(group) > 1 and _speaks_to_grader(group, body)
        found += group if together else alone
    if boundary:
        found += sentences(" " * boundary.start() + text[boundary.start() :])
    return found


def _read_together(text: str) -> list[list[Span]]:
    """Sentences, with runs of very short lines as one."""
    groups: list[list[Span]] = []
    short = False
    for line in sentences(text):
        now_short = len(line.text.split()) <= _SHORT_LINE
        if now_short and short:
            groups[-1].append(line)
        else:
            groups.append([line])
        short = now_short
    return groups


def _speaks_to_grader(group: Sequence[Span], text: str) -> bool:
    stretch = text[group[0].start : group[-1].end]
    said = " ".join(s.text for s in group)
    return (
        any(p.search(v) for p in (ENGLISH, FORGED, ABROAD) for v in views(said))
        or any(COMPACT.search(v) for v in letters(stretch))
        or is_encoded(said)
    )


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with those spans and their closing marks blanked out; every other offset stays."""
    out = list(text)
    for span in spans:
        end = span.end
        while end < len(text) and text[end] in ".!?;…\"'”’)]}":
            end += 1
        out[span.start : end] = " " * (end - span.start)
    return "".join(out)


def handed_back(text: str, asked: str) -> list[Span]:
    """Where the whole prompt, or a question in it, stands word for word."""
    found = []
    questions = [s.text for s in sentences(asked) if asked[s.end : s.end + 1] == "?"]
    for part in (asked, *questions):
        span = quotes.find(part, text) if len(part.split()) >= 5 else None
        if span is not None:
            found.append(Span(span.start, span.end, span.of(text)))
    return found


def scraps(text: str, addressed: Sequence[Span], subject: Iterable[str]) -> list[Span]:
    """Short sentences beside those that speak to the grader, without a word of the subject: what an
    attack leaves when it is cut in pieces.

    subject: stems, as `content` gives them.
    """
    known = {stem for stem in subject if len(stem) > 2}
    held = set(addressed)
    lines = sentences(text)
    for order in (lines, lines[::-1]):
        for before, line in pairwise(order):
            short = len(line.text.split()) <= _SCRAP
            if before in held and short and not known.intersection(content(line.text)):
                held.add(line)
    return [line for line in lines if line in held and line not in addressed]
