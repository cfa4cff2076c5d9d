"""Progress as one HTML page: no script, no request, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.common.pages import page
from interviewer.progress import sparks
from interviewer.progress.progress_text import (
    done_words,
    flip_words,
    never_asked,
    settled_words,
    span_words,
)
from interviewer.progress.progress_values import CriterionProgress, Point, Progress
from interviewer.session.results import RESULT_WORDS, held_words, reached_words

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 640, 200, 34, 10, 24
_POINTS = 240
_SPARK_POINTS = 40


@dataclass(frozen=True)
class Chart:
    """A line over time in a picture of `width` by `height`. path: its points. aims: (y, target)."""

    path: str
    points: Sequence[Point]
    aims: tuple[tuple[float, int], ...]
    left: int = _LEFT
    top: int = _TOP
    bottom: int = _TOP + _HEIGHT
    width: int = _WIDTH
    height: int = _TOP + _HEIGHT + _FOOT


@dataclass(frozen=True)
class Spark:
    """A small line. first, last: its values. x, y: where it ends."""

    path: str
    first: float
    last: float
    x: float
    y: float


def render(progress: Progress) -> str:
    """The page."""
    bands = [
        *((f"{t.name}", t, held_words(t.reached)) for t in progress.tiers),
        *((f"Aim '{a.name}'", a, reached_words(a.reached)) for a in progress.aims),
    ]
    return page(
        "progress",
        f"Progress: {progress.bank.title}",
        progress=progress,
        span=span_words(progress),
        settled=settled_words(progress),
        chart=_chart(progress),
        bands=bands,
        result_words=RESULT_WORDS,
        done=done_words(progress),
        flips=flip_words(progress.next.obstacles) if progress.next else "",
        fresh=never_asked(progress.next) if progress.next else (),
        groups=_groups(progress),
        spark=_spark,
    )


def _chart(progress: Progress) -> Chart | None:
    if len(progress.held) < 2:
        return None
    points = sparks.thin(progress.held, _POINTS)
    top = progress.questions

    def up(value: float) -> float:
        return _TOP + _HEIGHT * (1 - value / top)

    path = " ".join(
        f"{_LEFT + (_WIDTH - _LEFT - 8) * i / (len(points) - 1):.1f},{up(point.value):.1f}"
        for i, point in enumerate(points)
    )
    aims = tuple((up(aim.target), aim.target) for aim in progress.aims if aim.total == top)
    return Chart(path, points, aims)


def _groups(progress: Progress) -> list[tuple[str, list[CriterionProgress]]]:
    """The criteria by section, under the section's heading."""
    groups: dict[str, list[CriterionProgress]] = {}
    for criterion in progress.criteria:
        groups.setdefault(criterion.section, []).append(criterion)
    titles = {section.id: section.title for section in progress.sections}
    return [(f"{id_}. {titles.get(id_, '')}", criteria) for id_, criteria in groups.items()]


def _spark(points: Sequence[Point]) -> Spark | None:
    values = [point.value for point in sparks.thin(points, _SPARK_POINTS)]
    if not values:
        return None
    across = [3 + 90 * i / max(1, len(values) - 1) for i in range(len(values))]
    up = [3 + 18 * (1 - value) for value in values]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    return Spark(path, values[0], values[-1], across[-1], up[-1])
