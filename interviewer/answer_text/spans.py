"""Parts of an answer that can carry a claim, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

MAX_SPANS = 12
LONG_SENTENCE = 22
PASSAGE_WORDS = 80

# Each begins where no run of the same does: in the middle of one every start would be tried in vain.
_SENTENCE = re.compile(r"(?:(?<![.!?;…])[.!?;…]+(?=\s|$)|\n+)\s*")
_CLAUSE = re.compile(
    r"(?<!\s)\s*(?:,|;|:|\s[-–—]\s)\s+|(?<!\s)\s+(?=(?:and|but|while|whereas|because|so that|so|which|then|or)\s)"
)


@dataclass(frozen=True)
class Span:
    """A half-open stretch of an answer, in characters."""

    start: int
    end: int
    text: str

    def __len__(self) -> int:
        return self.end - self.start


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[Span]:
    spans = []
    at = start
    for match in pattern.finditer(text, start, end):
        if match.start() > at:
            spans.append((at, match.start()))
        at = max(at, match.end())
    spans.append((at, end))
    return [s for a, b in spans if (s := _trimmed(text, a, b)) is not None]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "-*•,;:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, text[start:end]) if end > start else None


def whole(text: str) -> Span | None:
    """The answer without the white space around it; None if there is nothing else."""
    return _trimmed(text, 0, len(text))


def sentences(text: str) -> list[Span]:
    """Sentences and lines."""
    return _cut(text, 0, len(text), _SENTENCE)


def marked_sentences(text: str) -> list[str]:
    """The text cut where its sentences and lines begin, so that each keeps the marks that end it."""
    starts = [span.start for span in sentences(text)]
    return [text[a:b].strip() for a, b in pairwise([*starts, len(text)])]


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence; a cut that leaves fewer than three words is not made."""
    parts = _cut(text, sentence.start, sentence.end, _CLAUSE)
    merged: list[Span] = []
    for part in parts:
        if merged and (len(part.text.split()) < 3 or len(merged[-1].text.split()) < 3):
            start = merged[-1].start
            merged[-1] = Span(start, part.end, text[start : part.end])
        else:
            merged.append(part)
    return merged


def windows(text: str, span: Span, words: int, step: int) -> list[Span]:
    """Overlapping runs of `words` words, `step` apart, over a long span."""
    starts = [m.span() for m in re.finditer(r"\S+", text[span.start : span.end])]
    if len(starts) <= words:
        return [span]
    out = []
    for i in range(0, len(starts) - words + step, step):
        chunk = starts[i : i + words]
        if len(chunk) >= min(words, 4):
            a, b = span.start + chunk[0][0], span.start + chunk[-1][1]
            out.append(Span(a, b, text[a:b]))
    return out


def candidates(text: str) -> list[Span]:
    """The whole answer, then its parts; each span once, at most `MAX_SPANS`.

    The parts are its sentences, and the clauses of a sentence that stands alone or runs long, so
    that every word is read about twice and no more.
    """
    full = whole(text)
    if full is None:
        return []
    lines = sentences(text)
    parts: list[Span] = []
    for line in lines:
        size = len(line.text.split())
        finer = clauses(text, line) if len(lines) == 1 or size > LONG_SENTENCE else [line]
        if len(finer) == 1 and size > 24:
            finer = windows(text, line, 16, 8)
        parts += finer
    found: dict[tuple[int, int], Span] = {}
    for span in (full, *parts):
        found.setdefault((span.start, span.end), span)
    return list(found.values())[:MAX_SPANS]


def passages(text: str) -> list[str]:
    """The text in runs of whole sentences of at most about `PASSAGE_WORDS` words.

    A model with a short window then reads all of a rambling answer. Neighbours share a sentence.
    """
    if len(text.split()) <= PASSAGE_WORDS:
        return [text.strip()] if text.strip() else []
    lines = [
        p.text for s in sentences(text) for p in windows(text, s, PASSAGE_WORDS, PASSAGE_WORDS // 2)
    ]
    out: list[list[str]] = [[]]
    for line in lines:
        size = sum(len(part.split()) for part in out[-1])
        if out[-1] and size + len(line.split()) > PASSAGE_WORDS:
            out.append([out[-1][-1]] if len(out[-1][-1].split()) < PASSAGE_WORDS // 2 else [])
        out[-1].append(line)
    return [" ".join(parts) for parts in out if parts]
