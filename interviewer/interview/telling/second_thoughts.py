"""What is said where the judge's grade, come late, changes a verdict that was said aloud; pure."""

from __future__ import annotations

from typing import Literal

from interviewer.bank.questions import question_name
from interviewer.grading import scoring
from interviewer.interview.asking import following_up
from interviewer.interview.telling import feedback
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session, Turn, altered

Spoken = Literal["whole", "enough", "short"]

BETTER: dict[Spoken, str] = {"whole": "you had all of it", "enough": "that was enough after all"}
WORSE: dict[Spoken, str] = {
    "enough": "I said that was all of it, and it was not quite",
    "short": "I was more generous there than I should have been",
}


def second_thoughts(session: Session, answer: int) -> str:
    """One sentence, just after the grade of that answer was amended; "" where nothing that was said
    aloud has changed.

    A verdict is said aloud when a question is over; before that, its follow-ups go on as they are.
    """
    plan = session.started.plan
    found = next(((r, t) for r in session.records if (t := r.turn_of(answer))), None)
    if plan.silent or plan.self_graded or found is None or found[1].before is None:
        return ""
    record, turn = found
    then = _as_it_was(record, turn)
    if not _was_over(session, record, then):
        return ""
    told, now = _said(then), _said(record)
    if told is None or now is None:
        return ""
    parts = []
    if told != now:
        parts.append(BETTER[now] if _RANK[now] > _RANK[told] else WORSE[now])
    slips = feedback.slips(then)
    if slips and not (plan.cold or plan.timed) and slips[0] not in feedback.slips(record):
        parts.append(f"I take back what I said of {slips[0]}")
    about = question_name(record.question.id).casefold()
    return f"On second thoughts about {about}: {', and '.join(parts)}." if parts else ""


_RANK: dict[Spoken, int] = {"short": 0, "enough": 1, "whole": 2}


def _as_it_was(record: Record, turn: Turn) -> Record:
    """The record before the grade of that turn was amended."""
    before = altered(turn, graded=turn.before, before=None)
    return altered(record, turns=tuple(before if t is turn else t for t in record.turns))


def _was_over(session: Session, record: Record, then: Record) -> bool:
    """Whether the verdict on that question was said: its last answer was graded, and led to nothing
    more."""
    last = then.turns[-1]
    if not isinstance(last.reply, Answered) or last.graded is None:
        return False
    if record is not session.current:
        return True
    before = altered(session, records=(*session.records[:-1], then))
    return following_up.next_probe(before, then) is None


def _said(record: Record) -> Spoken | None:
    """What the interviewer says of a question that is over; None where it has no grade."""
    merged = record.merged
    if merged is None or merged.score is None:
        return None
    if feedback.is_surely_whole(record):
        return "whole"
    return "enough" if scoring.passed(record.final) else "short"
