"""A terse heading of a question as an interviewer says it, and what sort of answer it asks for."""

from __future__ import annotations

import re

from interviewer.bank.questions import QuestionKind

_ASKS = re.compile(
    r"^(?:what|which|why|how|when|where|who|whose|is|are|was|were|do|does|did|can|could|should|would"
    r"|will|has|have|had|name|explain|describe|define|list|compare|give|tell|walk|suppose|imagine|if"
    r"|in|at|on|for|given|state|derive|write|show|prove|sketch|discuss|contrast|outline)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^(?:name|explain|describe|define|list|compare|give|tell|walk|state|derive|write|show|prove|sketch|discuss"
    r"|contrast|outline|suppose|imagine)\b",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_ABOUT = re.compile(r"^(.{1,80}?)\s+[—–-]\s+(.{2,})$")
_NOUNS = (
    "formula architecture limitation weakness idea loss scale bound improvement objective stage training goal"
    " purpose definition complexity cost trick role component benefit advantage disadvantage drawback type ratio"
    " size dimension meaning equation property use trade-off tradeoff key-idea difference assumption example"
).split()
_LAST = re.compile(
    r"^(?P<of>.+?)(?P<own>['’]s)?\s+(?P<noun>(?:key |main |core |masking |training |pre-training |pretraining )?(?:"
    + "|".join(f"{n}(?:es|s)?" for n in _NOUNS)
    + r"|ideas|properties|complexities))$",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"\b(?:formula|equation|complexity|big-?o|derive|how many parameters)\b", re.IGNORECASE
)
_WHY = re.compile(r"\bwhy\b|\breason\b|\bhow come\b", re.IGNORECASE)
_CONTRAST = re.compile(
    r"\bvs\.?\b|\bversus\b|\bdiffer|\bcompare|\bcontrast\b|\brather than\b", re.IGNORECASE
)
_LIST = re.compile(r"^(?:name|list)\b|^which\b.*\bare\b|\b(?:two|three|four|five)\b", re.IGNORECASE)
_QUICK = re.compile(r"\b(?:quick|rapid|lightning|speed)[\s-]*(?:fire|round)?\b", re.IGNORECASE)


def spoken(heading: str) -> str:
    """The heading as one spoken question; as it stands where it is one."""
    text = " ".join(heading.split()).strip()
    body = re.sub(r"\s*=?\s*\?+$", "", text).rstrip(" :.")
    if not body:
        return text
    if _ASKS.match(body):
        end = "." if _TOLD.match(body) or text.endswith(".") else "?"
        return f"{_capital(body)}{end}"
    if match := _ABOUT.match(body):
        about, rest = match[1], match[2]
        if _ASKS.match(rest):
            return f"{_capital(about)}: {rest}?"
        return f"{_capital(about)}: what {_be(rest)} the {rest}?"
    if re.match(r"(?:two|three|four|five|six)\s", body, re.IGNORECASE):
        return f"What are the {body[0].lower()}{body[1:]}?"
    sides = _VERSUS.split(body)
    if len(sides) > 1:
        return f"How do {', '.join(sides[:-1])} and {sides[-1]} differ?"
    if match := _LAST.match(body):
        noun = match["noun"]
        return f"What {_be(noun)} the {noun} of {match['of']}?"
    if text.endswith("?") and re.match(
        r"(?:role|purpose|point|goal|meaning|use)s? of\b", body, re.IGNORECASE
    ):
        return f"What is the {body[0].lower()}{body[1:]}?"
    return f"What is {body}?" if len(body.split()) <= 2 else f"Can you explain {_lower(body)}?"


def kind_of(prompt: str, section: str, *, listed: bool) -> QuestionKind:
    """What sort of answer the question asks for, by its words and those of its section."""
    if _QUICK.search(section):
        return "quick-fire"
    if _WHY.search(prompt):
        return "why"
    if _CONTRAST.search(prompt):
        return "contrast"
    if _FORMULA.search(prompt):
        return "formula"
    return "list" if listed or _LIST.search(prompt) else "definition"


def _be(noun: str) -> str:
    last = noun.rsplit(maxsplit=1)[-1].lower()
    many = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return "are" if many else "is"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[1:2].islower() or " " in text[:3] else text


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    usual = first[:1].isupper() and first[1:].islower() and first.isalpha()
    return text[:1].lower() + text[1:] if usual else text
