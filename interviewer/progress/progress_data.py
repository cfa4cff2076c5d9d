"""Progress as plain data, for --json: undefined values are null, scores are in [0, 1]."""

from __future__ import annotations

from typing import Any

from interviewer.progress.progress_values import (
    CriterionProgress,
    Goal,
    Progress,
    SectionProgress,
    Trace,
)
from interviewer.session.standing import Tally


def as_data(progress: Progress) -> dict[str, Any]:
    """Everything there is; moments in ISO 8601, in UTC."""
    return {
        "bank": progress.bank.id,
        "title": progress.bank.title,
        "sessions": progress.sessions,
        "answers": progress.answers,
        "questions": progress.total,
        "unreadable": [{"file": u.name, "problem": u.problem} for u in progress.unreadable],
        "held": [{"at": at.isoformat(), "count": int(count)} for at, count in progress.held],
        "tiers": [{"name": tier.name, **_tally(tally)} for tier, tally in progress.tiers],
        "aims": [{"name": aim.name, **_tally(tally)} for aim, tally in progress.aims],
        "sections": [_section(section) for section in progress.sections],
        "criteria": [_criterion(criterion) for criterion in progress.criteria],
        "next": _goal(progress.next) if progress.next else None,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "questions": tally.total,
        "asked": tally.asked,
        "answered": tally.answered,
        "prompted": tally.prompted,
        "ungraded": tally.ungraded,
        "target": tally.target,
        "expected": tally.expected,
        "interval": [tally.low, tally.high],
        "chance": tally.chance,
        "reached": tally.reached,
    }


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "answers": trace.answers,
        "first": trace.first,
        "last": trace.last,
        "trend": trace.trend,
        "points": [{"at": at.isoformat(), "value": value} for at, value in trace.points],
    }


def _section(section: SectionProgress) -> dict[str, Any]:
    return {
        "section": section.id,
        "title": section.title,
        "questions": section.questions,
        "asked": section.asked,
        "held": section.held,
        **_trace(section.trace),
    }


def _criterion(criterion: CriterionProgress) -> dict[str, Any]:
    return {
        "question": criterion.question,
        "criterion": criterion.criterion,
        "statement": criterion.statement,
        "share": criterion.share,
        "level": criterion.level,
        **_trace(criterion.trace),
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "name": goal.name,
        "short": goal.short,
        **_tally(goal.tally),
        "obstacles": [
            {
                "question": o.question,
                "prompt": o.prompt,
                "state": o.state,
                "asked_again": o.flips.asked if o.flips else None,
                "then_cold": o.flips.turned if o.flips else None,
                "criteria": [c.criterion for c in o.open],
            }
            for o in goal.obstacles
        ],
    }
