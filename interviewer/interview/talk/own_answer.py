"""What is said of a candidate's own answer when that is asked for, from what the grades say; pure.

It tells whether something was wrong and how much is open, and nothing of what that is.
"""

from __future__ import annotations

from interviewer.answer_text.spans import marked_sentences
from interviewer.interview.asking import doubt, following_up, targets
from interviewer.interview.talk import objecting, tails
from interviewer.interview.telling import feedback, reactions
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session

NOT_JUDGED = "I could not judge that one yet."
DOUBTED = (
    "That part I doubt, yes; there is one point in it that I see differently.",
    "Yes, I did stumble over one point in it.",
)
UNSURE = "There is one point in it that I am not sure of, nothing more."
NOTHING = ("No, nothing wrong.", "Nothing wrong in it.")
ALL = ("No, nothing wrong, you had all of it.", "Nothing is missing there, you said all of it.")
NOT_SURE = (
    "I am not sure of all of it; look at it once more.",
    "There I would not bet on every part of it.",
)
_COUNTS = {2: "two", 3: "three", 4: "four"}
YIELDED = "You may well have said it and I did not catch it; let us leave it, you can settle it at the end."


def view(session: Session, record: Record) -> str:
    """What the interviewer thinks of the answers to that question so far, in one sentence.

    Where its follow-up is open, that is put again.
    """
    grade, place = record.merged, session.last_seq
    turn = record.turns[-1]
    if grade is None or grade.score is None:
        return NOT_JUDGED
    asks = turn.probe is not None and turn.reply is None
    again = f" {turn.probe.text}" if asks and turn.probe else ""
    held = feedback.still_charged(record)
    charged = [w for g in record.grades for w in g.asserted if w.criterion in held]
    if charged or record.grades[-1].asserted:
        sure = any(wrong.confidence >= doubt.SURE_SLIP for wrong in charged)
        return f"{DOUBTED[place % len(DOUBTED)] if sure else UNSURE}{again}"
    missing = targets.open_criteria(record.question, grade)
    if not missing:
        return ALL[place % len(ALL)]
    clear = doubt.surely_open(record, missing)
    if not clear:
        return f"{NOT_SURE[place % len(NOT_SURE)]}{again}"
    opening = NOTHING[place % len(NOTHING)][:-1]
    if asks:
        return f"{opening}, but I still miss what I just asked:{again}"
    count = (
        "one thing is" if len(clear) == 1 else f"{_COUNTS.get(len(clear), len(clear))} things are"
    )
    return f"{opening}, but {count} open."


def repeats_a_slip(record: Record, text: str) -> bool:
    """Whether a reply to a follow-up only holds that what is charged was said, and asks whether it is wrong:
    the answer to that leaves the follow-up open."""
    if record.turns[-1].probe is None or not feedback.still_charged(record):
        return False
    *_, last = marked_sentences(text) or [text]
    return objecting.insists(text) and objecting.asks_for_faults(last)


def reaction(session: Session, record: Record) -> list[Line]:
    """What follows the grade of the latest answer to that question; first to what it asks of itself."""
    lines = reactions.reaction(session, record)
    reply = record.turns[-1].reply
    if not lines or not isinstance(reply, Answered):
        return lines
    if following_up.is_yielded(record):
        return [("note", YIELDED), *lines[1:]]
    tail = tails.tail_of(reply.text)
    if tail is None or not objecting.asks_view(tail.words) or session.started.plan.silent:
        return lines
    return [("note", view(session, record)), *lines[1:]]
