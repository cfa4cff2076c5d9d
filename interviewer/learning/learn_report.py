"""What `bank learn` has to say: what it learned from, whether it helps, and what is in use from now on."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.agreement import figures
from interviewer.check.measures import MEASURES
from interviewer.common.base import Value
from interviewer.common.text import plural
from interviewer.grading.offline.layer import Gain

LEARN_VERSION = 1
NAMES = ("kappa", "kappa_levels", "qwk", "accuracy", "false_pass", "false_fail")
"""What is measured, by the names of `check`. `learning.DECIDE` names those that decide."""
_LABELS = {name: MEASURES[name].label for name in NAMES} | {"kappa": "kappa per criterion"}
"""As `check` has them, but the kappa as the documents that say what learning brings."""


class LearnReport(Value):
    """answers, questions: how many settled ones there were. sources: answers by where they were settled.
    left_out: answers that were passed over, by why. gains: by metric, by cross-validation by question.
    helps: whether that says that the layer is worth using. why: if not, in words. layer: its digest,
    "" where none was made. path: where it is kept, or was; "" for nowhere. dry_run: nothing was
    written. weights: of a criterion's signals.
    """

    bank: str
    answers: int
    questions: int
    sources: dict[str, int]
    left_out: dict[str, int]
    gains: dict[str, Gain]
    helps: bool
    why: str
    layer: str
    path: str
    dry_run: bool
    weights: dict[str, float]


def lines(report: LearnReport) -> Iterator[str]:
    """The same in words."""
    told = ", ".join(f"{n} {what}" for what, n in report.sources.items() if n)
    of = plural(report.questions, "question")
    yield f"{plural(report.answers, 'settled answer')} to {of} of {report.bank}" + (
        f": {told}" if told else ""
    )
    for why, number in report.left_out.items():
        yield f"  {number} left out: {why}"
    if report.gains:
        yield ""
        yield "Cross-validated by question: what a question's answers are graded by was fitted to the others."
        for name, gain in report.gains.items():
            yield f"  {_LABELS[name]:<20} {gain_words(name, gain)}"
        yield ""
    yield _verdict(report)
    if not report.gains:
        yield "Settled answers come from these:"
        yield "  interviewer gold settle GRADES --rater NAME   (after 'grade ANSWERS -o GRADES')"
        yield "  /dispute in an interview, 'gold add' after it, --gold FILE"


def gain_words(name: str, gain: Gain) -> str:
    """ "0.349 before, 0.584 after: +0.235 (0.180 to 0.290)"."""
    form = MEASURES[name].form
    said = f"{figures.written(form, gain.before)} before, {figures.written(form, gain.after)} after"
    if gain.difference is None:
        return said
    said += f": {gain.difference:+.3f}"
    if gain.interval is not None:
        said += f" ({gain.interval[0]:+.3f} to {gain.interval[1]:+.3f})"
    return said


def _verdict(report: LearnReport) -> str:
    if not report.helps:
        return f"Not used: {report.why}."
    if report.dry_run:
        return f"It helps; without --dry-run it would be used from now on (learned.{report.layer})."
    return f"Used from now on (learned.{report.layer}): {report.path}"
