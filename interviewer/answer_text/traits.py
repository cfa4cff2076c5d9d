"""What an answer's text is like, told from its words alone: taken back, put both ways, general."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence

_BOTH_WAYS = re.compile(
    r"\bor (?:maybe|perhaps|possibly|is it|was it|the other way)\b"
    r"|\b(?:maybe|perhaps|possibly)\b[^.!?\n]{1,120}\bor\b"
    r"|\beither\b[^.!?\n]{1,160}\bor\b[^.!?\n]{0,80}\b(?:not sure|don(?:'|’)?t know|which|i (?:guess|forget))\b"
    r"|\b(?:not sure|can(?:'|’)?t (?:remember|recall|say)|don(?:'|’)?t (?:remember|recall))"
    r"[^.!?\n]{0,30}\b(?:which|(?:whether|if it)\b[^.!?\n]{1,120}\bor\b|or\b)"
    r"|\bone or the other\b|\bmixing (?:them|these) up\b",
    re.IGNORECASE,
)

_TAKEN_BACK = re.compile(
    r"\b(?:actually,? no|no,? (?:wait|sorry|actually)|wait,? no|sorry,? no|scratch that|strike that"
    r"|i take (?:that|it) back|(?:the )?other way (?:a)?round|(?:no|not|wait),? the opposite"
    r"|i meant?,? (?:no|not|rather|the (?:opposite|other))|no,? i meant|i misspoke)\b"
    r"|[.,;!?–—…] ?i meant? (?!what\b)"
    r"|(?:^|[.!?;,…])\s*correction\s*[:,]|(?:\.\.\.|…) ?(?:no|not)\b",
    re.IGNORECASE,
)
_FITS_ANYTHING = re.compile(
    r"\b(?:leverag\w+|utili[sz]\w+|robust\w*|holistic\w*|synerg\w+|seamless\w*|scalab\w+|sophisticated|advanced"
    r"|modern|state[- ]of[- ]the[- ]art|cutting[- ]edge|powerful\w*|meaningful\w*|essence|essential\w*"
    r"|crucial\w*"
    r"|important\w*|fundamental\w*|underlying|intelligen\w+|smart\w*|nuanc\w+|insight\w*|rich\w*|deep(?:er|ly)?"
    r"|complex\w*|complicated|dynamic\w*|optimi[sz]\w*|optimal\w*|performan\w+|efficien\w+|effective\w*|quality"
    r"|framework|paradigm|approach\w*|techni\w+|method\w*|mechanism|strateg\w+|system\w*|process\w*|solution\w*"
    r"|tool|various|many|several|different|all sorts|kinds? of|sort of|aspects?|factors?|things?|stuff"
    r"|everything"
    r"|depend(?:s|ing)?|scenarios?|use[- ]cases?|situations?|contexts?|in general|generally|basically|overall"
    r"|essentially|typically|usually|commonly|standard|well[- ]known|best practices?|balanc\w+|trade-?offs?"
    r"|improv\w+|better|helps?|helpful|useful|enabl\w+|ensur\w+|handl\w+|manag\w+|deals?|capabilit\w+|flexib\w+"
    r"|adapt\w*|align\w*|enhanc\w+|boost\w*|tailor\w*|calibrat\w+|refin\w+|relevant|relevance|appropriate\w*"
    r"|practices?|people|everyone|everybody|everywhere|works?|well|ways?|ideas?|fields?|merits?|pros|whole"
    r"|proper\w*|suitable|comprehensive\w*|overview|big picture|landscape|domain|value|impact|results?)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b[A-Z]{2,5}s?\b")
_FAULT = re.compile(
    r"\b(?:limitations?|removes?|avoids?|problems?|goes wrong|drawbacks?|weakness(?:es)?|fails?|spares?"
    r"|gets? rid|does away|no longer|downsides?|costs? you|suffers?|overcomes?)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due to|therefore|thereby|hence|otherwise|in order to|which means|so that|as a result"
    r"|that(?:'s|’s| is| was) why|so (?:it|they|you|we|the|a|an|that|this|each|every|there|all|no)"
    r"|(?:leads?|led) to|depends? on|in case|if)\b",
    re.IGNORECASE,
)
FEW_WORDS = 6
"""Content words below which an answer says little, where it gives no reason and nothing exact."""
LEAST_WORDS, LEAST_VAGUE, VAGUE_SHARE = 8, 3, 0.35
"""From how many words, of which so many fit anything, an answer is general; of its longer words that share."""
NEARLY = 0.34
"""The share of a statement's words from which an answer is about it."""
BREATH = 24
"""Characters after a claim in which it is taken back."""


def taken_back(answer: str, evidence: Evidence) -> bool:
    """Whether the candidate takes these words back, in them or right after them."""
    return _TAKEN_BACK.search(answer[evidence.start : evidence.end + BREATH]) is not None


def takes_back(answer: str) -> bool:
    """Whether an answer begins by taking back what was said before it."""
    return _TAKEN_BACK.search(answer[: 2 * BREATH]) is not None


def touched(answer: str, statement: str, *, prompt: str) -> float:
    """The share of a statement's own words that an answer holds, those of the prompt aside, in [0, 1]. One
    that stands for its initials, "NSP", holds the words."""
    own = set(content(statement)) - set(content(prompt))
    said = set(content(answer)) | spelled_out(answer, statement)
    said |= {word for short in _initialed(answer, statement) for word in content(short)}
    return len(own & said) / len(own) if own else 0.0


def _initialed(answer: str, statement: str) -> list[str]:
    """The initials in a statement whose words the answer gives in their stead."""
    return [s for s in _SHORT.findall(statement) if spelled_out(s, answer)]


def both_ways(words: str) -> bool:
    """Whether something is put both ways: "it grows, or maybe it shrinks"."""
    return _BOTH_WAYS.search(words) is not None


def asks_for_a_fault(asked: str) -> bool:
    """Whether a follow-up asks what is wrong or done away with: its reply names that and does not claim it."""
    return _FAULT.search(asked) is not None


def spelled_out(answer: str, statement: str) -> set[str]:
    """The words of a statement whose initials the answer gives in their stead."""
    words = re.findall(r"[A-Za-z]+", statement)
    initials = "".join(word[0].casefold() for word in words)
    found: set[str] = set()
    for short in _SHORT.findall(answer):
        letters = short.rstrip("s").casefold()
        at = initials.find(letters)
        if at >= 0:
            found.update(content(" ".join(words[at : at + len(letters)])))
    return found


def echoed(answer: str, asked: str) -> int:
    """How many words of what was asked an answer takes up."""
    return len(set(content(asked)) & set(content(answer)))


def is_general(answer: str, asked: str, *, wanted: Iterable[str], prompt: str) -> bool:
    """Whether an answer is made of words that fit anything, besides those of what was asked, and hardly
    touches what is wanted.

    asked: the prompt or follow-up that it replies to. wanted: the statements of the criteria.
    """
    given = set(re.findall(r"[a-z'-]+", asked.casefold()))
    said = re.findall(r"[a-z'-]+", answer.casefold())
    words = [w for w in said if len(w) > 3 and w not in given]
    vague = sum(w.casefold() not in given for w in _FITS_ANYTHING.findall(answer))
    exact = re.search(r"\d|[=≈∑√/]", answer) is not None
    most = max((touched(answer, w, prompt=prompt) for w in wanted), default=0.0)
    return (
        len(answer.split()) >= LEAST_WORDS
        and vague >= LEAST_VAGUE
        and vague >= VAGUE_SHARE * len(words)
        and not exact
        and most < NEARLY
    )


def gives_reason(answer: str) -> bool:
    """Whether an answer gives a reason, a condition or a consequence for what it says."""
    return _REASON.search(answer) is not None


def is_vague(answer: str, asked: str, *, wanted: Iterable[str], prompt: str) -> bool:
    """Whether an answer says little or nothing concrete and gives no reason; arguments as in `is_general`."""
    if gives_reason(answer):
        return False
    little = len(set(content(answer)) - set(content(asked))) < FEW_WORDS
    exact = re.search(r"\d|[=≈∑√/]", answer) is not None
    return (little and not exact) or is_general(answer, asked, wanted=wanted, prompt=prompt)
