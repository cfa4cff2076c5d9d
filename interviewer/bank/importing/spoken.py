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
    " step function effect"
).split()
_LAST = re.compile(
    r"^(?P<of>.+?)(?P<own>['’]s)?\s+(?P<noun>(?:key |main |core |masking |training |pre-training |pretraining )?(?:"
    + "|".join(f"{n}(?:es|s)?" for n in _NOUNS)
    + r"|ideas|properties|complexities))$",
    re.IGNORECASE,
)
_COLON = re.compile(r"^(.{2,60}?):\s+(.{2,})$")
_NAMED = re.compile(r"^(?:contrast|list|name|sketch|state|write)\b", re.IGNORECASE)
"""What is a noun as well as a command: "Write skew?", "List comprehension?"."""
_NOUN_OF = re.compile(r"^(?!an?\s|the\s)(?:[\w'’-]+\s+){1,2}(?<!s\s)of\s", re.IGNORECASE)
"""What asks for one thing of another, in a few words: "Net ATP of glycolysis?"."""
_VALUE = re.compile(
    r"^(?:average|default|majority|maximum|minimum|number|typical|usual)\b", re.IGNORECASE
)
_FORMULA = re.compile(
    r"\b(?:formula|equation|complexity|big-?o|derive|how many parameters)\b", re.IGNORECASE
)
_SETTING = re.compile(r"^([^?]{8,300}?[^.?!]{2}\.)\s+([A-Z][^.?!]{2,200}\?)$", re.DOTALL)
"""What is so, and a question about it: "A pod keeps restarting. What do you do?"."""
_QUOTED = re.compile(r"^[\"“](.{2,400}?)[\"”]$", re.DOTALL)
_HASTE = re.compile(r"^(what|how|who|where|why)s\s+", re.IGNORECASE)
_AND = re.compile(r"^and\s+(?=\S)", re.IGNORECASE)
_SLASH = re.compile(r"^([\w-]{2,30})\s+/\s+([\w-]{2,30}\s*\??)$")
_FOREIGN = re.compile(
    r"^¿|[\u0370-\u03ff\u0400-\u05ff\u0600-\u06ff\u0900-\u0dff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{3}"
    r"|^(?:was|wer|wie|wo|wann|warum|wieso|weshalb|welche[rsnm]?|wozu|erkläre|nenne|qu['’ ]|que|quoi|pourquoi|comment"
    r"|quel(?:le)?s?|cos['’]|come|perch[eé]|qual[ei]?|por qu[eê]|porque|como|o que|hva|vad|wat|waarom|hoe)\b"
    r"(?!.*\b(?:is|are|the)\b)",
    re.IGNORECASE,
)
"""A question in another language, which stays as it stands; "Was the ...?" is none."""
_WHY = re.compile(r"\bwhy\b|\breason\b|\bhow come\b", re.IGNORECASE)
_CONTRAST = re.compile(
    r"\bvs\.?\b|\bversus\b|\bdiffer|\bcompare|\bcontrast\b|\brather than\b", re.IGNORECASE
)
_LIST = re.compile(r"^(?:name|list)\b|^which\b.*\bare\b|\b(?:two|three|four|five)\b", re.IGNORECASE)
_LIST_OF = re.compile(r"^\w+\s+(?:an?|all|any|one|some|the|two|three|four|five)\b", re.IGNORECASE)
_QUICK = re.compile(r"\b(?:quick|rapid|lightning|speed)[\s-]*(?:fire|round)?\b", re.IGNORECASE)


def spoken(heading: str) -> str:
    """The heading as one spoken question; as it stands where it is one."""
    text = _plain_words(" ".join(heading.split()).strip())
    body = re.sub(r"\s*=?\s*\?+$", "", text).rstrip(" :.")
    if not body or _FOREIGN.search(text):
        return text
    if _is_named(text, body):
        return f"What is {_lower(body)}?"
    if (match := _SETTING.match(text)) and _ASKS.match(match[2]):
        return _capital(text)
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
    if (match := _COLON.match(body)) and _ASKS.match(match[2]) and not _TOLD.match(match[2]):
        return f"{_capital(match[1])}: {match[2]}?"
    sides = _VERSUS.split(body)
    if len(sides) > 1:
        first = _lower(sides[0]) if sides[1][:1].islower() else sides[0]
        return f"How do {', '.join((first, *sides[1:-1]))} and {sides[-1]} differ?"
    if match := _LAST.match(body):
        noun = match["noun"]
        return f"What {_be(noun)} the {noun} of {match['of']}?"
    if text.endswith("?") and re.match(
        r"(?:role|purpose|point|goal|meaning|use|function|effect|definition)s? of\b",
        body,
        re.IGNORECASE,
    ):
        return f"What is the {body[0].lower()}{body[1:]}?"
    if _VALUE.match(body) or (text.endswith("?") and _NOUN_OF.match(body)):
        return f"What is the {_lower(body)}?"
    return _bare_term(body)


def _bare_term(body: str) -> str:
    said = body.split()
    if len(said) > 2:
        return f"Can you explain {_lower(body)}?"
    plain = len(said) == 2 and said[1].islower()
    return f"What {_be(body) if plain else 'is'} {_lower(body) if plain else body}?"


def _plain_words(text: str) -> str:
    """The text as it is said: without quotes around all of it, and with what was typed in haste."""
    if (match := _QUOTED.match(text)) and not any(mark in match[1] for mark in '"“”'):
        text = match[1]
    if text.endswith("?"):
        text = _AND.sub("", text)
    if match := _HASTE.match(text):
        text = f"{match[1]}'s {text[match.end() :]}"
    return _SLASH.sub(r"\1 and \2", text)


def _is_named(text: str, body: str) -> bool:
    """Whether a question of a few words begins with a noun that might be a command."""
    few = len(body.split()) <= 3 and not any(c.isdigit() for c in body)
    return text.endswith("?") and few and bool(_NAMED.match(body)) and not _LIST_OF.match(body)


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
