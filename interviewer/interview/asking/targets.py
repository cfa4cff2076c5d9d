"""What a follow-up is about: decided from the question, the answer and its grade, never by a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import sentences
from interviewer.bank.questions import Criterion, Probe, Question
from interviewer.grading import scoring
from interviewer.grading.answer_bound import read_part
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.interview.asking import doubt
from interviewer.session.events import Answered
from interviewer.session.record import Record

Reason = Literal["contradiction", "missing", "vague"]

LIFTED = 0.75
"""A criterion with at least this credit needs no follow-up."""
MOSTLY = 0.65
"""The share of a criterion's words from which an answer may well have said it."""


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


def follow_ups(record: Record) -> list[Target]:
    """What is worth following up after the latest answer, the first thing first."""
    turn = next(
        (t for t in reversed(record.turns) if not (t.goes_on and t.graded is None)), record.first
    )
    missing = open_criteria(record.question, record.merged)
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    grade = turn.graded.grade
    if turn.probe is not None and traits.asks_for_a_fault(turn.probe.text):
        grade = grade.model_copy(update={"misconceptions": ()})
    return in_order(record.question, turn.reply.text, grade, missing)


def target_of(record: Record, probe: Probe) -> Target:
    """What the follow-up that this probe stands for is about."""
    for target in follow_ups(record):
        if target.criterion.id == probe.criterion:
            return target
    return Target("missing", record.question.criterion(probe.criterion))


def open_criteria(question: Question, grade: AnswerGrade | None) -> list[Criterion]:
    """The criteria not yet met, heaviest first. An ungraded criterion is not followed up."""
    if grade is None:
        return []
    needless = scoring.needless(question, grade.verdicts)
    missing = [
        criterion
        for criterion in question.criteria
        if criterion.id not in needless
        and isinstance(v := grade.verdict(criterion.id), Verdict)
        and v.credit < LIFTED
    ]
    return sorted(missing, key=lambda c: -c.weight)


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
        outcome = grade.verdict(criterion.id)
        words = outcome.words_in(answer) if outcome else ""
        if _level(grade, criterion) == "partial":
            vague.append(Target("vague", criterion, words))
        elif traits.touched(answer, criterion.statement, prompt=question.prompt) >= MOSTLY:
            nearly_said.append(Target("missing", criterion))
        else:
            missing.append(Target("missing", criterion))
    return [*contradicted, *missing, *vague, *nearly_said]


def _contradicted(
    question: Question, answer: str, grade: AnswerGrade, still_open: Sequence[Criterion]
) -> list[Target]:
    found: dict[str, Target] = {}
    statements = {m.id: m.statement for m in question.misconceptions}
    for wrong in grade.asserted:
        if wrong.evidence is not None and traits.taken_back(answer, wrong.evidence):
            continue
        words = wrong.words_in(answer)
        about = f"{statements.get(wrong.criterion, '')} {words}"
        about_it = nearest(question, about, question.criteria)
        if about_it is None or about_it not in still_open:
            continue
        if doubt.asks_again(wrong, grade.verdict(about_it.id)):
            found.setdefault(about_it.id, Target("contradiction", about_it, words))
    for sentence in sentences(read_part(answer)):
        if traits.both_ways(sentence.text):
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


def _level(grade: AnswerGrade, criterion: Criterion) -> str:
    outcome = grade.verdict(criterion.id)
    return outcome.level if isinstance(outcome, Verdict) else "unmet"
