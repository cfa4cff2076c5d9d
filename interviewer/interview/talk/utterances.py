"""What kind of thing a candidate said: an answer, or one of the things said around answers.

Whole utterances in well-known words are decided by rules. Others are weighed by a linear model over
cues, pieces of words and the vector of a sentence encoder; a second one does without the vector. What
may well be an answer is one.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise

from interviewer.answer_text import hedges
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Question
from interviewer.common.base import Value
from interviewer.interview.talk import asking_back, objecting, subject, tails, utterance_rules
from interviewer.session.events import ANSWERS, UtteranceKind

LONGEST = 45
"""Words of the longest utterance that may be anything but an answer."""
MOST_CHARS = 400
"""The same in characters: a word may be as long as an answer."""
TALK = 0.8
"""The probability of being no answer from which an utterance is none."""
SHORT = 15
"""Words of the longest utterance that may be talk without a cue; a single one may not."""
PIECES = 2048
"""The size of the table that pieces of words are hashed to."""
PIECE_SCALE, VECTOR_SCALE = 5.0, 6.0
"""Lift the entries of unit vectors to about the size of the other features."""

_TALK_WORDS = frozenset(
    content(
        "question answer please sorry think know thing say give get go want need word help start"
        " little bit again next one more first last moment second time much many left right track"
        " example hint repeat mean idea sure hear understand skip pass yes no okay wait tell ask"
        " continue"
    )
)
_KINDS = tuple(dict.fromkeys(kind for kind, _ in utterance_rules.CUES))
_FORMULA = re.compile(r"[=≈∑√%:]")
_CLAUSE = re.compile(r"[.;:,!] \w")
_OF_FORM = re.compile(
    r"\bor\b|\b(?:do|did|would) you (?:want|need|expect|prefer|care)\b"
    r"|\b(?:should|shall|must|do) i (?:have to |need to )?(?:explain|mention|compare|include|cover|describe"
    r"|list|write|name|give|derive|start)\b|\b(?:included|you mean)\s*\?$",
    re.IGNORECASE,
)
_BEGINS = r"^\W*(?:(?:um+|uh+|so|and|but|or|wait|sorry|ok(?:ay)?|well|hm+|just|also|then)\b\W*)*"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _BEGINS + r"(?:what|which|how|where|when|why|who|whose|wdym|in (?:what|which))\b",
        _BEGINS
        + r"(?:is|are|was|were|do|does|did|can|could|would|will|should|shall|may|might|must|am|have"
        r"|has|need)\b",
        _BEGINS
        + r"(?:please|pls|plz|kindly|let(?:'s| me| us)|give|show|tell|help|say|explain|define|go|skip"
        r"|move|wait|hold|repeat|read)\b",
        r"\b(?:you|your|you're|u|ur|sir|mate|man)\b",
        r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|we)\b",
        r"\b(?:questions?|answers?|examples?|hints?|interview|words?|formulas?|sentences?|grades?|scores?"
        r"|points?"
        r"|topics?|next|minutes?|seconds?|time|english|case|meaning|idea|clue)\b",
        r"[^\x00-\x7f’“”…–—√≈≤≥·×−∑α-ωΑ-Ω⁻₀-₉]",
    )
)
"""A question for a word, one for yes or no, a request; you, I, words about the interview; foreign letters."""
OFFERED = 6
"""Words on either side of an "or" that are what is offered."""
_ABOUT_TALK = re.compile(
    r"\b(?:question|repeat|again|mean|understand|hint|example|skip|pass|next|rephrase|know|remember|idea|clue"
    r"|said"
    r"|say|told|grade|fair|sure|think|you|explain|define|word)\b",
    re.IGNORECASE,
)
_OF_ANSWERS = re.compile(
    r"\b(?:i(?:'m|'ve|'d)?|my|me|mine|you(?:'re)?|your|u|ur|we|grad\w*|scor\w*|fair\w*|mark\w*|points?|wrong|right"
    r"|said|says?|told|count\w*|already|before|again|correct\w*|answer\w*|listen\w*|miss\w*|not|no|that|this"
    r"|agree\w*|disput\w*|object\w*|read|earlier|above|twice|literally)\b",
    re.IGNORECASE,
)
"""Who protests, against whom or what: of which nearly every protest names one."""
_CLAUSES = re.compile(r"[.;:,!?…]+|\bbut\b")
_AGAIN = re.compile(
    r"^\W*(?:(?:but|well|as|like|and|no|yes)[, ]+)*i (?:have |'ve )?(?:already |just |literally )?"
    r"(?:said|told you|mentioned|wrote|named)(?: (?:it|that|this|so))?(?: (?:already|before|twice|just now))?"
    r"\s*[:,–—-]\s*",
    re.IGNORECASE,
)
_WHAT_ELSE = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?)[, ]+)*what (?:else|more) (?:do you (?:want|need)|would you like"
    r"|are you (?:after|looking for))(?: to (?:hear|know))?(?: from me)?\W*$",
    re.IGNORECASE,
)
_REMIND = re.compile(
    r"^\W*(?:(?:sorry|wait|and|so|but|can i ask|may i ask)\W+)*what (?:exactly )?(?:do )?you mean by [^.!?;:]{2,40}\?"
    r"|^\W*(?:(?:sorry|wait|and|so|but|um+|uh+|hm+|ok(?:ay)?)\W+)*(?:what"
    r"(?:'s|’s| is| are| was| does| do)|remind me what)"
    r" (?!the (?:question|word)\b)[^.!?;:]{2,40}\bagain\b[^.!;:]{0,30}\?",
    re.IGNORECASE,
)
"""A word is asked for: "Can I ask what you mean by production system?", "What's a lower bound again?" """
_YES_OR_NO = re.compile(r"^\W*(?:yes|no|yeah|nope|both|neither)\W*$", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:but|maybe|probably|perhaps|possibly|i(?:'d)? (?:guess|think|suppose|believe|say|go with)|though)\b",
    re.IGNORECASE,
)

Vector = Sequence[float]


class UtteranceModels(Value):
    """The linear models, fitted by training/fit_utterances.py: a row of numbers per kind.

    plain: over what `features` sees, then pieces of words. embedded: over those, then the vector.
    """

    kinds: tuple[UtteranceKind, ...]
    plain: tuple[tuple[float, ...], ...]
    embedded: tuple[tuple[float, ...], ...]


def kind_of(
    text: str,
    asked: str,
    question: Question,
    weights: Callable[[], UtteranceModels | None],
    vector: Callable[[str], Vector | None] = lambda _: None,
) -> UtteranceKind:
    """What kind of thing was said in reply to `asked`, the words of the question or of a probe.

    weights and vector, the text's by the shipped encoder, are asked for only where there is a doubt;
    either may be missing. Without weights what is in doubt is an answer.
    """
    if len(text) > MOST_CHARS or len(text.split()) > LONGEST:
        return "answer"
    if objecting.objects(text, asked, question):
        return "protest"
    if (kind := utterance_rules.said_whole(text, asked)) is not None:
        return kind
    if _WHAT_ELSE.match(text):
        return "on-track"
    if (asks := asking_back.asks_only(text, asked, question)) is not None:
        return asks
    if asking_back.only_supposes(text, asked, question):
        return "clarify"
    if (asked_for := _REMIND.match(text)) and not text[asked_for.end() :].strip():
        return "define"
    if (
        _answers_itself(text)
        or _says_it_again(text, asked, question)
        or _answers_first(text, asked, question)
        or _asks_if_right(text)
        or _asks_for_a_view_of_it(text)
        or _chooses(text, asked)
    ):
        return "answer"
    found = features(text, asked, question)
    kind = _weighed(text, found, weights, vector)
    if kind == "clarify" and _asks_for_assent(text, asked, question):
        return "answer"
    if kind == "protest" and _speaks_of_no_answer(text, asked, question):
        return "answer"
    return "answer" if kind not in ANSWERS and _ends_in_one(text, asked, question) else kind


def _weighed(
    text: str,
    found: Sequence[float],
    weights: Callable[[], UtteranceModels | None],
    vector: Callable[[str], Vector | None],
) -> UtteranceKind:
    cued = any(found[: len(utterance_rules.CUES)])
    if not cued and not 1 < len(text.split()) <= SHORT:
        return "answer"
    if (models := weights()) is None:
        return "answer"
    seen, rows = [*found, *pieces(text)], models.plain
    read = vector(text)
    if read is None and not cued:
        return "answer"
    if read is not None:
        seen, rows = [*seen, *(VECTOR_SCALE * x for x in read)], models.embedded
    scores = _scores(rows, seen)
    return _most_likely(models.kinds, scores)


def _answers_itself(text: str) -> bool:
    """Whether a statement without any cue follows a question: "What is it? It is the log." """
    _, mark, after = text.partition("?")
    statement = after.strip()
    return (
        bool(mark)
        and len(statement.split()) >= 4
        and not statement.endswith("?")
        and not any(utterance_rules.cues_in(utterance_rules.untwisted(statement)))
    )


def _says_it_again(text: str, asked: str, question: Question) -> bool:
    """Whether a follow-up is answered by what was said before: "I said it already: the rare ones." """
    again = _AGAIN.match(text.replace("’", "'"))
    if again is None or asked == question.prompt:
        return False
    return bool(set(content(text[again.end() :])) & (subject.told(question) | set(content(asked))))


def _answers_first(text: str, asked: str, question: Question) -> bool:
    """Whether an answer without a cue stands before what is for the interviewer: "No. What else?" """
    tail = tails.tail_of(text)
    if tail is None or not text.rstrip().endswith(tail.words):
        return False
    before = utterance_rules.untwisted(text.rstrip()[: -len(tail.words)])
    told = set(content(before)) & (
        subject.told(question) - set(content(f"{asked} {question.prompt}"))
    )
    chosen = tail.kind != "request" and bool(_YES_OR_NO.match(before))
    return chosen or (bool(told) and not any(utterance_rules.cues_in(before)))


def _asks_for_a_view_of_it(text: str) -> bool:
    """Whether something is said and then asked what is thought of it: "The log. Or is that wrong?" """
    tail = tails.tail_of(text)
    if tail is None or tail.kind != "view" or not text.rstrip().endswith(tail.words):
        return False
    before = utterance_rules.untwisted(text.rstrip()[: -len(tail.words)])
    if "?" in before or any(utterance_rules.cues_in(before)):
        return False
    return len(set(content(before)) - _TALK_WORDS) >= 2


def _asks_if_right(text: str) -> bool:
    """Whether something is said, without a cue, and then asked whether it is right: "The log, right?" """
    if not hedges.assent_asked(text):
        return False
    said = utterance_rules.untwisted(hedges.unhedged(text))
    return bool(set(content(said)) - _TALK_WORDS) and not any(utterance_rules.cues_in(said))


def _chooses(text: str, asked: str) -> bool:
    """Whether a follow-up that offers a choice is answered in its words: "easy or hard?", "Hard." """
    if " or " not in asked or "?" in text or _ABOUT_TALK.search(text):
        return False
    before, _, after = asked.rpartition(" or ")
    offered = set(
        content(f"{' '.join(before.split()[-OFFERED:])} {' '.join(after.split()[:OFFERED])}")
    )
    return bool(offered & set(content(text)))


def _speaks_of_no_answer(text: str, asked: str, question: Question) -> bool:
    """Whether a protest names nobody, nothing said and no grade, and something else besides: "how often it
    is in there, scaled by how rare it is overall"."""
    line = utterance_rules.untwisted(text)
    if "?" in line or _OF_ANSWERS.search(line):
        return False
    left = content(_without(line, utterance_rules.cues_in(line)))
    return len(set(left) - set(content(f"{asked} {question.prompt}")) - _TALK_WORDS) > 1


def _ends_in_one(text: str, asked: str, question: Question) -> bool:
    """Whether its last clause brings words of the answer and no cue: "One moment... the residual." """
    *before, last = [
        clause for clause in _CLAUSES.split(utterance_rules.untwisted(text)) if clause.strip()
    ] or [""]
    if not before or text.rstrip().endswith("?") or any(utterance_rules.cues_in(last)):
        return False
    known = set(content(f"{asked} {question.prompt}")) | _TALK_WORDS
    return bool((set(content(last)) - known) & subject.told(question))


def _asks_for_assent(text: str, asked: str, question: Question) -> bool:
    """Whether it names no choice and brings words of the answer: "Can I say dot product over norms?"

    Who writes an equation answers, whatever stands around it.
    """
    if "=" in text:
        return True
    said = set(content(text)) - set(content(f"{asked} {question.prompt}"))
    return not _OF_FORM.search(text) and bool(said & subject.told(question))


def features(text: str, asked: str, question: Question) -> list[float]:
    """What the models see of an utterance: its cues first, then what is left beside them.

    Words of the references that were not in the question are a sign of an answer.
    """
    line = utterance_rules.untwisted(text)
    spans = utterance_rules.cues_in(line)
    before = set(content(f"{asked} {question.prompt}"))
    taught = subject.told(question) - before
    fresh = [w for w in content(line) if w not in before | _TALK_WORDS]
    rest = [w for w in content(_without(line, spans)) if w not in before | _TALK_WORDS]
    cued = {
        kind: 0.0 if span is None else 1.0
        for (kind, _), span in sorted(
            zip(utterance_rules.CUES, spans, strict=True), key=lambda f: bool(f[1])
        )
    }
    kinds = [cued[kind] for kind in _KINDS]
    taught_left = any(w in taught for w in rest)
    forms = [float(bool(form.search(line))) for form in _FORMS]
    named = any(_names(term, line) for term in question.terms)
    hedged, size = bool(_HEDGE.search(line)), len(text.split())
    plain: list[float] = [
        1, min(size, 40) / 20, text.rstrip().endswith("?"), size <= 3, "?" in text, not rest,
        min(len(rest), 6) / 3, min(len(fresh), 8) / 4, any(w in taught for w in fresh), taught_left,
        not any(kinds), sum(kinds) > 1, bool(_FORMULA.search(line)), bool(_CLAUSE.search(line)),
        hedged, hedged and bool(rest), *_beside_cues(line, before, taught), *kinds,
        *(k * (not rest) for k in kinds), *(k * taught_left for k in kinds),
        *forms, *(form * (not rest) for form in forms), *(form * taught_left for form in forms),
        named, named and any(forms[:2]), named and not taught_left, named and size <= 6,
    ]  # fmt: skip
    return [*(float(span is not None) for span in spans), *map(float, plain)]


def _names(term: str, line: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", line, re.IGNORECASE) is not None


def _beside_cues(line: str, before: set[str], taught: set[str] | frozenset[str]) -> list[float]:
    """Of the clauses without any cue: whether one brings words of its own, whether those are of the
    answer, and how many of them the longest has. "One moment... it is the residual" has such a one.
    """
    found = [
        [w for w in content(clause) if w not in before | _TALK_WORDS]
        for clause in _CLAUSES.split(line)
        if not any(utterance_rules.cues_in(clause))
    ]
    return [
        float(any(found)),
        float(any(w in taught for words in found for w in words)),
        min(max(map(len, found), default=0), 6) / 3,
    ]


def _without(text: str, spans: Sequence[tuple[int, int] | None]) -> str:
    kept = list(text)
    for start, end in filter(None, spans):
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def pieces(text: str) -> list[float]:
    """Words, neighbours and runs of letters of a text, hashed to a vector of length PIECE_SCALE."""
    tokens = re.findall(r"[a-z0-9']+|[^\sa-z0-9']", text.lower().replace("’", "'"))
    ends = ("^", *tokens, "$")
    found = [f"1{token}" for token in tokens]
    found += ["2" + " ".join(pair) for pair in pairwise(ends)]
    found += ["3" + " ".join(three) for three in zip(ends, ends[1:], ends[2:], strict=False)]
    for token in tokens:
        edged = f"<{token}>"
        for size in (3, 4):
            found += ["c" + edged[at : at + size] for at in range(len(edged) - size + 1)]
    table = [0.0] * PIECES
    for piece in found:
        hashed = zlib.crc32(piece.encode("utf-8", "replace"))
        table[hashed % PIECES] += 1.0 if hashed & 0x80000000 else -1.0
    norm = math.sqrt(sum(x * x for x in table)) or 1.0
    return [PIECE_SCALE * x / norm for x in table]


def _scores(rows: Sequence[Vector], seen: Vector) -> list[float]:
    there = [(at, x) for at, x in enumerate(seen) if x]
    return [sum(row[at] * x for at, x in there) for row in rows]


def _most_likely(kinds: Sequence[UtteranceKind], scores: Sequence[float]) -> UtteranceKind:
    top = max(scores)
    shares = {k: math.exp(score - top) for k, score in zip(kinds, scores, strict=True)}
    talk = {k: share for k, share in shares.items() if k not in ANSWERS}
    if sum(talk.values()) < TALK * sum(shares.values()):
        return max(ANSWERS, key=lambda kind: shares[kind])
    return max(talk, key=lambda kind: talk[kind])
