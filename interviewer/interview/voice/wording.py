"""Whether words of a language model may be said to a candidate: the linter of the interviewer.

It is pure. Numbers that need an encoder or a grader come from the caller as `Gauged`. Thresholds
were set on the 152 written probes of the shipped bank, which give nothing away, and on its criteria
and accepts turned into questions, which do; see docs/adr/0005-the-interviewer.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.answer_text.guards import addressed_to_grader
from interviewer.answer_text.leaks import gives_away
from interviewer.answer_text.normalize import content, words
from interviewer.interview.voice.verdict_words import judges

Form = Literal["follow-up", "clarification", "lead"]
Fault = Literal[
    "empty",
    "markup",  # markup, addresses, fences, control characters
    "instructions",  # words to a grader or a model, or its own role
    "not-a-question",
    "not-a-lead",  # a lead that asks, explains, or leads nowhere
    "too-long",
    "asks-two",
    "verdict",  # praise, blame, or what amounts to them
    "leak",  # gives a criterion away
    "off-subject",
    "repeats",
]

LIMITS: dict[Form, tuple[int, int]] = {
    "follow-up": (30, 2),
    "clarification": (45, 2),
    "lead": (20, 1),
}
"""Words and sentences at most."""
LIKENESS = 0.8
"""Cosine with a criterion from which a wording gives it away."""
EARNED = 0.5
"""Credit from which a wording, graded as if it were an answer, gives a criterion away."""
SUBJECT = 0.2
"""Cosine with the prompt, the answer and the target below which a wording has left the subject."""
KEEPS_SUBJECT = 0.35
"""The same for a wording that shares no content word with them."""
SAME = 0.85
"""The share of words in common from which a wording repeats an earlier one."""
MOST_CHARS = 1_000
"""Nothing longer is looked at more closely: some checks take the square of a text's length."""


@dataclass(frozen=True)
class Gauged:
    """What an encoder and a grader say of a wording; None where there is none.

    likeness: cosine with the nearest hidden statement. subject: cosine with the nearest of prompt,
    answer and target. earned: the credit it would get as an answer, in [0, 1].
    """

    likeness: float | None = None
    subject: float | None = None
    earned: float | None = None


@dataclass(frozen=True)
class Brief:
    """What a wording is held against.

    said: what the candidate said, "" if nothing. topic: what it should be about, not to be said.
    statements: claims that must not be given away; exemplars: other ways to say them. earlier: what
    was put before.
    """

    form: Form
    prompt: str
    said: str = ""
    topic: str = ""
    statements: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """What the candidate has before them already."""
        return (self.prompt, self.said, *self.earlier)


_LABEL = re.compile(
    r"^\s*(?:[\"'“”*_`]*\s*)?(?:follow[- ]?up(?: question)?|question|interviewer|clarification|reply"
    r"|transition|sentence|answer)\s*(?:\d+\s*)?[*_`]*\s*[:：]\s*[*_`]*",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"^(?:(?:sure|certainly|of course|okay|ok|yes)\b[,.!]*\s*)?(?:here(?:'|’)?s|here is)\b[^:?]{0,60}:\s*",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "*": "*", "`": "`", "_": "_"}


def tidy(reply: str) -> str:
    """The reply on one line, without a label before it or quotes around it.

    Of a reply far too long to be said only so much is kept that the linter sees it is too long.
    """
    text = " ".join(reply[: 2 * MOST_CHARS].split())
    for _ in range(3):
        text = _LABEL.sub("", _PREAMBLE.sub("", text, count=1), count=1).strip()
        if len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
            text = text[1:-1].strip()
    return text


_MARKUP = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|org|net|io)\b|```|`|\*\*|__|^\s*(?:#|>|[-*•]\s|\d+[.)]\s)"
    r"|</?[a-z!?|]|\|>|\[[^\]]*\]\(|={3,}|-{3,}|#{2,}|\\[a-zA-Z]+\{|\$[^$]+\$|\{\s*[\"']",
    re.IGNORECASE,
)
_INSTRUCTIONS = re.compile(
    r"\b(?:as an? (?:ai|language model|interviewer|assistant)|i(?:'m| am) (?:an? )?(?:ai|assistant)"
    r"|here(?:'s|’s| is) (?:a|an|the|my|your|one|another)\b[^?]{0,30}(?:follow|question|clarif|sentence|rephras|one)"
    r"|(?:the|this|my) (?:follow-?up|rubric|criteri\w+|target|reference answer|instructions?|prompt)\b"
    r"|the candidate(?:'s)?\b|system prompt|(?:user|assistant|system|interviewer|candidate)\s*:"
    r"|i (?:can(?:no|'|’)?t|am (?:not able|unable))\b|\bignore (?:all|the|any|previous))",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"(?:,|;|—|–|\band\b|\bor\b|\balso\b|\bplus\b)\s*(?:and |or |also |then )*(?:what|how|why|when|where|which|who"
    r"|(?:do|does|did|can|could|would|should|is|are|will) (?:you|it|they|this|that|there|we|the))\b",
    re.IGNORECASE,
)
_CLAUSE_BEFORE = re.compile(
    r"^(?:when|where|if|once|since|while|as|given|because|though|although|suppose|say|for|in|with"
    r"|under|after|before|you|let(?:'|’)?s|take|think|imagine|looking|thinking|going|coming|back)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\(\s*(?:[a-d1-4]|i{1,3})\s*\)|\b[1-4][.)]\s|\b(?:first|firstly)\b.*\b(?:second|secondly|then)\b"
    r"|\bas well as (?:what|how|why)\b|\bboth\b[^?]*\band (?:how|why|what)\b",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"\b(?:next|now|turn(?:ing)?|mov(?:e|ing)|go(?:ing)?|from|leav(?:e|ing)|let(?:'|’)?s|let us|onwards?"
    r"|on to|shift(?:ing)?|switch(?:ing)?|stay(?:ing)?|(?:brings|leads|takes) us|continu(?:e|ing))\b",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:because|since|due to|therefore|thus|means|is defined|consists?)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:what|how|why|when|where|which|who|whom|whose|do|does|did|is|are|was|were|can|could|would|will"
    r"|should|has|have|may|might)\b",
    re.IGNORECASE,
)


def faults(text: str, brief: Brief, measured: Gauged | None = None) -> tuple[Fault, ...]:
    """Everything that forbids saying the text, most telling first; empty if it may be said."""
    if len(text) > MOST_CHARS:
        return ("too-long",)
    if not words(text):
        return ("empty",)
    numbers = measured or Gauged()
    checks: Sequence[tuple[Fault, bool]] = (
        ("leak", _leaks(text, brief, numbers)),
        ("markup", is_marked_up(text)),
        ("instructions", bool(_INSTRUCTIONS.search(text) or addressed_to_grader(text))),
        ("verdict", judges(text, brief.prompt)),
        ("not-a-question", brief.form == "follow-up" and not is_question(text)),
        ("not-a-lead", brief.form == "lead" and not is_lead(text)),
        ("asks-two", brief.form == "follow-up" and asks_two(text)),
        ("too-long", _too_long(text, brief.form)),
        ("repeats", brief.form == "follow-up" and _repeats(text, (brief.prompt, *brief.earlier))),
        ("off-subject", _off_subject(text, brief, numbers)),
    )
    return tuple(name for name, found in checks if found)


def _leaks(text: str, brief: Brief, measured: Gauged) -> bool:
    if measured.likeness is not None and measured.likeness >= LIKENESS:
        return True
    if measured.earned is not None and measured.earned >= EARNED:
        return True
    return gives_away(text, brief.statements, brief.exemplars, brief.known)


def is_marked_up(text: str) -> bool:
    """Whether the text is more than plain words: markup, an address, a fence, control characters."""
    return bool(_MARKUP.search(text)) or any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "So") for char in text
    )


def is_question(text: str) -> bool:
    """Whether the text ends in a question with a word that asks."""
    last = re.split(r"(?<=[.!?])\s+", text.strip())[-1]
    return last.endswith("?") and bool(_ASKS.search(last))


def is_lead(text: str) -> bool:
    """Whether the text is a statement that leads on and explains nothing."""
    return (
        text.endswith((".", "!"))
        and "?" not in text
        and bool(_LEADS_ON.search(text))
        and not _EXPLAINS.search(text)
    )


def asks_two(text: str) -> bool:
    """Whether more than one thing is asked."""
    if text.count("?") > 1 or _LISTED.search(text):
        return True
    for found in _TWO.finditer(text):
        before = re.split(r"(?<=[.!?:])\s+", text[: found.start()])[-1].strip()
        joined = re.match(r"\b(?:and|or|also|plus)\b", found[0], re.IGNORECASE)
        # "When it grows, what happens?" asks one thing; so does "You said X, but how ...?"
        if (
            before
            and (_ASKS.search(before) if not joined else True)
            and not _CLAUSE_BEFORE.match(before)
        ):
            return True
        if joined and _ASKS.search(before):
            return True
    return False


def _too_long(text: str, form: Form) -> bool:
    most, sentences = LIMITS[form]
    return len(text.split()) > most or len(re.findall(r"[.!?…]+(?=\s|$)", text)) > sentences


def _repeats(text: str, earlier: Iterable[str]) -> bool:
    said = set(words(text))
    for other in earlier:
        known = set(words(other))
        if known and len(said & known) / len(said | known) >= SAME:
            return True
    return False


def _off_subject(text: str, brief: Brief, measured: Gauged) -> bool:
    if measured.subject is not None and measured.subject < SUBJECT:
        return True
    if measured.subject is not None and measured.subject >= KEEPS_SUBJECT:
        return False
    subject = {w for known in (*brief.known, brief.topic) for w in content(known)}
    return bool(subject) and not subject & set(content(text))
