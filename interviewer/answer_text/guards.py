"""Text that must not earn anything, found without a model: echoes, term lists, words to the grader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from interviewer.answer_text import quotes
from interviewer.answer_text.attack_patterns import ABROAD, BOUNDARY, COMPACT, ENGLISH, FORGED
from interviewer.answer_text.disguise import is_encoded, letters, views
from interviewer.answer_text.normalize import NEGATIONS, STOP, content, stem, words
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


def fresh_share(text: str, asked: str) -> float:
    """The share of the content words of `text` that `asked` does not hold, in [0, 1]."""
    said = content(text)
    if not said:
        return 0.0
    known = _stems(asked)
    return sum(1 for w in said if w not in known) / len(said)


def is_echo(text: str, asked: str) -> bool:
    """Whether the text says next to nothing that the question did not.

    Words about answering itself count for nothing, and a text of nothing else is an echo as well.
    """
    everything = content(text)
    said = [w for w in everything if w not in _ANSWERING]
    known = _stems(asked)
    fresh = [w for w in said if w not in known]
    if not fresh and len(everything) > len(said):
        return True
    return len(said) >= 3 and (len(fresh) <= 1 and len(fresh) / len(said) < 0.2)


@lru_cache(maxsize=64)  # every sentence of an answer is held against the same question
def _stems(asked: str) -> frozenset[str]:
    return frozenset(content(asked))


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


def said_again(text: str) -> list[Span]:
    """Sentences of some length that stood before in the same words."""
    known: set[tuple[str, ...]] = set()
    found = []
    for line in sentences(text):
        said = tuple(words(line.text))
        if len(said) >= 5 and said in known:
            found.append(line)
        known.add(said)
    return found


def strung_terms(text: str) -> list[Span]:
    """Runs of terms within a sentence: many pieces of a word or two, with nothing that joins them."""
    return [
        Span(m.start(), m.end(), m[0])
        for m in _STRUNG.finditer(text)
        if not any(w in NEGATIONS or w.isdigit() for w in words(m[0]))
    ]


def is_term_list(text: str) -> bool:
    """Whether the text only names things: many short pieces and hardly a word that joins them."""
    pieces = [p for p in re.split(r"[,;\n/|•]+|\s-\s", text) if p.strip()]
    said = words(text)
    if len(said) < 4 or len(pieces) < 4:
        return False
    joining = sum(1 for w in said if w in STOP or w in _VERBS or w.isdigit()) / len(said)
    return len(said) / len(pieces) <= 2.6 and joining < 0.12 and not re.search(r"[=≈→<>()]", text)


_STRUNG = re.compile(
    r"(?:[^.!?\n,;|/:]{1,40}:\s*)?(?<![\w-])[\w-]+(?: [\w-]+)?(?:\s*[,;|/]\s*[\w-]+(?: [\w-]+)?){5,}(?![\w-])"
)
_ANSWERING = frozenset(
    stem(w)
    for w in "answer question ask asks asked said say says saying explain explained explanation mentioned above exactly"
    " precisely described reply response talk talking discuss belong belongs".split()
)
_VERBS = frozenset(
    "means use uses used using predict predicts get gets make makes give gives let lets keep keeps train trains trained"
    " learn learns replace replaces compare compares pick picks maps map compute computes pushes pulls".split()
)
