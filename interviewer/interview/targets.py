"""What a follow-up is about: decided from the question, the answer and its grade, never by a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import sentences
from interviewer.bank.questions import Criterion, Question
from interviewer.grading.answer_bound import read_part
from interviewer.grading.grades import AnswerGrade, Verdict

Reason = Literal["contradiction", "missing", "vague"]

MOSTLY = 0.65
"""The share of a criterion's words from which an answer may well have said it."""

_BOTH_WAYS = re.compile(
    r"\bor (?:maybe|perhaps|possibly|is it|was it|the other way)\b"
    r"|\b(?:maybe|perhaps|possibly)\b[^.!?\n]{1,120}\bor\b"
    r"|\beither\b[^.!?\n]{1,160}\bor\b[^.!?\n]{0,80}\b(?:not sure|don(?:'|’)?t know|which|i (?:guess|forget))\b"
    r"|\b(?:not sure|can(?:'|’)?t (?:remember|recall|say)|don(?:'|’)?t (?:remember|recall))"
    r"[^.!?\n]{0,30}\b(?:which|whether|if it|or)\b|\bone or the other\b|\bmixing (?:them|these) up\b",
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
LEAST_WORDS, LEAST_VAGUE, VAGUE_SHARE = 8, 3, 0.35
"""From how many words, of which so many fit anything, an answer is general; of its longer words that share."""
NEARLY = 0.34
"""The share of a criterion's words from which an answer is about it."""
PRESSED, SURELY = 0.7, 0.8
"""The confidence from which the candidate is asked to look at a wrong claim again; the second one where it
is in doubt whether the criterion that it is about was said."""
IN_DOUBT = 0.7
"""The confidence below which that is."""
BREATH = 24
"""Characters after a claim in which it is taken back."""


@dataclass(frozen=True)
class Target:
    """What one follow-up leads to.

    reason: "contradiction" (a wrong claim was made near the criterion, or it was put both ways),
    "missing" (nothing said on it) or "vague" (said by half). words: those of the answer that it
    takes up, "" where there are none.
    """

    reason: Reason
    criterion: Criterion
    words: str = ""


def in_order(
    question: Question, answer: str, grade: AnswerGrade, still_open: Sequence[Criterion]
) -> list[Target]:
    """One target per open criterion, the first to follow up first.

    Contradictions come first, then what is missing, then what is vague, and last what is missing by its
    grade while the answer holds most of its words; within each the order of `still_open`. grade: of
    that answer alone.
    """
    contradicted = _contradicted(question, answer, grade, still_open)
    missing, vague, nearly_said = [], [], []
    for criterion in still_open:
        if any(target.criterion.id == criterion.id for target in contradicted):
            continue
        words = _evidence(answer, grade.verdict(criterion.id))
        if _level(grade, criterion) == "partial":
            vague.append(Target("vague", criterion, words))
        elif touched(question, criterion, answer) >= MOSTLY:
            nearly_said.append(Target("missing", criterion))
        else:
            missing.append(Target("missing", criterion))
    return [*contradicted, *missing, *vague, *nearly_said]


def taken_back(answer: str, evidence: Evidence) -> bool:
    """Whether the candidate takes these words back, in them or right after them."""
    return _TAKEN_BACK.search(answer[evidence.start : evidence.end + BREATH]) is not None


def takes_back(answer: str) -> bool:
    """Whether an answer begins by taking back what was said before it."""
    return _TAKEN_BACK.search(answer[: 2 * BREATH]) is not None


def touched(question: Question, criterion: Criterion, answer: str) -> float:
    """The share of a criterion's own words that an answer holds, those of the prompt aside. One that
    stands for its initials, "NSP", holds the words."""
    own = set(content(criterion.statement)) - set(content(question.prompt))
    said = set(content(answer)) | spelled_out(criterion.statement, answer)
    said |= {word for short in _initialed(answer, criterion.statement) for word in content(short)}
    return len(own & said) / len(own) if own else 0.0


def _initialed(answer: str, statement: str) -> list[str]:
    """The initials in a statement whose words the answer gives in their stead."""
    return [s for s in _SHORT.findall(statement) if spelled_out(answer, s)]


def both_ways(words: str) -> bool:
    """Whether something is put both ways: "it grows, or maybe it shrinks"."""
    return _BOTH_WAYS.search(words) is not None


def asks_for_a_fault(asked: str) -> bool:
    """Whether a follow-up asks what is wrong or done away with: its reply names that and does not claim it."""
    return _FAULT.search(asked) is not None


def spelled_out(statement: str, answer: str) -> set[str]:
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


def echoed(asked: str, answer: str) -> int:
    """How many words of what was asked an answer takes up."""
    return len(set(content(asked)) & set(content(answer)))


def is_general(question: Question, asked: str, answer: str) -> bool:
    """Whether an answer is made of words that fit anything, besides those of what was asked, and hardly
    touches what is wanted."""
    given = set(re.findall(r"[a-z'-]+", asked.casefold()))
    said = re.findall(r"[a-z'-]+", answer.casefold())
    words = [w for w in said if len(w) > 3 and w not in given]
    vague = sum(w.casefold() not in given for w in _FITS_ANYTHING.findall(answer))
    exact = re.search(r"\d|[=≈∑√/]", answer) is not None
    most = max((touched(question, c, answer) for c in question.criteria), default=0.0)
    return (
        len(answer.split()) >= LEAST_WORDS
        and vague >= LEAST_VAGUE
        and vague >= VAGUE_SHARE * len(words)
        and not exact
        and most < NEARLY
    )


def _contradicted(
    question: Question, answer: str, grade: AnswerGrade, still_open: Sequence[Criterion]
) -> list[Target]:
    found: dict[str, Target] = {}
    statements = {m.id: m.statement for m in question.misconceptions}
    for wrong in grade.asserted:
        if wrong.confidence < PRESSED:
            continue
        if wrong.evidence is not None and taken_back(answer, wrong.evidence):
            continue
        words = _evidence(answer, wrong)
        about = f"{statements.get(wrong.criterion, '')} {words}"
        about_it = nearest(question, about, question.criteria)
        if about_it is None or about_it not in still_open:
            continue
        # What may well be said right beside the wrong claim is no way into it.
        if wrong.confidence >= SURELY or not _in_doubt(grade.verdict(about_it.id)):
            found.setdefault(about_it.id, Target("contradiction", about_it, words))
    for sentence in sentences(read_part(answer)):
        if _BOTH_WAYS.search(sentence.text):
            about_it = nearest(question, sentence.text, question.criteria)
            if about_it is not None and about_it in still_open:
                found.setdefault(about_it.id, Target("contradiction", about_it, sentence.text))
    return list(found.values())


def nearest(question: Question, text: str, among: Sequence[Criterion]) -> Criterion | None:
    """The criterion that shares most content words with the text, those of the prompt aside; None if
    none shares any. What is said about a criterion that was met leads to no other one.
    """
    said = set(content(text)) - set(content(question.prompt))
    shared = [(len(said & set(content(c.statement))), c) for c in among]
    best = max((count for count, _ in shared), default=0)
    return next((c for count, c in shared if count == best), None) if best else None


def _in_doubt(outcome: object) -> bool:
    return isinstance(outcome, Verdict) and outcome.confidence < IN_DOUBT


def _level(grade: AnswerGrade, criterion: Criterion) -> str:
    outcome = grade.verdict(criterion.id)
    return outcome.level if isinstance(outcome, Verdict) else "unmet"


def _evidence(answer: str, outcome: object) -> str:
    if isinstance(outcome, Verdict) and outcome.evidence is not None:
        return outcome.evidence.of(answer)
    return ""
