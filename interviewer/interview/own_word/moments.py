"""When a dispute is settled, and what is said of that; pure."""

from __future__ import annotations

from typing import Literal

from interviewer.session import graded_answers, settlements
from interviewer.session.graded_answers import GradedAnswer
from interviewer.session.record import Record, Session

When = Literal["never", "noted", "after-session", "question-over", "now"]
"""never: nothing was graded. noted: nobody is there to settle it. question-over: what a full answer
says would help with the follow-up that is open."""

TOLD: dict[When, str] = {
    "never": "Nothing has been graded yet.",
    "noted": "It is on record as an appeal.",
    "after-session": (
        "In a session like this one disputes are settled after it, with 'interviewer appeal'. This"
        " one is on record."
    ),
    "question-over": (
        "This question is still open: you settle the grade as soon as it is over. /dispute again"
        " lets the follow-up go and settles it at once."
    ),
    "now": "You settle that grade yourself, point by point.",
}


def when(session: Session, *, live: bool) -> When:
    """When a dispute of the last grade is settled. live: whether somebody can be asked."""
    found = graded_answers.latest(session)
    if found is None:
        return "never"
    if not live:
        return "noted"
    if not may_settle(session):
        return "after-session"
    return "question-over" if found.record is session.current else "now"


def may_settle(session: Session) -> bool:
    """Whether grades are settled within a session under its rules."""
    plan = session.started.plan
    return not (plan.cold or plan.timed or plan.silent)


def remembered(record: Record) -> list[GradedAnswer]:
    """The answers to that question whose grade as a whole is disputed and not settled yet."""
    return [a for a in graded_answers.graded_answers(record) if waits(record, a.seq)]


def waits(record: Record, answer: int) -> bool:
    """Whether the grade of that answer as a whole is disputed and not settled yet."""
    return any(
        e.answer == answer and e.criterion is None and settlements.is_open(record, e)
        for e in record.appeals
    )
