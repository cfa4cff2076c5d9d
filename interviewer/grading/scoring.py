"""The one scoring function, and what its result means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewer.bank.questions import Question
from interviewer.grading.grades import AnswerGrade, Level, Outcome, Ungraded, Verdict

ANSWERED = 0.5
"""A question counts as answered from this score on."""

_BELOW = 0.499
"""The greatest chance of passing that is told of an answer that does not pass."""

BORDERLINE = (0.2, 0.8)
"""Probabilities strictly between these are too close to call."""


def score(
    question: Question, verdicts: Sequence[Outcome], missteps: Sequence[Outcome]
) -> float | None:
    """The score in [0, 1]: weighted credit, less what asserted misconceptions cost.

        score = max(0, sum(weight * credit) / sum(weight) - sum(cost * credit))

    Of a group only as many criteria count, in both sums, as are enough: those of most credit. None
    when a criterion has no verdict that could still matter: an ungraded claim is not a wrong one. An
    ungraded misconception costs nothing.
    """
    by_id = {outcome.criterion: outcome for outcome in verdicts}
    left_out = needless(question, verdicts)
    grouped = {claim for group in question.groups for claim in group.of}
    credit: dict[str, float] = {}
    earned = 0.0
    for criterion in question.criteria:
        outcome = by_id.get(criterion.id)
        if criterion.id in left_out:
            continue
        if not isinstance(outcome, Verdict):
            return None
        credit[criterion.id] = outcome.credit
        if criterion.id not in grouped:
            earned += criterion.weight * outcome.credit
    for group in question.groups:
        best = sorted((credit[c] for c in group.of if c in credit), reverse=True)
        earned += question.criterion(group.of[0]).weight * sum(best[: group.enough])
    total = worth(question)
    costs = {m.id: m.cost for m in question.misconceptions}
    lost = sum(
        costs.get(outcome.criterion, 0.0) * outcome.credit
        for outcome in missteps
        if isinstance(outcome, Verdict)
    )
    return min(1.0, max(0.0, earned / total - lost))


def worth(question: Question) -> float:
    """What the criteria weigh together, of each group as many as are enough."""
    beyond = sum(
        question.criterion(group.of[0]).weight * (len(group.of) - group.enough)
        for group in question.groups
    )
    return sum(c.weight for c in question.criteria) - beyond


def needless(question: Question, verdicts: Sequence[Outcome]) -> frozenset[str]:
    """The criteria not met that are not needed either: enough others of their group are met."""
    met = {o.criterion for o in verdicts if isinstance(o, Verdict) and o.level == "met"}
    return frozenset(
        claim
        for group in question.groups
        if len(met.intersection(group.of)) >= group.enough
        for claim in group.of
        if claim not in met
    )


def is_whole(question: Question, grade: AnswerGrade) -> bool:
    """Whether every criterion that is needed and has a verdict is met."""
    left_out = needless(question, grade.verdicts)
    return grade.all_met or all(
        v.level == "met" for v in grade.graded if v.criterion not in left_out
    )


LEVEL_CREDIT: dict[Level, float] = {"met": 1.0, "partial": 0.5, "unmet": 0.0}
"""What a level earns when a person gives it without a finer credit."""


def of_levels(
    question: Question, levels: Mapping[str, Level], misconceptions: Iterable[str]
) -> float | None:
    """The score those levels by criterion come to; None where one is missing."""
    verdicts = [_certain(claim, level) for claim, level in levels.items()]
    return score(question, verdicts, [_certain(claim, "met") for claim in misconceptions])


def _certain(claim: str, level: Level) -> Verdict:
    return Verdict(criterion=claim, level=level, credit=LEVEL_CREDIT[level], confidence=1.0)


def passed(value: float | None) -> bool | None:
    """Whether that score counts as answered; None stays None."""
    return None if value is None else value >= ANSWERED


def sided(chance: float, value: float | None) -> float:
    """The chance of passing, brought to that side of one half on which the score lies.

    People read the score: a grade never passes by its score and fails by its chance.
    """
    if value is None:
        return chance
    return max(chance, ANSWERED) if value >= ANSWERED else min(chance, _BELOW)


def is_close(chance: float) -> bool:
    """Whether that probability is too close to call."""
    return BORDERLINE[0] < chance < BORDERLINE[1]


def is_borderline(grade: AnswerGrade) -> bool:
    """Whether another careful grader might well decide the other way."""
    return grade.passing is not None and is_close(grade.passing)


def similarity_line(similarity: float | None, weight: float) -> str:
    """How near the answer comes to a reference, and what that counts for; "" where nobody measured."""
    if similarity is None:
        return ""
    counts = "moves the chance of passing, never the score" if weight else "shown, never counted"
    near = round(similarity, 2) + 0.0  # no "-0.00"
    return f"similarity to the reference {near:.2f} ({counts})"


class Together(NamedTuple):
    """What several answers to one question come to: the outcome of each criterion and of each
    misconception, and the score."""

    verdicts: tuple[Outcome, ...]
    misconceptions: tuple[Outcome, ...]
    score: float | None


def together(question: Question, grades: Sequence[AnswerGrade]) -> Together | None:
    """What the answers with those grades come to together; None without a grade.

    Each claim keeps its best-supported outcome, so a later answer can add credit and a
    misconception once asserted stays. The score is never below the first one. Evidence in it
    points into whichever answer it came from.
    """
    if not grades:
        return None
    if len(grades) == 1:
        return Together(grades[0].verdicts, grades[0].misconceptions, grades[0].score)
    criteria = [{o.criterion: o for o in reversed(g.verdicts)} for g in grades]
    wrong = [{o.criterion: o for o in reversed(g.misconceptions)} for g in grades]
    verdicts = tuple(_best([of.get(c.id) for of in criteria], c.id) for c in question.criteria)
    missteps = tuple(_best([of.get(m.id) for of in wrong], m.id) for m in question.misconceptions)
    value = score(question, verdicts, missteps)
    scored = [v for v in (grades[0].score, value) if v is not None]
    return Together(verdicts, missteps, max(scored, default=None))


def merge(question: Question, grades: Iterable[AnswerGrade]) -> AnswerGrade | None:
    """The grade of several answers to one question taken `together`; None if there are none."""
    taken = list(grades)
    if len(taken) <= 1:
        return taken[0] if taken else None
    found = together(question, taken)
    assert found is not None
    passing = [g.passing for g in taken if g.passing is not None]
    return AnswerGrade(
        question=question.id,
        verdicts=tuple(map(_without_evidence, found.verdicts)),
        misconceptions=tuple(map(_without_evidence, found.misconceptions)),
        similarity=max((g.similarity for g in taken if g.similarity is not None), default=None),
        score=found.score,
        passing=sided(max(passing), found.score) if passing else None,
        notes=tuple(note for g in taken for note in g.notes),
    )


def _without_evidence(outcome: Outcome) -> Outcome:
    """Evidence points into the answer it came from, which a merged grade no longer names."""
    if isinstance(outcome, Ungraded) or outcome.evidence is None:
        return outcome
    return outcome.model_copy(update={"evidence": None})


def _best(outcomes: Sequence[Outcome | None], claim: str) -> Outcome:
    graded = [o for o in outcomes if isinstance(o, Verdict)]
    if graded:
        return max(graded, key=lambda v: v.credit)
    ungraded = [o for o in outcomes if isinstance(o, Ungraded)]
    return ungraded[0] if ungraded else Ungraded(criterion=claim, cause="missing")
