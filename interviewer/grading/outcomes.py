"""Outcomes of claims: where they come from, what they come to, and how to tell of their failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Question
from interviewer.chat.messages import Usage
from interviewer.errors import BadReply, BudgetExceeded, ModelError, ModelTimeout
from interviewer.grading import scoring
from interviewer.grading.claims import claims_of, confidence_of, level_of
from interviewer.grading.grades import AnswerGrade, Cause, Outcome, Ungraded, Verdict

TRANSIENT: frozenset[Cause] = frozenset({"no-reply", "timeout", "budget"})
"""Failures that another try may mend."""

_WORDS: dict[Cause, str] = {
    "no-reply": "the model could not be reached",
    "timeout": "the model did not reply in time",
    "bad-reply": "the reply of the model could not be read",
    "off-menu": "the model gave a verdict that it was not offered",
    "missing": "the model left them out",
    "bad-quote": "the model quoted words that do not carry its verdict",
    "undecided": "the model could not tell",
    "budget": "the budget is used up",
    "unfit": "the model failed the test answer",
}


_TOLD: frozenset[Cause] = frozenset({"no-reply", "timeout", "bad-reply", "off-menu"})
"""Causes whose detail says more than their words."""


def cause_of(error: ModelError) -> Cause:
    """Why a claim that the error left without a verdict is ungraded."""
    if isinstance(error, ModelTimeout):
        return "timeout"
    if isinstance(error, BadReply):
        return "bad-reply"
    return "budget" if isinstance(error, BudgetExceeded) else "no-reply"


def in_words(outcomes: Iterable[Ungraded]) -> str:
    """Why they are ungraded, the commonest cause first; of what gave no reply to be read, how."""
    held = list(outcomes)
    causes = Counter(outcome.cause for outcome in held)
    said = []
    for cause, _ in causes.most_common():
        details = [o.detail for o in held if o.cause == cause in _TOLD and o.detail]
        said.append(_WORDS[cause] + (f" ({details[0]})" if details else ""))
    return "; ".join(said)


def ungraded(question: Question, cause: Cause, detail: str = "") -> dict[str, Outcome]:
    """Every claim of the question without a verdict, by id."""
    return {c.id: Ungraded(criterion=c.id, cause=cause, detail=detail) for c in claims_of(question)}


def verdict(
    claim: str, probability: float, evidence: Evidence | None = None, rationale: str = ""
) -> Verdict:
    """The verdict that a probability of the claim being asserted comes to."""
    level = level_of(probability)
    return Verdict(
        criterion=claim,
        level=level,
        credit=scoring.LEVEL_CREDIT[level],
        confidence=confidence_of(probability),
        evidence=None if level == "unmet" else evidence,
        rationale="" if level == "unmet" else rationale,
    )


def grade_of(
    question: Question,
    outcomes: Mapping[str, Outcome],
    usages: Sequence[Usage] = (),
    *,
    passing: float | None = None,
    **rest: Any,
) -> AnswerGrade:
    """The grade with those outcomes by claim id; a claim without one is ungraded as missing.

    usages: what each call took. passing: what is thought of the chance, brought to the side of the
    score. rest: other fields of the grade.
    """
    verdicts = tuple(_outcome(outcomes, c.id) for c in question.criteria)
    wrong = tuple(_outcome(outcomes, m.id) for m in question.misconceptions)
    score = scoring.score(question, verdicts, wrong)
    return AnswerGrade(
        question=question.id,
        verdicts=verdicts,
        misconceptions=wrong,
        score=score,
        passing=None if passing is None else scoring.sided(passing, score),
        usage=total(usages),
        **rest,
    )


def by_claim(grade: AnswerGrade) -> dict[str, Outcome]:
    """The outcomes of a grade by claim id."""
    return {o.criterion: o for o in (*grade.verdicts, *grade.misconceptions)}


def total(usages: Iterable[Usage | None]) -> Usage | None:
    """All of them together; None where there is none."""
    known = [usage for usage in usages if usage is not None]
    return sum(known[1:], known[0]) if known else None


def _outcome(outcomes: Mapping[str, Outcome], claim: str) -> Outcome:
    return outcomes.get(claim) or Ungraded(criterion=claim, cause="missing")
