"""What is said beside an answer in the same breath: a protest, or a question back; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from interviewer.answer_text.hedges import assent_asked, unhedged
from interviewer.answer_text.spans import marked_sentences
from interviewer.bank.questions import Question
from interviewer.grading.grader import GradeRequest
from interviewer.session.events import Answered
from interviewer.session.record import Record, Turn

TailKind = Literal["protest", "view", "check", "offer", "request", "back"]

_PROTEST = re.compile(
    r"\bgrad(?:e|ing)\b.{0,40}\b(?:unfair|not fair|wrong|corrected|changed|harsh)\b"
    r"|\b(?:unfair|wrong|dispute|object to|contest|ignore|correct|change)\b.{0,40}\bgrad(?:e|ing)\b"
    r"|\bi (?:disagree|object)(?: that (?:this|that|it) was|[.!]|$)|\b(?:my points back|i lost (?:the"
    r" )?points)\b",
    re.IGNORECASE,
)
"""Scores, points and marks are what many an answer is about; a grade is not."""
_OPENING = r"^(?:(?:and|so|but|or|okay|by the way|sorry|um+|uh+|well)[, ]+)*"
_OFFER = re.compile(
    _OPENING
    + r"(?:(?:do you want|would you like|shall i|should i)\b|does (?:that|this) (?:cover|answer|suffice)"
    r"|is (?:that|this|it) (?:enough|all)(?: for you)?\W*$|(?:what|anything) (?:more|else)\b)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    _OPENING
    + r"(?:can|could|would|will) (?:you|i|we)\b.{0,20}\b(?:give|have|get|show|tell|explain|repeat"
    r"|rephrase|define|hear)\b.{0,20}\b(?:me|us|an?|the|it|that|this)\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    _OPENING
    + r"(?:(?:please|maybe|perhaps|just)[, ]+)*(?:(?:can|could|would|will|may) (?:you|i|we) .{0,20}?)?"
    r"(?:give|show|tell|have|get|need|want|like|ask|put|say|use|take)?\b.{0,20}\b(?:an? |any |some |the |your )?"
    r"(?:(?:\w+ ){0,2}(?:hints?|clues?|nudges?)\b.{0,20}(?:please|\?)|(?:in )?(?:other|simpler|different) words\b"
    r".{0,12}(?:please|\?))\W*$",
    re.IGNORECASE,
)
"""A request for help in so many words, wherever it stands."""
_BACK = re.compile(
    _OPENING
    + r"(?:what(?:'s| is)?|how|which|when|where|why|do|does|did|would|could|can|have|are)\b"
    r".{0,60}\byou(?:r|'d|'re|'ve)?\b"
    rf"|{_OPENING}(?:what(?:'s)? (?:about|happens|if|the point|is the point|comes)|why (?:do|does|is|are"
    rf"|would)|how (?:about|come)"
    r"|who (?:cares|says))\b",
    re.IGNORECASE,
)
MOST_WORDS = 20
"""Words of a sentence that is still one beside the answer."""


@dataclass(frozen=True)
class Tail:
    """A sentence of an answer that is for the interviewer.

    kind: "protest" at an earlier grade, a question for the interviewer's "view" of what was said, a "check"
    whether it is right, an "offer" to go on, a "request" for help, or another question "back".
    """

    kind: TailKind
    words: str


def answer_alone(answer: str) -> str:
    """What graders are shown of an answer: without hedges and without what is for the interviewer, with
    blanks in their stead, so that every offset stays what it was."""
    plain, tail = unhedged(answer), tail_of(answer)
    if tail is None or tail.kind == "check":
        return plain
    start = answer.rfind(tail.words)
    alone = plain[:start] + " " * len(tail.words) + plain[start + len(tail.words) :]
    return alone if re.search(r"\w", alone) else plain


def request(
    question: Question, record: Record, turn: Turn, answer: str | None = None
) -> GradeRequest:
    """What a grader is asked of an answer of that record, with what was said on its question before.

    question: the same with its exemplars. answer: what is graded in place of the turn's own.
    """
    said = (other.reply for other in record.turns[: record.turns.index(turn)])
    before = "\n".join(answer_alone(r.text) for r in said if isinstance(r, Answered))
    if answer is None:
        assert isinstance(turn.reply, Answered)
        answer = turn.reply.text
    return GradeRequest(question, answer_alone(answer), record.replied_to(turn), before)


def tail_of(answer: str) -> Tail | None:
    """What to take up beside the answer: a protest or a request for help anywhere in it, else a question that
    ends it.

    None where there is nothing, or nothing else: whoever only asks gives no answer. A check may end a
    sentence; the others are sentences by themselves.
    """
    # Its patterns take longer to compile than a first question should wait.
    from interviewer.interview.talk import objecting  # noqa: PLC0415

    parts = marked_sentences(answer)
    short = [p for p in parts if len(p.split()) <= MOST_WORDS]
    for words in short if len(parts) > 1 else ():
        if _PROTEST.search(words):
            return Tail("protest", words)
    for words in short if len(parts) > 1 else ():
        if words.rstrip().endswith("?") and objecting.asks_view(words):
            return Tail("view", words)
    if check := assent_asked(answer):
        return Tail("check", check)
    if len(parts) < 2:
        return None
    for words in short:
        if _HELP.search(words.replace("’", "'")):
            return Tail("request", words)
    last = parts[-1].replace("’", "'")
    if parts[-1] not in short or not last.endswith("?"):
        return None
    kinds: tuple[tuple[TailKind, re.Pattern[str]], ...] = (
        ("offer", _OFFER), ("request", _REQUEST), ("back", _BACK),
    )  # fmt: skip
    return next((Tail(kind, parts[-1]) for kind, found in kinds if found.search(last)), None)
