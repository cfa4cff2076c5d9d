"""When a dispute is settled, and what is said of that; pure."""

from __future__ import annotations

from typing import Literal

from interviewer.session import disputes, settlements
from interviewer.session.disputes import Disputed
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
    found = disputes.latest(session)
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


def remembered(record: Record) -> list[Disputed]:
    """The answers to that question whose grade as a whole is disputed and not settled yet."""
    answers = [e.answer for e in record.appeals if waits(record, e.answer)]
    return [
        Disputed(record, at, turn.reply.seq, turn.reply.text, turn.graded.grade)
        for at, turn in enumerate(record.turns)
        if turn.reply is not None and turn.graded is not None and turn.reply.seq in answers
    ]


def waits(record: Record, answer: int) -> bool:
    """Whether the grade of that answer as a whole is disputed and not settled yet."""
    return any(
        e.answer == answer and e.criterion is None and settlements.is_open(record, e)
        for e in record.appeals
    )
