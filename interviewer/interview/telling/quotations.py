"""Which of the candidate's words are worth showing as what carried a point; pure."""

from __future__ import annotations

import re

from interviewer.answer_text.normalize import content

LEAST = 2
"""Words of a quote, unless it is a name or a number."""

_TAKES_BACK = re.compile(
    r"\b(?:sorry|no,? wait|wait,? no|scratch that|i take that back|i mean(?: to say)?|or rather|correction"
    r"|that's (?:wrong|rubbish|not right)|i(?:'ve| have)? (?:mixed|swapped) (?:them|it|that)(?: up)?)\b",
    re.IGNORECASE,
)
"""What stands before one of these was not meant."""
_BREAKS = re.compile(
    r"[,;:…\s]*(?:\.\.\.|…|[-–—]{2,}|\b(?:h+m+)\b|\b(?:let me (?:see|think)|hang on|hold on"
    r"|before that|what was it|how do you say|you know|i (?:think|guess|suppose|believe|want to say)"
    r"|i'd say|or something|or so|or whatever|kind of|sort of)\b"
    r"|(?<=[,;:]) ?\b(?:actually|well|like|right|okay|ok|so|yeah|basically)\b(?=\s*[,;:]))[,;:…\s]*",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"^(?:(?:and|or|but|so|then|also|plus|because|that(?!'|’)|actually|well|like|just|yeah|yes|okay|ok|sure|oh|u+[hm]+|e+r+m?|h+m+"
    r"|for example|obviously|honestly|basically|maybe|perhaps)\b[\s,.:;]*)+",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:[\s,.:;–—-]*\b(?:and|or|but|so|then|also|because|where|while|with|of|to|in|on|by|for|the|an?"
    r"|actually|basically|maybe|perhaps|though|yeah|u+[hm]+|e+r+m?|h+m+|is|are|was))+[\s,.:;–—-]*$",
    re.IGNORECASE,
)


def presentable(words: str, claim: str, after: str = "") -> str:
    """The piece of those words that shares most with the claim, without what the speaker broke off or only
    filled in; "" where none is left that would prove anything. after: what was said right after them.
    """
    if _TAKES_BACK.match(after.lstrip(" ,.;:–—-…")):
        return ""
    meant = _TAKES_BACK.split(words)[-1]
    wanted = set(content(claim))
    pieces = [_trimmed(piece) for piece in _BREAKS.split(meant)]
    kept = [piece for piece in pieces if _is_enough(piece)]
    return max(kept, key=lambda piece: len(wanted & set(content(piece))), default="")


def _trimmed(piece: str) -> str:
    return _BACK.sub("", _FRONT.sub("", piece.strip(" ,.;:–—-…"))).strip(" ,.;:–—-…")


def _is_enough(piece: str) -> bool:
    told = piece.split()
    is_name = re.search(r"[A-Z].*[A-Z]|\d", piece) is not None
    return bool(content(piece)) and (len(told) >= LEAST or is_name)
