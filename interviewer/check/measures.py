"""What `check` measures: named metrics over checked answers, all and by kind and by criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from interviewer.agreement import agreement, bootstrap, calibration
from interviewer.agreement.agreement import Floats, Metric, Pairs, number, point
from interviewer.agreement.bootstrap import Difference, Interval
from interviewer.agreement.calibration import Bin
from interviewer.agreement.figures import Form
from interviewer.agreement.gold_answers import Checked, GoldAnswer
from interviewer.agreement.gradings import RANKS, Row, View, grader_row, rater_row, views
from interviewer.common.base import Value
from interviewer.grading.grades import Ungraded


@dataclass(frozen=True)
class Measure:
    """A metric with the pairs it is about."""

    label: str
    view: View
    metric: Metric
    form: Form = "plain"


@dataclass(frozen=True)
class Figure:
    """What is told of a grader beside how it agrees with people."""

    label: str
    form: Form


MEASURES: dict[str, Measure] = {
    "qwk": Measure("QWK of scores", "score", agreement.qwk),
    "exact": Measure("same quarter", "score", agreement.exact, "percent"),
    "adjacent": Measure("within a quarter", "score", agreement.adjacent, "percent"),
    "pearson": Measure("Pearson", "score", agreement.pearson),
    "spearman": Measure("Spearman", "score", agreement.spearman),
    "bias": Measure("mean bias", "score", agreement.bias, "signed"),
    "auc": Measure("AUC of pass/fail", "rank", agreement.auc),
    "accuracy": Measure("pass/fail right", "pass", agreement.accuracy, "percent"),
    "false_pass": Measure("false pass", "pass", agreement.false_pass, "percent"),
    "false_fail": Measure("false fail", "pass", agreement.false_fail, "percent"),
    "kappa": Measure("kappa, met or not", "level", agreement.met_kappa),
    "kappa_levels": Measure("kappa, 3 levels", "level", agreement.level_kappa),
    "precision": Measure("precision of met", "level", agreement.precision),
    "recall": Measure("recall of met", "level", agreement.recall),
    "misconception_precision": Measure("misconc. precision", "misstep", agreement.precision),
    "misconception_recall": Measure("misconc. recall", "misstep", agreement.recall),
    "ece": Measure("ECE of verdicts", "confidence", calibration.ece),
    "brier": Measure("Brier of verdicts", "confidence", calibration.brier),
    "pass_ece": Measure("ECE of passing", "passing", calibration.ece),
    "pass_brier": Measure("Brier of passing", "passing", calibration.brier),
}
FIGURES: dict[str, Figure] = {
    "coverage": Figure("coverage", "percent"),
    "seconds_p50": Figure("seconds, median", "seconds"),
    "seconds_p95": Figure("seconds, p95", "seconds"),
    "tokens": Figure("tokens per answer", "count"),
    "cost": Figure("cost per answer", "money"),
    "answers": Figure("answers", "count"),
    "questions": Figure("questions", "count"),
}
METRICS: dict[str, Measure | Figure] = {**MEASURES, **FIGURES}
"""All that `Measured` may hold, in the order in which it is shown."""
OPTIONAL = frozenset({"tokens", "cost"})
"""Figures that are shown only where there are any."""

COMPARED = ("qwk", "kappa", "auc")
_CEILING_VIEWS = ("score", "pass", "rank", "level", "misstep")


class KindError(Value):
    """The errors on one kind of answer; rates in [0, 1], None where nothing can go wrong."""

    kind: str
    answers: int
    false_pass: float | None
    false_fail: float | None
    bias: float | None


class CriterionError(Value):
    """Agreement on one criterion of one question."""

    question: int
    criterion: str
    answers: int
    accuracy: float | None
    kappa: float | None
    precision: float | None
    recall: float | None


class Measured(Value):
    """All that was measured of one grader on one set (or of one rater against another)."""

    metrics: dict[str, float | None]
    intervals: dict[str, Interval | None]
    kinds: tuple[KindError, ...] = ()
    criteria: tuple[CriterionError, ...] = ()
    ungraded: dict[str, int] = Field(default_factory=dict)
    verdict_bins: tuple[Bin, ...] = ()
    passing_bins: tuple[Bin, ...] = ()


def measure(items: Sequence[Checked]) -> Measured:
    """Everything about one grader on one set."""
    rows = [grader_row(item) for item in items]
    found = views(rows)
    metrics, intervals = _metrics(found)
    seconds = np.asarray([item.seconds for item in items], dtype=np.float64)
    graded = sum(1 for item in items if item.grade.score is not None)
    metrics |= {
        "coverage": graded / len(items) if items else None,
        "seconds_p50": number(np.percentile(seconds, 50)) if items else None,
        "seconds_p95": number(np.percentile(seconds, 95)) if items else None,
        **_usage(items),
        "answers": len(items),
        "questions": len({row.question for row in rows}),
    }
    return Measured(
        metrics=metrics,
        intervals=intervals,
        kinds=_kinds(items, rows),
        criteria=_criteria(rows),
        ungraded=_causes(items),
        verdict_bins=calibration.reliability(found["confidence"]),
        passing_bins=calibration.reliability(found["passing"]),
    )


def ceiling(answers: Sequence[GoldAnswer]) -> Measured | None:
    """One person against another on the same answers; None where nobody graded twice."""
    rows = [row for row in map(rater_row, answers) if row is not None]
    if not rows:
        return None
    metrics, intervals = _metrics(views(rows))
    kept = {name: value for name, value in metrics.items() if MEASURES[name].view in _CEILING_VIEWS}
    kept |= {"answers": len(rows), "questions": len({r.question for r in rows})}
    return Measured(metrics=kept, intervals=intervals)


def compare(left: Sequence[Checked], right: Sequence[Checked]) -> dict[str, Difference]:
    """Left minus right on the answers that both graded, joined by id."""
    ours = {i.gold.id: i for i in left if i.grade.score is not None}
    theirs = {i.gold.id: i for i in right if i.grade.score is not None}
    shared = [key for key in ours if key in theirs]
    a = views([grader_row(ours[key]) for key in shared])
    b = views([grader_row(theirs[key]) for key in shared])
    out = {}
    for name in COMPARED:
        measure_ = MEASURES[name]
        pair = a[measure_.view], b[measure_.view]
        counts = _draws(pair[0])
        out[name] = bootstrap.difference(measure_.metric, *pair, counts)
    return out


def _metrics(
    found: Mapping[View, Pairs],
) -> tuple[dict[str, float | None], dict[str, Interval | None]]:
    counts = _draws(found["score"])
    metrics: dict[str, float | None] = {}
    intervals: dict[str, Interval | None] = {}
    for name, what in MEASURES.items():
        pairs = found[what.view]
        metrics[name] = point(what.metric, pairs)
        defined = metrics[name] is not None
        intervals[name] = bootstrap.interval(what.metric, pairs, counts) if defined else None
    return metrics, intervals


def _draws(pairs: Pairs) -> Floats:
    return bootstrap.draws(pairs.clusters) if pairs.clusters else np.zeros((1, 0))


def _kinds(items: Sequence[Checked], rows: Sequence[Row]) -> tuple[KindError, ...]:
    by_kind: dict[str, list[Row]] = {}
    for item, row in zip(items, rows, strict=True):
        if item.gold.kind:
            by_kind.setdefault(item.gold.kind, []).append(row)
    out = []
    for kind, held in sorted(by_kind.items()):
        found = views(held)
        out.append(
            KindError(
                kind=kind,
                answers=len(held),
                false_pass=point(agreement.false_pass, found["pass"]),
                false_fail=point(agreement.false_fail, found["pass"]),
                bias=point(agreement.bias, found["score"]),
            )
        )
    return tuple(out)


def _criteria(rows: Sequence[Row]) -> tuple[CriterionError, ...]:
    pairs: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row in rows:
        for criterion in sorted(row.truth.levels.keys() & row.given.levels.keys()):
            levels = RANKS[row.truth.levels[criterion]], RANKS[row.given.levels[criterion]]
            pairs.setdefault((row.question, criterion), []).append(levels)
    out = []
    for (question, criterion), got in sorted(pairs.items()):
        held = Pairs.of([t for t, _ in got], [g for _, g in got])
        out.append(
            CriterionError(
                question=question,
                criterion=criterion,
                answers=len(got),
                accuracy=point(agreement.accuracy, held),
                kappa=point(agreement.met_kappa, held),
                precision=point(agreement.precision, held),
                recall=point(agreement.recall, held),
            )
        )
    return tuple(out)


def _usage(items: Sequence[Checked]) -> dict[str, float | None]:
    """What language models took per answer that one was asked about: tokens, and US dollars where
    every cost is known.
    """
    used = [item.grade.usage for item in items if item.grade.usage is not None]
    if not used:
        return {"tokens": None, "cost": None}
    total = sum(used[1:], used[0])
    tokens = (total.tokens_in + total.tokens_out) / len(used)
    return {"tokens": tokens, "cost": None if total.cost is None else total.cost / len(used)}


def _causes(items: Sequence[Checked]) -> dict[str, int]:
    """Ungraded answers by cause; one with several counts for the first."""
    found: Counter[str] = Counter()
    for item in items:
        if item.grade.score is None:
            causes = [v.cause for v in item.grade.verdicts if isinstance(v, Ungraded)]
            found[causes[0] if causes else "missing"] += 1
    return dict(sorted(found.items()))
