"""Thresholds that a check must reach: "qwk>=0.8,false_pass<=0.03,false_pass:echo<=0.05"."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.check.behaving import BehaviourReport
from interviewer.check.check_values import CheckReport
from interviewer.check.measures import MEASURES, METRICS, Measured

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_FORM = re.compile(r"\s*(\w+)(?::([^<>=]+?))?\s*(>=|<=|>|<)\s*(\S+)\s*")
WITHIN_ONE = frozenset({*MEASURES, "coverage"})
"""Metrics that no answers bring beyond 1 or below -1."""
BY_KIND = ("false_pass", "false_fail", "bias")


@dataclass(frozen=True)
class Requirement:
    """One comparison. kind: the kind of answer it is about; None for all of them."""

    metric: str
    kind: str | None
    sign: str
    bound: float

    def __str__(self) -> str:
        name = f"{self.metric}:{self.kind}" if self.kind else self.metric
        return f"{name}{self.sign}{self.bound:g}"

    def reached(self, value: float | None) -> bool:
        """Whether that value reaches it; one that is undefined does not."""
        return value is not None and _OPERATORS[self.sign](value, self.bound)


def parse(text: str) -> tuple[Requirement, ...]:
    """The comparisons of metrics, separated by commas. ValueError says what cannot be read."""
    found = _comparisons(text, "qwk>=0.8")
    for name, kind in ((one.metric, one.kind) for one in found):
        if name not in METRICS:
            known = ", ".join(METRICS)
            raise ValueError(f"there is no metric '{name}'; there are: {known}")
        if kind and name not in BY_KIND:
            raise ValueError(f"'{name}' is not measured by kind, only {', '.join(BY_KIND)} are")
    for one in found:
        if one.metric in WITHIN_ONE and abs(one.bound) > 1.0:
            raise ValueError(f"'{one}' cannot be: {one.metric} lies between -1 and 1")
    return found


def parse_shares(text: str, families: Sequence[str]) -> tuple[Requirement, ...]:
    """The same of the shares that must hold, one of a family each: "frames>=0.95"."""
    found = _comparisons(text, "frames>=0.95")
    for one in found:
        if one.metric not in families or one.kind or one.sign != ">=":
            known = ", ".join(families)
            raise ValueError(f"'{one}' is not a share such as frames>=0.95; there are: {known}")
        if not 0.0 <= one.bound <= 1.0:
            raise ValueError(f"'{one}' cannot be: a share lies between 0 and 1")
    return found


def _comparisons(text: str, such_as: str) -> tuple[Requirement, ...]:
    out = []
    for part in text.split(","):
        found = _FORM.fullmatch(part)
        if not found:
            raise ValueError(f"'{part.strip()}' is not a comparison such as {such_as}")
        name, kind, sign, bound = found.groups()
        try:
            value = float(bound)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ValueError(f"'{bound}' is not a number")
        out.append(Requirement(name, kind, sign, value))
    return tuple(out)


def unknown_kind(wanted: Sequence[Requirement], kinds: set[str]) -> str | None:
    """The first kind that is asked for and that no answer is of."""
    return next((r.kind for r in wanted if r.kind and r.kind not in kinds), None)


def missed(wanted: Sequence[Requirement], found: CheckReport) -> list[str]:
    """What was not reached, a line each with the figures.

    Held to the held-out sets where there are any, else to every set; every grader must reach it.
    An undefined metric is a miss, except that a set without a kind is not asked about that kind.
    """
    asked = [r for r in found.sets if r.held_out] or found.sets
    return [
        line
        for requirement in wanted
        for report in asked
        for column in report.graders
        for line in missed_by(requirement, column.measured, f"{column.grader} on {report.name}")
    ]


def missed_by(requirement: Requirement, measured: Measured, who: str) -> list[str]:
    """The line with the figure where it does not reach that."""
    value, known = _value(requirement, measured)
    if not known or requirement.reached(value):
        return []
    figure = "undefined" if value is None else f"{value:.4g}"
    return [f"{requirement}: {figure} ({who})"]


def missed_shares(wanted: Sequence[Requirement], found: Sequence[BehaviourReport]) -> list[str]:
    """The shares that were not reached, a line each with the figure.

    Where a family has held-out cases they are what counts.
    """
    lines = []
    for report in found:
        for family in report.families:
            share = (family.held_out if family.held_out.graded else family.all).share
            shown = "undefined" if share is None else f"{share:.3f}"
            lines += [
                f"{report.grader}: {family.family} is {shown}, not {one.bound:g}"
                for one in wanted
                if one.metric == family.family and not one.reached(share)
            ]
    return lines


def _value(requirement: Requirement, measured: Measured) -> tuple[float | None, bool]:
    if requirement.kind is None:
        return measured.metrics.get(requirement.metric), True
    for kind in measured.kinds:
        if kind.kind == requirement.kind:
            by_name = {
                "false_pass": kind.false_pass, "false_fail": kind.false_fail, "bias": kind.bias,
            }  # fmt: skip
            return by_name[requirement.metric], True
    return None, False
