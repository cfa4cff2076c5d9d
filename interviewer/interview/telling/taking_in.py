"""What is said to what a candidate adds to an earlier question, or says of one; pure.

None of it claims more than the grade says, and the question under way stays open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewer.grading.grades import Verdict
from interviewer.grading.scoring import merge
from interviewer.interview.asking.targets import LIFTED
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import Plan, Style
from interviewer.session.record import Record, Session

COUNTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Good, I count that for {}.",
        "Thank you for coming back to it; that counts for {}.",
        "Nice, that belongs to {}, and it counts.",
        "Of course, I count it for {}.",
    ),
    "neutral": (
        "Good, I count that for {}.",
        "Right, that counts for {}.",
        "Thank you, that counts for {} as well.",
        "Yes, I count it for {}.",
    ),
    "tough": (
        "That counts for {}.",
        "Counted for {}.",
        "All right, it counts for {}.",
        "Fine, it counts for {}.",
    ),
}
IN_PART: dict[Style, tuple[str, ...]] = {
    "friendly": ("Thank you, part of that counts for {}.", "I can count some of that for {}."),
    "neutral": ("Part of that counts for {}.", "I can count some of that for {}."),
    "tough": ("Part of it counts for {}.", "Some of that counts for {}."),
}
KEPT: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Thank you, I have put that with {}.",
        "Sure, I have written that down with {}.",
        "Thank you, I have added that to {}.",
    ),
    "neutral": (
        "I have put that with {}.",
        "I have added that to {}.",
        "I have noted that with {}.",
    ),
    "tough": ("Noted, with {}.", "I have added it to {}.", "I have put it with {}."),
}
_BACK: dict[Style, tuple[str, ...]] = {
    "friendly": ("And this one is still open:", "Now, whenever you like, back to this one:"),
    "neutral": ("Now back to this one:", "The open question is still this one:"),
    "tough": ("Back to this one:", "Now this one:"),
}


def name_of(session: Session, record: Record) -> str:
    """How an earlier question is spoken of: the last one, or the one about its subject."""
    if len(session.records) > 1 and record.question.id == session.records[-2].question.id:
        return "the last one"
    return "that earlier question"


def taken_in(session: Session, record: Record) -> list[Line]:
    """What follows the grade of what was added to that earlier question last: what became of it, and the
    words that are still open."""
    style, place = _place(session, record)
    if session.started.plan.silent:
        options: Sequence[str] = KEPT[style]
    else:
        counted, in_part = _gained(record)
        options = (COUNTED if counted else IN_PART if in_part else KEPT)[style]
    said = options[place % len(options)].format(name_of(session, record))
    return [("note", said), *_put_again(session, style, place)]


def _gained(record: Record) -> tuple[bool, bool]:
    """Whether the last answer lifts a criterion that no earlier one met, and whether it adds to one."""
    last = record.turns[-1].graded
    if last is None or last.grade.asserted:
        return False, False
    before = merge(record.question, record.grades[:-1])
    counted = in_part = False
    for verdict in last.grade.graded:
        known = before.verdict(verdict.criterion) if before else None
        had = known.credit if isinstance(known, Verdict) else 0.0
        counted = counted or (verdict.level == "met" and had < LIFTED)
        in_part = in_part or (verdict.level == "partial" and verdict.credit > had)
    return counted, in_part


def _put_again(session: Session, style: Style, place: int) -> list[Line]:
    record = session.records[-1]
    turn = record.turns[-1]
    if turn.reply is not None:
        return []
    asked = record.asked(turn)
    put: Line = ("question", asked) if turn.probe is None else ("probe", asked)
    return [("note", _BACK[style][place % 2]), put]


def _place(session: Session, record: Record) -> tuple[Style, int]:
    added = sum(1 for r in session.records for turn in r.turns if turn.added)
    return session.started.plan.style or "neutral", added + len(record.turns)


_CLOSED: Mapping[str, str] = {
    "cold": "in a run without second chances it is not graded",
    "timed": "its time is over, so it is not graded",
    "self_graded": "you have graded it already, so it is not graded again",
    "teaches": "its full answer was shown, so it is not graded",
}


def why_closed(plan: Plan) -> str:
    """Why nothing that is added to an earlier question is graded under that plan; "" where it is."""
    return next((why for rule, why in _CLOSED.items() if getattr(plan, rule)), "")


def noted(session: Session, record: Record) -> str:
    """To an addition that is put on record and not graded."""
    why = why_closed(session.started.plan)
    return f"Thank you, I have noted that with {name_of(session, record)}; {why}."


def invited(session: Session, record: Record) -> str:
    """To who wants to go back to an earlier question and has said nothing on it yet."""
    style, which = session.started.plan.style or "neutral", name_of(session, record)
    if why := why_closed(session.started.plan):
        return f"I cannot take up {which} again: {why}. The open question is still yours."
    opening = {"friendly": "Of course, go ahead.", "neutral": "Yes, go ahead.", "tough": "Go on."}
    prompt = record.question.prompt
    return f"{opening[style]} Say it now, and I put it with {which}: {prompt} This one stays open."
