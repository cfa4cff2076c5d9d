"""The charts of the report page: inline SVG without viewBox, so that text keeps its size.

Every result has a shape of its own besides its colour, for readers and printers without colour.
"""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.common.html import text
from interviewer.report.report_values import Result, SectionCounts, Standing

RESULT_WORDS: dict[Result, str] = {
    "cold": "answered cold",
    "prompted": "answered with help",
    "missed": "missed",
    "ungraded": "ungraded",
    "not-asked": "not asked",
}
_SHAPES: dict[str, str] = {
    "cold": '<path d="M2 7.5 5.5 11 12 3.5" fill="none" stroke-width="2.2"/>',
    "prompted": '<circle cx="7" cy="7" r="5" fill="none" stroke-width="1.6"/>'
    '<path d="M7 2a5 5 0 0 0 0 10z" stroke="none" fill="currentColor"/>',
    "missed": '<path d="M3 3l8 8M11 3l-8 8" fill="none" stroke-width="2.2"/>',
    "ungraded": '<path d="M4.5 5a2.5 2.5 0 1 1 3.7 2.2C7.4 7.6 7 8 7 9" fill="none" '
    'stroke-width="1.8"/><circle cx="7" cy="11.8" r="1.2" stroke="none" fill="currentColor"/>',
    "not-asked": '<path d="M3.5 7h7" fill="none" stroke-width="1.8"/>',
    "wrong": '<path d="M7 2v6.5" fill="none" stroke-width="2.2"/>'
    '<circle cx="7" cy="11.5" r="1.3" stroke="none" fill="currentColor"/>',
}
SHARE_WITH_NUMBER = 0.06
"""A part of a bar that is narrower than this share of it shows no number."""

DEFINITIONS = (
    '<svg width="0" height="0" class="definitions" aria-hidden="true" focusable="false"><defs>'
    + "".join(
        f'<symbol id="g-{name}" viewBox="0 0 14 14"><g stroke="currentColor" '
        f'stroke-linecap="round" stroke-linejoin="round">{shape}</g></symbol>'
        for name, shape in _SHAPES.items()
    )
    + '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="hatch-back" width="6" height="6"/>'
    '<rect class="hatch-line" width="2" height="6"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="dots-back" width="6" height="6"/>'
    '<circle class="dots-dot" cx="3" cy="3" r="1.2"/></pattern></defs></svg>'
)
"""The shapes and fills that the other pieces refer to; once on the page."""


def glyph(name: str) -> str:
    """The shape of a result, for beside words that say the same."""
    return (
        '<svg class="glyph" width="14" height="14" aria-hidden="true" focusable="false">'
        f'<use href="#g-{name}"/></svg>'
    )


def gauge(standing: Standing) -> str:
    """How many were answered cold, on a track as long as the band, with target and interval."""
    share = _share(standing.answered, standing.total)
    target = _share(standing.target, standing.total)
    anchor = "end" if target > 90 else "start" if target < 10 else "middle"
    spread = ""
    if standing.low is not None and standing.high is not None:
        low, high = _share(standing.low, standing.total), _share(standing.high, standing.total)
        spread = (
            f'<rect class="spread" x="{low:.2f}%" y="18" width="{high - low:.2f}%" height="3"/>'
            f'<line class="spread-end" x1="{low:.2f}%" x2="{low:.2f}%" y1="15" y2="24"/>'
            f'<line class="spread-end" x1="{high:.2f}%" x2="{high:.2f}%" y1="15" y2="24"/>'
        )
    return (
        '<svg class="gauge" width="100%" height="42" role="img" '
        f'aria-label="{text(standing.tally)}">'
        '<rect class="track" x="0" y="2" width="100%" height="10" rx="3"/>'
        f'<rect class="cold" x="0" y="2" width="{share:.2f}%" height="10" rx="3"/>{spread}'
        f'<line class="target" x1="{target:.2f}%" x2="{target:.2f}%" y1="0" y2="26"/>'
        f'<text x="{target:.2f}%" y="39" text-anchor="{anchor}">target {standing.target}</text>'
        "</svg>"
    )


def section_bar(section: SectionCounts) -> str:
    """The results of one section as the parts of a bar."""
    parts, at = [], 0
    for name, count in results_of(section):
        if count:
            parts.append(_part(name, count, at, section.total))
        at += count
    words = ", ".join(f"{count} {RESULT_WORDS[name]}" for name, count in results_of(section))
    return (
        '<svg class="bar" width="100%" height="22" role="img" '
        f'aria-label="{text(section.title)}: {words}">{"".join(parts)}</svg>'
    )


def _part(name: Result, count: int, at: int, total: int) -> str:
    number = ""
    if count >= SHARE_WITH_NUMBER * total:
        number = f'<text class="on-{name}" x="50%" y="15.5" text-anchor="middle">{count}</text>'
    return (
        f'<svg x="{_share(at, total):.2f}%" width="{_share(count, total):.2f}%" height="22">'
        f"<title>{count} {RESULT_WORDS[name]}</title>"
        f'<rect class="{name}" x="1" y="1" width="100%" height="20"/>{number}</svg>'
    )


def results_of(section: SectionCounts) -> Iterable[tuple[Result, int]]:
    """Every result with its count, best first."""
    return (
        ("cold", section.cold),
        ("prompted", section.prompted),
        ("missed", section.missed),
        ("ungraded", section.ungraded),
        ("not-asked", section.not_asked),
    )


def _share(part: int, whole: int) -> float:
    """A percentage of a whole that is never empty by more than rounding."""
    return 100 * part / whole if whole else 0.0
