"""What is held against a graded answer, and what a person makes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from interviewer.bank.questions import Criterion, Misconception, lacks
from interviewer.grading import scoring
from interviewer.grading.grades import Level, Outcome, Ungraded, Verdict
from interviewer.session.events import SELF
from interviewer.session.graded_answers import GradedAnswer


def contested(answer: GradedAnswer) -> tuple[tuple[Criterion, ...], tuple[Misconception, ...]]:
    """What the grader held against that answer: criteria that no answer up to it met in full, and
    the misconceptions that it charged. Of a group of which enough are met nothing is held."""
    question = answer.record.question
    so_far = [t.graded.grade for t in answer.record.turns[: answer.turn + 1] if t.graded]
    kept = {v.criterion for grade in so_far for v in grade.graded if v.level == "met"}
    left = [c.id for c in question.criteria if c.id not in kept]
    held = {claim for lack in lacks(question.groups, left, kept) for claim in lack.of}
    return (
        tuple(c for c in question.criteria if c.id in held),
        tuple(m for m in question.misconceptions if m.id in answer.asserted),
    )


def self_graded(
    answer: GradedAnswer, levels: Mapping[str, Level], denied: Collection[str] = ()
) -> dict[str, Any]:
    """The fields of a settled grade by the candidate's own word: the grader's, with corrections.

    denied: misconceptions that were charged and not said. Where the candidate agrees with the
    grader, the credit stays the grader's.
    """
    question, grade = answer.record.question, answer.grade
    outcomes = [
        _corrected(c.id, levels.get(c.id), grade.verdict(c.id) if grade else None)
        for c in question.criteria
    ]
    charged = [v for v in grade.asserted if v.criterion not in denied] if grade else []
    value = scoring.score(question, outcomes, charged)
    return {
        "question": question.id,
        "answer": answer.seq,
        "rater": SELF,
        "levels": {v.criterion: v.level for v in outcomes if isinstance(v, Verdict)},
        "misconceptions": tuple(v.criterion for v in charged),
        "score": value,
        "passed": scoring.passed(value),
    }


def _corrected(claim: str, level: Level | None, outcome: Outcome | None) -> Outcome:
    if level is None or (isinstance(outcome, Verdict) and outcome.level == level):
        return outcome or Ungraded(criterion=claim, cause="missing")
    credit = scoring.LEVEL_CREDIT[level]
    return Verdict(criterion=claim, level=level, credit=credit, confidence=1.0)
