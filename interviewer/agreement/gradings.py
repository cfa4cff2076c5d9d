"""Two gradings of the same answers, laid side by side as the pairs that metrics take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from interviewer.agreement import agreement
from interviewer.agreement.agreement import Pairs
from interviewer.agreement.gold_answers import Checked, GoldAnswer, Rating
from interviewer.grading import scoring
from interviewer.grading.grades import Level, Verdict

View = Literal["score", "pass", "rank", "level", "confidence", "passing", "misstep"]
"""What is paired. score: scores in [0, 1]; pass: 0 or 1; rank: passed or not against the
chance of passing, or the score where there is none;
level: unmet 0, partial 1, met 2; confidence: whether a verdict was right against how sure it was;
passing: passed or not against the stated probability; misstep: misconceptions, 0 or 2."""

RANKS: dict[Level, int] = {"unmet": 0, "partial": 1, "met": agreement.MET}
_VIEWS: tuple[View, ...] = ("score", "pass", "rank", "level", "confidence", "passing", "misstep")


@dataclass(frozen=True)
class Mark:
    """One grading of one answer. levels: by criterion. missteps: misconceptions, true if made."""

    score: float | None
    passed: bool | None
    levels: Mapping[str, Level] = field(default_factory=dict)
    confidences: Mapping[str, float] = field(default_factory=dict)
    missteps: Mapping[str, bool] = field(default_factory=dict)
    passing: float | None = None


@dataclass(frozen=True)
class Row:
    """Two gradings of the same answer."""

    question: int
    truth: Mark
    given: Mark


def grader_row(checked: Checked) -> Row:
    """People's settled grade against the grader's."""
    gold, grade = checked.gold, checked.grade
    asserted = {
        v.criterion: v.level == "met" for v in grade.misconceptions if isinstance(v, Verdict)
    }
    given = Mark(
        grade.score,
        scoring.passed(grade.score),
        {v.criterion: v.level for v in grade.graded},
        {v.criterion: v.confidence for v in grade.graded},
        asserted,
        grade.passing,
    )
    missteps = _missteps(gold.misconceptions, asserted)
    truth = Mark(gold.score, gold.passed, gold.verdicts, missteps=missteps)
    return Row(gold.question, truth, given)


def rater_row(gold: GoldAnswer) -> Row | None:
    """The first rater (or the settled grade) against the second; None without a second one."""
    if gold.second is None:
        return None
    claimed = (gold.misconceptions, *(r.misconceptions for r in (gold.first, gold.second) if r))
    named = frozenset(m for group in claimed for m in group or ())
    if gold.first is not None:
        settled = _rated(gold.first, named)
    else:
        missteps = _missteps(gold.misconceptions, named)
        settled = Mark(gold.score, gold.passed, gold.verdicts, missteps=missteps)
    return Row(gold.question, settled, _rated(gold.second, named))


def _rated(rating: Rating, named: frozenset[str]) -> Mark:
    return Mark(
        rating.score,
        rating.passes,
        rating.verdicts,
        missteps=_missteps(rating.misconceptions, named),
    )


def _missteps(claimed: tuple[str, ...] | None, named: Iterable[str]) -> dict[str, bool]:
    return {} if claimed is None else {m: m in claimed for m in sorted(named)}


def views(rows: Sequence[Row]) -> dict[View, Pairs]:
    """The pairs behind every metric; what was not graded on both sides is left out."""
    numbers = sorted({row.question for row in rows})
    at = {question: index for index, question in enumerate(numbers)}
    found: dict[View, list[tuple[float, float, int]]] = {view: [] for view in _VIEWS}
    for row in rows:
        for view, truth, given in _pairs(row):
            found[view].append((truth, given, at[row.question]))
    return {
        view: Pairs.of(
            [t for t, _, _ in got], [g for _, g, _ in got], [c for _, _, c in got], len(numbers)
        )
        for view, got in found.items()
    }


def _pairs(row: Row) -> list[tuple[View, float, float]]:
    truth, given = row.truth, row.given
    out: list[tuple[View, float, float]] = []
    if truth.score is not None and given.score is not None:
        out.append(("score", truth.score, given.score))
    if truth.passed is not None and given.passed is not None and given.score is not None:
        out.append(("pass", float(truth.passed), float(given.passed)))
        chance = given.score if given.passing is None else given.passing
        out.append(("rank", float(truth.passed), chance))
    if truth.passed is not None and given.passing is not None:
        out.append(("passing", float(truth.passed), given.passing))
    for criterion in sorted(truth.levels.keys() & given.levels.keys()):
        right, said = truth.levels[criterion], given.levels[criterion]
        out.append(("level", RANKS[right], RANKS[said]))
        if criterion in given.confidences:
            out.append(("confidence", float(right == said), given.confidences[criterion]))
    for misconception in sorted(truth.missteps.keys() & given.missteps.keys()):
        pair = truth.missteps[misconception], given.missteps[misconception]
        out.append(("misstep", agreement.MET * pair[0], agreement.MET * pair[1]))
    return out
