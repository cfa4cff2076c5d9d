"""Which of the ways to ask a model works with it: tried on two answers of which all is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from interviewer.common.system import Clock
from interviewer.errors import ModelError
from interviewer.grading.grader import TRIED, Grader, GradeRequest, JudgeMode
from interviewer.grading.grades import Ungraded, Verdict
from interviewer.grading.judges import canary
from interviewer.grading.outcomes import in_words
from interviewer.trial.trial_values import ModeTried

DUE = ((canary.QUESTION.references[0], "met"), (canary.ANSWER, "unmet"))
"""A right answer and the test answer, with the level that is due on every claim."""

QUICKEST: tuple[JudgeMode, ...] = ("logprob", "yesno", "each", "whole")
"""The modes by how much a model has to read and write for them, the least first."""


def tried(
    modes: Iterable[JudgeMode],
    make: Callable[[JudgeMode], Grader],
    clock: Clock,
    seconds: float = math.inf,
) -> tuple[ModeTried, ...]:
    """Each mode on both answers, by the judge alone without its guards, the quickest first.

    seconds: that it may take. Once one has given verdicts, no other is begun that would be over only after
    them if it took no longer than the one before: a slow model would spend all its time on them.
    """
    begun, found = clock.monotonic(), list[ModeTried]()
    for mode in sorted(modes, key=lambda one: _at(QUICKEST, one)):
        least = found[-1].seconds if found else 0.0
        if any(one.verdicts for one in found) and clock.monotonic() - begun + least >= seconds:
            break
        found.append(_try(mode, make(mode), clock))
    return tuple(found)


def chosen(
    found: Sequence[ModeTried], fitted: Iterable[JudgeMode] = (), model: str = "SPEC"
) -> JudgeMode:
    """The mode with the most verdicts, then the most right ones; then one with a fitted curve, then
    the one that says most about its verdicts. Raises ModelError where none gave a verdict at all.

    model: what to give `doctor` so that it looks at the same model.
    """
    known = set(fitted)
    best = max(
        found, key=lambda one: (one.verdicts, one.right, one.mode in known, -_at(TRIED, one.mode))
    )
    if not best.verdicts:
        raise ModelError(
            f"the model gave no verdict in any mode: {best.why}",
            hint=f"'interviewer doctor --model {model}' looks anew at what works with it.",
        )
    return best.mode


def _at(order: Sequence[JudgeMode], mode: JudgeMode) -> int:
    """Its place in that order; of one that is not in it, the last."""
    return order.index(mode) if mode in order else len(order)


def _try(mode: JudgeMode, judge: Grader, clock: Clock) -> ModeTried:
    begun, right = clock.monotonic(), 0
    verdicts, failed, claims = 0, [], 0
    for answer, due in DUE:
        grade = judge.grade(GradeRequest(canary.QUESTION, answer, canary.QUESTION.prompt))
        claims += len(grade.verdicts)
        for outcome in grade.verdicts:
            if isinstance(outcome, Verdict):
                verdicts += 1
                right += outcome.level == due
            elif isinstance(outcome, Ungraded):
                failed.append(outcome)
    return ModeTried(
        mode=mode,
        claims=claims,
        verdicts=verdicts,
        right=right,
        seconds=max(0.0, clock.monotonic() - begun),
        why=in_words(failed),
    )
