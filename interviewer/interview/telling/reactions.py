"""What the interviewer says to an answer: true to the verdicts, in the candidate's words, and without
giving away what is still to come.

Wordings follow from how many answers were graded before, so that none comes twice in a row and a
replay says the same. Nothing here is said in a silent session; a replay of one shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.grading import scoring
from interviewer.interview import steps, targets
from interviewer.interview.telling import feedback
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import Answered, Style
from interviewer.session.record import Record, Session, Turn, turns_of

BREATH = 62
"""Characters of a quote that is said aloud."""
TO_THE_POINT = 0.3
"""The share of a criterion's words from which an answer is not turned down."""
CUT = "…"
UNGRADED: Line = ("warning", "I could not grade that one; it is on record as ungraded.")

TAKEN_UP: dict[Style, tuple[str, ...]] = {
    "friendly": ("Yes, {}: good.", "{}: exactly.", "I like {}.", "{}, yes, thank you."),
    "neutral": ("{}: yes.", "Right: {}.", "Yes, {}.", "{}. Good."),
    "tough": ("{}: fine. Now be exact.", "All right, {}. Go on.", "{}. Is that all?"),
}
ACCEPTED: dict[Style, tuple[str, ...]] = {
    "friendly": ("Yes, good.", "Right, thank you.", "Yes, I am with you.", "Very good."),
    "neutral": ("Right.", "Yes.", "Good.", "Yes, go on from there."),
    "tough": ("Fine.", "All right. Go on.", "That part holds."),
}
"""The same without words, where they are long or were taken up just before."""
HALF: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "{} goes in the right direction.",
        "You are close with {}.",
        "There is something in {}.",
        "{}: nearly there.",
    ),
    "neutral": (
        "{} points the right way.",
        "{}: close.",
        "{}: that goes some of the way.",
        "I see what you mean by {}.",
    ),
    "tough": (
        "{} says half of it.",
        "{} is vague.",
        "{}: say that precisely.",
        "What exactly is {}?",
    ),
}
CLOSE: dict[Style, tuple[str, ...]] = {
    "friendly": ("You are close.", "Nearly there.", "That goes in the right direction."),
    "neutral": ("That goes some of the way.", "Close.", "Half of it, I would say."),
    "tough": ("That is vague.", "Half of it. Be exact.", "Say that precisely."),
}
NOTHING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us take it from a different corner.",
        "Here is a way in.",
        "Let me make it more concrete.",
        "Let us look at one piece of it.",
        "Let me try from another side.",
        "All right. Let me help you in.",
    ),
    "neutral": (
        "Let us narrow it down.",
        "Let me come at it differently.",
        "Let me ask it from another side.",
        "Let me put it more narrowly.",
        "All right. One piece of it, then.",
    ),
    "tough": (
        "Not that. Try again.",
        "That leaves the question open.",
        "I am not convinced yet.",
        "I have not heard it yet.",
        "That does not settle it.",
        "Closer to the point, please.",
    ),
}
TOUCHED: dict[Style, tuple[str, ...]] = {
    "friendly": ("I follow you so far.", "I see where you are going.", "Thank you, I have that."),
    "neutral": ("I see.", "I follow.", "All right, I have that.", "I have noted that."),
    "tough": ("Noted.", "I have that.", "I heard that."),
}
"""Where an answer speaks to the point though nothing of it counted: neither yes nor no."""
UNSURE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I am not sure that I got all of that; we look at it at the end.",
        "We look at that one together at the end.",
        "Thank you. We come back to that one at the end.",
    ),
    "neutral": (
        "I could not settle that one; it comes up again at the end.",
        "We go through that one at the end.",
        "I have what you said; we look at it at the end.",
    ),
    "tough": (
        "That did not convince me. We go through it at the end.",
        "I leave that one open until the end.",
        "We see at the end what that is worth.",
    ),
}
"""The same where nothing more is asked."""
WHOLE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Nothing to add to that.",
        "Very good, that is complete.",
        "Yes, that is all I wanted to hear.",
        "Lovely, that covers it.",
        "Spot on.",
    ),
    "neutral": (
        "Yes. Nothing is missing there.",
        "Good, that is complete.",
        "Yes, that is it.",
        "Right, that covers it.",
        "That is what I was after.",
    ),
    "tough": ("Complete.", "That is the answer.", "Correct.", "That holds.", "Good. No objection."),
}
ENOUGH: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is enough for me, though there is a bit more to it.",
        "Good enough, and the rest we look at together at the end.",
        "That will do nicely, though one piece is left for the end.",
    ),
    "neutral": (
        "Enough, though there is more to it; that comes at the end.",
        "That will do. What is left of it we go through at the end.",
        "Enough for me, and there is a bit more to it.",
    ),
    "tough": (
        "Enough, and not complete.",
        "That passes. It is not the whole of it.",
        "It will do. A full answer says more.",
    ),
}
PART: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You have a part of it with {}.",
        "{} is on the way; the rest comes at the end.",
    ),
    "neutral": (
        "There is more to it than {}.",
        "{} is part of it; the rest comes at the end.",
        "With {} you have part of it.",
    ),
    "tough": (
        "{} does not carry it alone.",
        "You gave me {}. I wanted more.",
        "{}, and no more than that.",
        "Only {}: not enough.",
    ),
}
SOME: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You have a part of it; the rest comes at the end.",
        "A good part of it is there.",
    ),
    "neutral": (
        "That is part of it; the rest comes at the end.",
        "You have some of it, not enough.",
    ),
    "tough": ("That is not enough.", "Part of it. I wanted more."),
}
MISSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Never mind, that one is for the end.",
        "No matter, we look at that one together at the end.",
        "That one got away; we look at it at the end.",
        "No harm done, we come back to it at the end.",
    ),
    "neutral": (
        "That one stays open until the end.",
        "Let us leave it there for now.",
        "I did not hear it there; we go through it at the end.",
        "Not this one. It comes up again at the end.",
        "We leave that one here and look at it at the end.",
    ),
    "tough": (
        "That one is open. On we go.",
        "You owe me that one. Next.",
        "Not answered. Next.",
        "That is not an answer to it. Next.",
        "No. We go through it at the end.",
    ),
}
RECEIVED: dict[Style, tuple[str, ...]] = {
    "friendly": ("Thank you.", "Thanks, I have that.", "All right, thank you."),
    "neutral": ("All right.", "I have that.", "I see."),
    "tough": ("Noted.", "I heard you.", "Go on."),
}
"""Where the grade is kept back."""
APART = ("You have all of it, apart from one thing.", "All of it is there, and one thing too much.")
DOUBT = (
    "All of it is there; one thing we look at again at the end.",
    "You have all of it. One thing I want to look at again at the end.",
)
SLIP = ("One thing is not so, though: {}.", "One correction, though: {} does not hold.")
STAY = ("Let us stay with {}.", "I want to look at {} again.", "Back to {} for a moment.")


def reaction(session: Session, record: Record) -> list[Line]:
    """What follows the grade of the latest answer to that question, whatever is asked next."""
    turn = record.turns[-1]
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    if turn.graded.grade.score is None:
        return [UNGRADED]
    if (probe := steps.next_probe(session, record)) is not None:
        target = steps.target_of(record, probe)
        if target.reason == "contradiction" and target.words:
            return [("note", _said(STAY, session, feedback.quoted(target.words)))]
        return [("note", _on_the_way(session, record, turn))]
    return _at_the_end(session, record)


def received(session: Session) -> Line:
    """What follows a grade that is kept back."""
    return "note", _said(RECEIVED[_style(session)], session)


def passed_on(session: Session, record: Record, words: str) -> list[Line]:
    """What follows a question, or a probe, that was not answered. words: to begin with."""
    if session.started.plan.silent:
        return []
    short = record.final is None or record.final < steps.LIFTED
    return [("note", words), *(_taught(session, record) if short else [])]


def _on_the_way(session: Session, record: Record, turn: Turn) -> str:
    """Before a follow-up: what was heard in the latest answer and not in those before it."""
    before = set().union(*feedback.heard(record, record.turns[:-1]))
    counted, halves = ([w for w in s if w not in before] for s in feedback.heard(record, [turn]))
    style = _style(session)
    if counted:
        words = _worth_taking_up(session, counted)
        return _said((TAKEN_UP if words else ACCEPTED)[style], session, words)
    if halves:
        words = _worth_taking_up(session, halves)
        return _said((HALF if words else CLOSE)[style], session, words)
    return _said((TOUCHED if _to_the_point(record, turn) else NOTHING)[style], session)


def _to_the_point(record: Record, turn: Turn) -> bool:
    """Whether an answer of which nothing counted replies to a choice, or shares words with what is open.

    A grader may have missed it, so that it is not turned down.
    """
    assert isinstance(turn.reply, Answered), "only answers are graded"
    question = record.question
    if turn.probe is not None:
        put = question.criterion(turn.probe.criterion).settle
        if put is not None and put in (turn.probe.text, turn.probe.written):
            return True
    said = turn.reply.text
    return any(
        targets.touched(question, c, said) >= TO_THE_POINT
        for c in steps.open_criteria(question, record.merged)
    )


def _worth_taking_up(session: Session, quotes: Sequence[str]) -> str:
    """A quote that can be said in one breath, every other time; "" for none."""
    return _in_one_breath(quotes) if _graded(session) % 2 else ""


def _in_one_breath(quotes: Sequence[str]) -> str:
    return next((q for q in quotes if len(q) <= BREATH and CUT not in q), "")


def _at_the_end(session: Session, record: Record) -> list[Line]:
    """When nothing more is asked on the question: all answers to it together."""
    merged, style = record.merged, _style(session)
    assert merged is not None, "an answer was graded"
    counted, halves = feedback.heard(record)
    whole = scoring.is_whole(record.question, merged)
    if whole and not merged.asserted:
        return [("good", _said(WHOLE[style], session))]
    lines: list[Line]
    slips = feedback.slips(record)
    if whole:
        lines = [("good", _said(APART if slips else DOUBT, session))]
    elif scoring.passed(record.final):
        lines = [("good", _said(ENOUGH[style], session))]
    elif counted or halves:
        short = _in_one_breath((*counted, *halves))
        lines = [("note", _said((PART if short else SOME)[style], session, short))]
    else:
        near = any(
            _to_the_point(record, turn) for turn in record.turns if isinstance(turn.reply, Answered)
        )
        lines = [("note", _said((UNSURE if near else MISSED)[style], session))]
    plan = session.started.plan
    if slips and not (plan.cold or plan.timed):
        lines.append(("missing", _said(SLIP, session, slips[0])))
    return [*lines, *_taught(session, record)]


def _taught(session: Session, record: Record) -> list[Line]:
    """What was missing and wrong and a full answer, where the candidate asked for that."""
    plan, merged = session.started.plan, record.merged
    if not (plan.teaches or plan.self_graded):
        return []
    lines = feedback.corrections(record)
    if merged is not None and (missing := steps.open_criteria(record.question, merged)):
        lines.append(feedback.missing(record.question, missing, merged))
    return [*lines, feedback.full_answer(record.question)]


def _style(session: Session) -> Style:
    return session.started.plan.style or "neutral"


def _said(options: Sequence[str], session: Session, words: str = "") -> str:
    said = options[_graded(session) % len(options)].format(words)
    return said[0].upper() + said[1:]


def _graded(session: Session) -> int:
    """How many answers were graded so far."""
    return sum(1 for _, turn in turns_of(session) if turn.graded is not None)
