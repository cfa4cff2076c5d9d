"""Verdicts out of whatever a language model replied. Nothing here raises, whatever the text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviewer.grading.grades import Cause, Level
from interviewer.grading.judges import near_json
from interviewer.grading.judges.judge_prompts import LEVELS, SURE

MAX_CHARS = 100_000
"""Of a longer reply only the end is read."""

MAX_TRIES = 400
"""At so many brackets an object is looked for."""

LEAST_MASS = 0.1
"""Yes and No together must be at least so likely, or the model is not answering the question."""

MAX_LOOKED = 10 * MAX_CHARS
"""So many characters are looked at for objects that turn out to be none."""

DEEPEST = 3
"""Objects within objects that a verdict may stand in."""

NO_IDEA = 0.5
"""The confidence of a verdict that came without one."""

LEAST_PERCENT = 20.0
"""A number below that and above 1 may be out of 5 or 10, and says nothing."""

_LEVEL: Mapping[str, Level] = {"met": "met", "partial": "partial", "unmet": "unmet"}
_BRACKET = re.compile(r"[{\[]")
_TAKEN_BACK = re.compile(
    r"(?:^|[.!?…\n`])\s*(?:(?:oh|no|hmm|but)\W+)?(?:wait\s*[,.!:…–—]|correction\s*:|corrected verdicts?\b"
    r"|on (?:second thought|reflection)\b|scratch that\b|i (?:made a mistake|was wrong)\b"
    r"|let me (?:correct|fix|revise|redo|reconsider)\b)",
    re.IGNORECASE,
)
"""How a model begins to take back what it said."""
_SUPPOSED = re.compile(
    r"\bif (?:the (?:candidate|answer|student)|it|they|he|she|this) (?:had|were|did)\b"
    r"|\bhad (?:the (?:candidate|answer|student)|it|they|he|she)\b|\bwould (?:have|instead|otherwise)\b"
    r"|\bhypothetical\w*\b|\bin (?:that|the (?:other|opposite)) case\b"
    r"|\bfor (?:a|an) (?:better|worse|wrong|different|perfect|full|complete) (?:answer|reply)\b",
    re.IGNORECASE,
)
"""How it leads to what it would have said of another answer."""

_BOTH = re.compile(r"\W*(?:yes\W+(?:and|or)\W+no|no\W+(?:and|or)\W+yes)\b", re.IGNORECASE)

_KEYS = ("evidence", "verdict", "confidence")
_NAMES = ("id", "label", "criterion", "statement")
_TOKEN_EDGES = " \t\r\n▁ĠĊ\"'`*.,:;!()[]{}"


@dataclass(frozen=True)
class ClaimReply:
    """What the model said of one claim. confidence: in [0, 1]."""

    level: Level
    evidence: str
    confidence: float


Found = ClaimReply | Cause


def findings(reply: str, labels: Sequence[str]) -> dict[str, Found]:
    """What the reply says of each label, or why it says nothing.

    The reply may have fences and prose around its JSON; of several objects the last one that speaks
    of a label counts, and within it the last verdict on a label. Where that one breaks off or is
    taken back, nothing counts: what stands before it was a draft. Unknown labels are passed over,
    and case does not count in labels and keys. What is not quite JSON is mended once.
    """
    text = near_json.with_latex(_unpacked(reply[-MAX_CHARS:]))
    said, whole, rest = _said(text, labels)
    if len(said) < len(labels):
        mended, _, after = _said(near_json.mended(text), labels)
        said, rest = (mended, after) if len(mended) > len(said) else (said, rest)
    if not (said or whole) or (said and _goes_on(rest, labels)):
        return dict.fromkeys(labels, "bad-reply")
    return {label: _finding(said[label]) if label in said else "missing" for label in labels}


def _unpacked(reply: str) -> str:
    """The reply itself, where it came as one JSON string: some servers pack it twice."""
    text = reply.strip()
    if text[:1] != '"':
        return reply
    try:
        inner = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return reply
    return inner if isinstance(inner, str) else reply


def _said(text: str, labels: Sequence[str]) -> tuple[dict[str, Any], bool, str]:
    """What the last object that speaks of a label says, whether there was one that was whole, and
    what stands after the one that speaks. What is led to as supposed says nothing. The parts of a
    broken one are read as objects of their own, which say nothing by themselves."""
    said: dict[str, Any] = {}
    whole = False
    rest = 0
    first = _BRACKET.search(text)
    for at, end, value in _values(text):
        found = _by_label(_folded(value), labels)
        if found and said and _SUPPOSED.search(text, rest, at):
            rest = end
        elif found:
            said, rest = found, end
        whole |= isinstance(value, dict) and first is not None and at == first.start()
    return said, whole, text[rest:]


def _goes_on(rest: str, labels: Sequence[str]) -> bool:
    """Whether verdicts are followed by others that break off, or by words that take them back."""
    names = [*labels, *(_KEYS if len(labels) == 1 else ())]
    begun = rf"""\{{\s*["'](?:{"|".join(map(re.escape, names))})["']\s*:"""
    return bool(re.search(begun, rest, re.IGNORECASE) or _TAKEN_BACK.search(rest))


def _folded(value: Any, depth: int = 0) -> Any:
    """The JSON with its keys in lower case and without white space around them."""
    if depth > DEEPEST:
        return value
    if isinstance(value, dict):
        return {k.strip().casefold(): _folded(v, depth + 1) for k, v in value.items()}
    return [_folded(v, depth + 1) for v in value] if isinstance(value, list) else value


def yes_share(
    alternatives: Iterable[tuple[str, float]], yes: str = "yes", no: str = "no"
) -> float | None:
    """The probability of one word against another over the likeliest first tokens; None if the model
    would most likely say something else.

    alternatives: (token, natural log of its probability). Case, white space and punctuation around
    the word do not count.
    """
    mass = {yes: 0.0, no: 0.0}
    for token, log in alternatives:
        word = token.strip(_TOKEN_EDGES).casefold()
        if word in mass and not math.isnan(log):
            mass[word] += math.exp(min(0.0, log))
    both = mass[yes] + mass[no]
    return mass[yes] / both if both >= LEAST_MASS else None


def yes_or_no(text: str) -> bool | None:
    """Whether the first word of a reply is Yes or No; None for any other, and where that is no last
    word, as in "Yes and no"."""
    if _BOTH.match(text) or _TAKEN_BACK.search(text):
        return None
    words = text.split(maxsplit=1)
    word = words[0].strip(_TOKEN_EDGES).casefold() if words else ""
    return {"yes": True, "no": False}.get(word)


def _values(text: str) -> Iterator[tuple[int, int, Any]]:
    """Every complete JSON object or list with where it begins and ends, in order; those inside
    another are not given again."""
    decoder = json.JSONDecoder(strict=False)
    at = tries = looked = 0
    while (match := _BRACKET.search(text, at)) and tries < MAX_TRIES and looked < MAX_LOOKED:
        tries += 1
        try:
            value, at = decoder.raw_decode(text, match.start())
        except json.JSONDecodeError as error:
            at = match.end()
            looked += error.pos - match.start()
        except RecursionError:
            # Each bracket of the run would be as deep, and take as long.
            at = len(text) - len(text[match.end() :].lstrip(match[0]))
            looked += len(text) // 10
        except ValueError:
            at = match.end()
            looked += len(text) // 10
        else:
            yield match.start(), at, value


def _by_label(value: Any, labels: Sequence[str], depth: int = 0) -> dict[str, Any]:
    """The parts of a JSON value that belong to labels, however they are laid out."""
    out: dict[str, Any] = {}
    if depth > DEEPEST:
        return out
    if isinstance(value, list):
        for item in value:
            out |= _by_label(item, labels, depth + 1)
        return out
    if not isinstance(value, dict):
        return out
    named = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
    if named is not None and "verdict" in value:
        label = named.strip().casefold()
        return {label: value} if label in labels else {}
    if depth == 0 and len(labels) == 1 and "verdict" in value:
        return {labels[0]: value}
    for key, item in value.items():
        if key in labels:
            out[key] = item
        elif key not in _KEYS:
            out |= _by_label(item, labels, depth + 1)
    return out


def _finding(value: Any) -> Found:
    parts = value if isinstance(value, dict) else {"verdict": value}
    verdict = parts.get("verdict")
    if verdict is None:
        return "missing"
    if not isinstance(verdict, str):
        return "off-menu"
    word = " ".join(re.split(r"[\s_]+", verdict.strip().casefold()))[:40]
    if word == LEVELS[-1]:
        return "undecided"
    level = _LEVEL.get(word)
    if level is None:
        return "off-menu"
    quotes = parts.get("evidence")
    held = quotes if isinstance(quotes, list) else [quotes]  # of several the first one
    quote = next((one for one in held if isinstance(one, str) and one.strip()), "")
    return ClaimReply(level, quote, _confidence(parts.get("confidence")))


def _confidence(value: Any) -> float:
    if isinstance(value, str):
        if value.strip().casefold() in SURE:
            return SURE[value.strip().casefold()]
        try:
            value = float(value.strip().rstrip("%"))
        except ValueError:
            return NO_IDEA
    if isinstance(value, bool) or not isinstance(value, int | float):
        return NO_IDEA
    try:
        number = float(value)
    except OverflowError:
        return NO_IDEA
    if LEAST_PERCENT <= number <= 100.0:
        number /= 100.0
    return number if 0.0 <= number <= 1.0 else NO_IDEA
