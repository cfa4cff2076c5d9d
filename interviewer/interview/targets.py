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
    r"\beither\b[^.!?\n]{1,160}\bor\b|\bor (?:maybe|perhaps|possibly|is it|was it|the other way)\b"
    r"|\b(?:maybe|perhaps|possibly|could be|might be)\b[^.!?\n]{1,120}\bor\b"
    r"|\b(?:not sure|can(?:'|’)?t (?:remember|recall|say)|don(?:'|’)?t (?:remember|recall))"
    r"[^.!?\n]{0,30}\b(?:which|whether|if it|or)\b|\bone or the other\b|\bmixing (?:them|these) up\b",
    re.IGNORECASE,
)

_TAKEN_BACK = re.compile(
    r"\b(?:actually,? no|no,? (?:wait|sorry|actually)|wait,? no|sorry,? no|scratch that|strike that"
    r"|i take (?:that|it) back|(?:the )?other way (?:a)?round|i mean(?:t)?|(?:no|not|wait),? the opposite"
    r"|correction|i misspoke)\b|(?:\.\.\.|…) ?(?:no|not)\b",
    re.IGNORECASE,
)
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


def touched(question: Question, criterion: Criterion, answer: str) -> float:
    """The share of a criterion's own words that an answer holds, those of the prompt aside."""
    own = set(content(criterion.statement)) - set(content(question.prompt))
    return len(own & set(content(answer))) / len(own) if own else 0.0


def _contradicted(
    question: Question, answer: str, grade: AnswerGrade, still_open: Sequence[Criterion]
) -> list[Target]:
    found: dict[str, Target] = {}
    statements = {m.id: m.statement for m in question.misconceptions}
    for wrong in grade.asserted:
        if wrong.evidence is not None and taken_back(answer, wrong.evidence):
            continue
        words = _evidence(answer, wrong)
        about = f"{statements.get(wrong.criterion, '')} {words}"
        nearest = _nearest(question, about, question.criteria)
        if nearest is not None and nearest in still_open:
            found.setdefault(nearest.id, Target("contradiction", nearest, words))
    for sentence in sentences(read_part(answer)):
        if _BOTH_WAYS.search(sentence.text):
            nearest = _nearest(question, sentence.text, question.criteria)
            if nearest is not None and nearest in still_open:
                found.setdefault(nearest.id, Target("contradiction", nearest, sentence.text))
    return list(found.values())


def _nearest(question: Question, text: str, among: Sequence[Criterion]) -> Criterion | None:
    """The criterion that shares most content words with the text, those of the prompt aside; None if
    none shares any. What is said about a criterion that was met leads to no other one.
    """
    said = set(content(text)) - set(content(question.prompt))
    shared = [(len(said & set(content(c.statement))), c) for c in among]
    best = max((count for count, _ in shared), default=0)
    return next((c for count, c in shared if count == best), None) if best else None


def _level(grade: AnswerGrade, criterion: Criterion) -> str:
    outcome = grade.verdict(criterion.id)
    return outcome.level if isinstance(outcome, Verdict) else "unmet"


def _evidence(answer: str, outcome: object) -> str:
    if isinstance(outcome, Verdict) and outcome.evidence is not None:
        return outcome.evidence.of(answer)
    return ""
