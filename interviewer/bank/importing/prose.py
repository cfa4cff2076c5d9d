"""Tiers and aims in prose, and how many questions a document says that it holds."""

from __future__ import annotations

import re

from interviewer.bank.importing.documents import Band, number_of

_N = r"([0-9]{1,6})"
_UNABLE = re.compile(
    r"\b(?:can'?t|can’t|cannot|can not|could not|couldn'?t|unable to|fail(?:ed|ing)?(?: on| to)?|miss(?:ed|ing)?"
    r"|struggle with|stuck on|do(?:n'?t| not) know)\b[^.0-9]{0,40}?"
    rf"{_N}\s*(?:-|–|—|to|through|until)\s*{_N}\b(?:\s*[,:;–—-]+\s*|\s+(?:then|means)\s+|\s+)?(.*)$",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b{_N}\s*\+?\s*(?:/|of|out of)\s*(?:the\s+)?(?:first\s+)?{_N}\b", re.IGNORECASE)
_AIMING = re.compile(
    r"\b(?:aim|target|goal|pass(?:ing)?|need|get|scor(?:e|ing)|drill|until|at least|ready|threshold|mark)\b",
    re.IGNORECASE,
)
_PLUS = re.compile(
    rf"\b(?:answer|get|know|score|aim for|aim at|need|at least|have|hit|reach)\s+(?:at least\s+)?{_N}\s*\+",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"\b{_N}\s*(?:%|percent)", re.IGNORECASE)
_HOLDS = re.compile(
    rf"\b{_N}\s+(?:[a-z-]+\s+)?(?:questions|q&as?|cards|problems|items)\b", re.IGNORECASE
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_LONGEST = 400


def bands_of(line: int, text: str) -> tuple[list[Band], list[Band], str]:
    """The tiers and the aims that a line states, and what is left of it.

    A document's own line may state several, a sentence each.
    """
    if len(text) > 8 * _LONGEST or not any(c.isdigit() for c in text):
        return [], [], text
    tiers: list[Band] = []
    aims: list[Band] = []
    left: list[str] = []
    for sentence in _SENTENCES.split(text):
        band = _tier(line, sentence)
        aim = None if band else _aim(line, sentence)
        if band:
            tiers.append(band)
        elif aim:
            aims.append(aim)
        else:
            left.append(sentence)
    return tiers, aims, " ".join(left).strip()


def declared(text: str) -> int | None:
    """ "45 questions on ..." is 45; None where no count is said."""
    match = _HOLDS.search(text[:_LONGEST])
    return number_of(match[1]) if match else None


def _tier(line: int, sentence: str) -> Band | None:
    match = _UNABLE.search(sentence[:_LONGEST])
    first, last = (number_of(match[1]), number_of(match[2])) if match else (None, None)
    if match is None or first is None or last is None or first > last:
        return None
    return Band(line=line, first=first, last=last, said=match[3].strip())


def _aim(line: int, sentence: str) -> Band | None:
    text = sentence[:_LONGEST]
    if not _AIMING.search(text):
        return None
    if match := _OF.search(text):
        target, total = number_of(match[1]), number_of(match[2])
        if target is None or total is None or target > total:
            return None
        return Band(line=line, first=1, last=total, target=target, said=text.strip())
    if match := _PLUS.search(text):
        target = number_of(match[1])
        if target is None:
            return None
        return Band(line=line, first=None, last=None, target=target, said=text.strip())
    if (match := _PERCENT.search(text)) and re.search(r"\b(?:aim|pass|target|goal)", text, re.I):
        share = number_of(match[1])
        if share is not None and share <= 100:
            return Band(line=line, first=None, last=None, percent=share, said=text.strip())
    return None
