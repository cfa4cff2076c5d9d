"""A report as one HTML page: no script, no request, light and dark, on a phone and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.common.pages import page
from interviewer.common.text import one_line, plural
from interviewer.grading.grades import Ungraded, Verdict
from interviewer.report import marks
from interviewer.report.report_values import Report, TurnReport
from interviewer.report.shapes import ClaimReport, Standing
from interviewer.session.results import (
    PASSED_ON,
    RESULT_WORDS,
    Result,
    held_words,
    reached_words,
)
from interviewer.session.runs import grader_name

STUDY_FIRST = 5
"""How many questions to study stand open; the rest is folded."""

_BADGES: dict[bool | None, Result] = {True: "cold", False: "missed", None: "not-asked"}
_LEVEL_GLYPHS = {"met": "cold", "partial": "prompted", "unmet": "missed"}


@dataclass(frozen=True)
class Marked(marks.Piece):
    """A stretch of an answer. wrong: it is evidence for wrong claims alone."""

    wrong: bool = False


def render(report: Report) -> str:
    """The page."""
    return page(
        "report",
        f"{one_line(report.bank.title)}, {report.session.started:%Y-%m-%d}",
        report=report,
        facts=_facts(report),
        about=_about(report),
        prompts={question.id: question.prompt for question in report.questions},
        titles={section.id: section.title for section in report.sections},
        study_first=STUDY_FIRST,
        result_words=RESULT_WORDS,
        passed_on=PASSED_ON,
        level_glyphs=_LEVEL_GLYPHS,
        grader_name=grader_name,
        tier_badge=lambda tier: _badge(tier, held_words(tier.reached)),
        aim_badge=lambda aim: _badge(aim, reached_words(aim.reached)),
        pieces=_pieces,
        claims=_claims,
    )


def _facts(report: Report) -> list[str]:
    session = report.session
    return [
        f"{session.started:%Y-%m-%d %H:%M} UTC",
        session.ended,
        f"{plural(session.planned, 'question')} planned",
        *session.rules,
        *([] if session.cold else [f"up to {plural(session.probes, 'follow-up')} each"]),
    ]


def _about(report: Report) -> list[tuple[str, str]]:
    session, bank = report.session, report.bank
    return [
        ("Session", session.id),
        ("Last event", f"{session.last:%Y-%m-%d %H:%M} UTC"),
        ("Order", f"{session.order}, seed {session.seed}"),
        ("Bank", f"{bank.id} {bank.version}, {bank.digest}"),
        ("Grader", grader_name(report.grader)),
        ("Program", session.program),
    ]


def _badge(band: Standing, words: str) -> tuple[str, str, str]:
    """The class and the words of the badge, and the sentence below it."""
    # Where the badge says the whole verdict already, no sentence follows.
    verdict = "" if band.reached else band.verdict
    if band.close:
        return "ungraded", f"Perhaps {words}", verdict or "Too close to call."
    return _BADGES[band.reached], words[:1].upper() + words[1:], verdict


def _pieces(turn: TurnReport) -> list[Marked]:
    """The answer in pieces with the labels of the claims that they are evidence for."""
    spans = [
        (claim.outcome.evidence.start, claim.outcome.evidence.end, claim.label)
        for claim in (*turn.grade.criteria, *turn.grade.slips)
        if isinstance(claim.outcome, Verdict) and claim.outcome.evidence
    ] if turn.grade else []  # fmt: skip
    return [
        Marked(p.text, p.labels, p.ends, wrong=all(label.isalpha() for label in p.labels))
        for p in marks.pieces(turn.answer or "", spans)
    ]


def _claims(turn: TurnReport) -> list[ClaimReport]:
    """The claims that have a row: every criterion of a first answer, of a later one what changed."""
    if turn.grade is None:
        return []
    return [*(c for c in turn.grade.criteria if _matters(c, turn.probe)), *turn.grade.slips]


def _matters(claim: ClaimReport, probe: str | None) -> bool:
    outcome = claim.outcome
    if probe is None or isinstance(outcome, Ungraded):
        return True
    return claim.id == probe or outcome.credit > 0 or outcome.level != "unmet"
