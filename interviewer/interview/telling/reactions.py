"""What the interviewer says to an answer: true to the verdicts, in the candidate's words, and without
giving away what is still to come.

Wordings follow from where in the session they stand, so that none comes twice in a row and a replay
says the same. Nothing here is said in a silent session; a replay of one shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.answer_text.hedges import assent_asked
from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Probe
from interviewer.grading import scoring
from interviewer.interview import doubt, steps, targets
from interviewer.interview.talk import tails
from interviewer.interview.telling import feedback
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import Answered, Style
from interviewer.session.record import Record, Session, Turn, turns_of

_SAID_BEFORE = re.compile(
    r"\bI(?:'ve| have|’ve)? (?:already |just |literally )*(?:said|told|mentioned|wrote)"
    r" (?:you )?(?:that|this|it|so)\b|\bI (?:already |just )?said[,:]"
    r"|\b(?:as|like) I (?:already |just )?said\b|\bthat(?:'s|’s| is| was) what I (?:already |just )?said\b",
    re.IGNORECASE,
)
BREATH = 46
"""Characters of a quote that is said aloud."""
LONG = 62
"""Characters of a wrong claim that is quoted to be looked at again."""
TO_THE_POINT = 0.3
"""The share of a criterion's words from which an answer is not turned down."""
SHORT_WORD = 3
"""Letters of a word that is shared by chance: "one"."""
TOLD_WORDS = 2
"""Words of a full answer from which it is not either."""
CUT = "…"
UNGRADED: Line = ("warning", "I could not grade that one; it is on record as ungraded.")

TAKEN_UP: dict[Style, tuple[str, ...]] = {
    "friendly": ("Yes, {}: good.", "{}: exactly.", "I like {}.", "{}, yes, thank you."),
    "neutral": ("{}: yes.", "Right: {}.", "Yes, {}.", "{}. Good."),
    "tough": ("{}: fine.", "All right, {}. Go on.", "{}: granted.", "{}. What else?"),
}
ACCEPTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Yes, good.",
        "Right, thank you.",
        "Yes, I am with you.",
        "Very good.",
        "Exactly. Let us go one step on.",
    ),
    "neutral": (
        "Right.",
        "Yes, and one more thing on that.",
        "Good.",
        "Yes, that is one part of it.",
        "Agreed.",
    ),
    "tough": ("Fine.", "All right. Go on.", "That part holds.", "Granted. And then?"),
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
        "{}: that goes some of the way.",
        "I see what you mean by {}.",
    ),
    "tough": (
        "{} says half of it.",
        "{}: I want that more precisely.",
        "{} is half of an answer.",
    ),
}
CLOSE: dict[Style, tuple[str, ...]] = {
    "friendly": ("You are close.", "Nearly there.", "That goes in the right direction."),
    "neutral": ("That goes some of the way.", "You are near it.", "I see where that goes."),
    "tough": ("That is half of it.", "Be more exact with me.", "More precisely, please."),
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
OTHER: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "No matter. Let us try another part of it.",
        "All right, let us look at another piece.",
        "Never mind that one. Something else about it:",
        "That is fine. Let me ask about another side of it.",
    ),
    "neutral": (
        "All right, another part of it.",
        "Let us leave that and take another piece.",
        "Not quite. Let me ask about something else in it.",
        "Let me try a different part.",
    ),
    "tough": (
        "No. Let us see another part of it.",
        "That was not it. Another piece, then.",
        "I leave that. Try this.",
        "Not convincing. The next part:",
    ),
}
"""The same where a follow-up was answered and the next one is about something else."""
TOUCHED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I follow you so far.",
        "I see where you are going.",
        "Thank you, I have that.",
        "All right, thank you.",
    ),
    "neutral": ("I see.", "I follow.", "All right.", "I see what you mean.", "Okay."),
    "tough": ("I am listening.", "All right, keep going.", "Go on.", "And further?"),
}
"""Where an answer speaks to the point though nothing of it counted: neither yes nor no."""
CHECKING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I think I follow; just so that I have you right:",
        "Let me make sure that I understand you:",
        "So that I do not put words in your mouth:",
    ),
    "neutral": (
        "So that I have you right:",
        "Let me make sure I follow:",
        "Just to be sure what you mean:",
    ),
    "tough": ("Commit yourself:", "Then say it plainly:", "I want you to decide:"),
}
"""Before the short question that makes sure of what may well have been said."""
AGAIN: dict[Style, tuple[str, ...]] = {
    "friendly": ("You did say that, yes, thank you.", "Yes, you had said so; thank you."),
    "neutral": ("You did, yes.", "Yes, you had said so.", "That is true, you did."),
    "tough": ("So you did.", "You did. All right."),
}
"""To a reply that says of itself that it was said before, where it speaks to the point."""
UNSURE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Thank you, that will do for now; we will look at it together at the end.",
        "All right, let us leave it at that and look at it again at the end.",
        "Thank you. We will come back to that one when we are through.",
        "I have what you said, thank you; we will go over it at the end.",
    ),
    "neutral": (
        "All right, we can leave it at that; more on it at the end.",
        "I have what you said. Let us look at it again when we are through.",
        "Let us leave that one here and go over it at the end.",
        "Okay. We will take another look at that at the end.",
    ),
    "tough": (
        "I am not convinced. We will go through it at the end.",
        "I will leave that one open until the end.",
        "We will see at the end what that is worth.",
        "You have not won me over with that; more at the end.",
    ),
}
"""Where it is in doubt how much was said, and nothing more is asked."""
WHOLE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Nothing to add to that.",
        "Very good, you have it all.",
        "Yes, that is all I wanted to hear.",
        "Lovely, that covers it.",
        "Spot on.",
        "Very nice. I have nothing left to ask on that.",
    ),
    "neutral": (
        "Yes. Nothing is missing there.",
        "Good, I have nothing to add.",
        "Yes, that is it.",
        "Right, that covers it.",
        "That is what I was after.",
        "Yes, I would have said the same.",
    ),
    "tough": (
        "That is the answer.",
        "Correct.",
        "That holds.",
        "Good. No objection.",
        "I cannot fault that.",
    ),
}
FINE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Good, that will do nicely.",
        "Thank you, that is a good answer.",
        "Yes, good. On we go.",
        "That works for me, thank you.",
    ),
    "neutral": (
        "Good, that will do.",
        "Fine, that answers it for me.",
        "Yes, good enough for me.",
        "All right, I am satisfied with that.",
    ),
    "tough": ("That passes.", "It will do.", "Fine. I let that stand.", "That is acceptable."),
}
"""Where the question is passed, and it is in doubt whether anything is missing."""
ENOUGH: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is enough for me, though there is a bit more to it.",
        "Good, the main thing is there; the rest we will look at together at the end.",
        "That will do nicely, though one piece is left for the end.",
        "Good. There is a little more to say about it, and we will come to that at the end.",
    ),
    "neutral": (
        "Good enough. There is a bit more to it, and we will come to that at the end.",
        "The main thing is there; what is left we will go through at the end.",
        "Enough for me, though there is more to say about it.",
        "Fine. One piece of it is still open, but that can wait.",
    ),
    "tough": (
        "Enough, and not complete.",
        "That passes. It is not the whole of it.",
        "It will do. A full answer says more.",
        "I let that pass, though something is missing.",
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
        "{} is a start; what is missing we will go through at the end.",
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
        "Part of it is there, and the rest we will look at together at the end.",
        "That is a start; we will fill in the rest at the end.",
    ),
    "neutral": (
        "That is part of it; the rest comes at the end.",
        "Part of it is there. What is missing we will go through at the end.",
        "That is a start, and there is more to it.",
    ),
    "tough": ("That is not enough.", "Part of it. I wanted more.", "Too little, I am afraid."),
}
MISSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Never mind, that one is for the end.",
        "No matter, we will look at that one together at the end.",
        "That one got away; we will look at it at the end.",
        "No harm done, we will come back to it at the end.",
    ),
    "neutral": (
        "That is not what I was after; we will go through it at the end.",
        "Let us leave it there for now.",
        "Not quite the point. It comes up again at the end.",
        "We will leave that one here and look at it at the end.",
        "That does not answer it yet; let us go over it at the end.",
    ),
    "tough": (
        "That is not it. On we go.",
        "You owe me that one.",
        "That does not answer my question.",
        "I did not hear an answer in that. Next.",
        "No. We will go through it at the end.",
    ),
}
RECEIVED: dict[Style, tuple[str, ...]] = {
    "friendly": ("Thank you.", "Thanks, I have that.", "All right, thank you."),
    "neutral": ("All right.", "I have that.", "I see."),
    "tough": ("All right.", "I heard you.", "Go on."),
}
"""Where the grade is kept back."""
CONFIRMED: dict[Style, tuple[str, ...]] = {
    "friendly": ("Yes, that is right.", "You have it right, yes.", "Yes, exactly that."),
    "neutral": ("Yes, that is so.", "It is, yes.", "That is right, yes."),
    "tough": ("Yes. Say it as if you knew it.", "It is.", "Yes, that stands."),
}
"""To who asks whether it is right, where something counted."""
IN_PART: dict[Style, tuple[str, ...]] = {
    "friendly": ("In part, yes.", "You are on the way with it, yes.", "It goes that way, yes."),
    "neutral": ("In part, yes.", "It goes that way; it is not all of it.", "Some of it, yes."),
    "tough": ("Half of it.", "In part. Be exact.", "Some of that, yes."),
}
NOT_SO: dict[Style, tuple[str, ...]] = {
    "friendly": ("Not quite, I would say.", "I would not put it like that."),
    "neutral": ("Not quite.", "I would not say so."),
    "tough": ("No, not like that.", "Not in my book."),
}
NEITHER: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let me hear a bit more before I say.",
        "I would like to hear more before I say yes.",
    ),
    "neutral": ("Let me hear more before I say.", "I would not say yes or no to that yet."),
    "tough": ("I do not say yes to that yet.", "That is yours to tell me."),
}
"""The same where nothing of it counted and nothing is clearly wrong: a grader misses much."""
NEITHER_END = ("Whether that is so, we will see at the end.", "I would not say yes or no to that.")
GENERAL: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That stays general, and I would like to hear what exactly happens.",
        "I follow the tone of it, but it stays general: tell me what exactly happens.",
    ),
    "neutral": (
        "That stays general. I am after what exactly happens.",
        "That holds for a lot of things; let me ask for what exactly happens here.",
    ),
    "tough": (
        "That is general. Say what exactly happens.",
        "Those are words for anything. Be exact.",
    ),
}
"""To an answer that says nothing concrete, once in a session."""
REST_ENOUGH: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That last one was not it, no harm done: what you said before is enough.",
        "We leave that last piece; what you had before was good.",
        "Not quite that, but the rest of your answer is good.",
    ),
    "neutral": (
        "Not that last one, but what you said before is enough for me.",
        "That last piece we leave for the end; what you said before was good.",
        "That was not it, though the rest of your answer stands.",
    ),
    "tough": (
        "Not that last one. What you said before is enough.",
        "That last one missed; the rest stands.",
        "No, but I let the rest stand.",
    ),
}
"""Where the question was passed, and the last reply to it did not add to that."""
REST_PART: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "We leave the rest for the end.",
        "We leave it there, and look at the rest together at the end.",
        "That last piece we will look at together at the end.",
    ),
    "neutral": (
        "We leave the rest of it for the end.",
        "That was not the missing piece; it comes at the end.",
        "Let us leave it there; the rest comes at the end.",
    ),
    "tough": ("That does not close it. On we go.", "I leave the rest open until the end."),
}
GENERAL_END = (
    "That stayed general; what exactly happens we will look at in the end.",
    "That holds for a lot of things; the exact answer comes at the end.",
)
APART = ("You have all of it, apart from one thing.", "All of it is there, and one thing too much.")
SLIP = ("One thing is not so, though: {}.", "One correction, though: {} does not hold.")
SLIP_ALONE = ("One thing I can say now: {} is not so.", "{}: that is not so.", "{} does not hold.")
"""The same where nothing was praised before it."""
SLIP_UNSAID = ("One thing in there is not so; we will look at it at the end.",)
"""The same where the words are too many to be said."""
STAY_TOUGH = ("{}: I do not buy that yet.", "{}: let me press you there.", "{}? Think again.")
STAY = ("Let us stay with {}.", "I want to look at {} again.", "Back to {} for a moment.")
STAY_UNSAID: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us look at one thing in there again.",
        "I would like to stay with one point of that.",
        "Let me go back to one thing you said.",
    ),
    "neutral": (
        "There is one thing in that I want to look at again.",
        "Let us stay with one point of that.",
        "I am not sure about one thing you said.",
    ),
    "tough": (
        "I do not buy all of that.",
        "Let me press you on one point.",
        "Part of that is off.",
    ),
}
"""The same without words, where they are long."""
DECIDE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us see whether you can decide between the two.",
        "You are torn there; let us work it out.",
        "Let us find out which of them it is.",
    ),
    "neutral": (
        "You leave that open; let us pin it down.",
        "Let us find out which of them it is.",
        "You put that both ways; let us decide it.",
    ),
    "tough": ("You cannot have both.", "Make up your mind.", "Which is it? Let us see."),
}
"""To what was put both ways."""
LET_GO: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is fine. Let us move on.",
        "No problem at all; we will look at it together at the end.",
        "Good that you say so. On to the next.",
        "No harm done. Let us go on.",
    ),
    "neutral": (
        "That is fine. Let us move on.",
        "All right, we will look at that one at the end.",
        "Fair enough. On we go.",
        "Good to say so; we will come back to it at the end.",
    ),
    "tough": (
        "Then we move on.",
        "All right. Next.",
        "Honest, at least. Next.",
        "Then let us go on.",
    ),
}
"""To who does not know."""
PASSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Sure, we leave that one.",
        "Of course, on to the next.",
        "No problem, we skip it.",
    ),
    "neutral": ("All right, we skip that one.", "Fine, on to the next.", "Then we leave that one."),
    "tough": ("As you like. Next.", "Then we skip it.", "Your choice. Next."),
}
"""To who asks in words to go on."""


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
            return [("note", _stay(session, turn.reply.text, target.words))]
        return [("note", _on_the_way(session, record, turn, probe))]
    return _at_the_end(session, record)


def _stay(session: Session, answer: str, words: str) -> str:
    """Before a follow-up on what was put wrongly, or both ways."""
    style = _style(session)
    if targets.both_ways(words):
        return _said(DECIDE[style], session)
    quote = _phrase(answer, words)
    if len(quote) > LONG or CUT in quote:
        return _said(STAY_UNSAID[style], session)
    return _said(STAY_TOUGH if style == "tough" else STAY, session, quote)


def let_go(session: Session) -> str:
    """To who does not know."""
    return _said(LET_GO[_style(session)], session)


def skipped(session: Session) -> str:
    """To who asks in words to go on."""
    return _said(PASSED[_style(session)], session)


def received(session: Session) -> Line:
    """What follows a grade that is kept back."""
    return "note", _said(RECEIVED[_style(session)], session)


def passed_on(session: Session, record: Record, words: str) -> list[Line]:
    """What follows a question, or a probe, that was not answered. words: to begin with."""
    if session.started.plan.silent:
        return []
    short = record.final is None or record.final < steps.LIFTED
    return [("note", words), *(_taught(session, record) if short else [])]


def _phrase(answer: str, words: str) -> str:
    start = answer.find(words)
    if start < 0:
        return feedback.quoted(words)
    return feedback.phrase(answer, Evidence(start=start, end=start + len(words)))


def _on_the_way(session: Session, record: Record, turn: Turn, probe: Probe) -> str:
    """Before a follow-up: what was heard in the latest answer and not in those before it."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    before = set().union(*feedback.heard(record, record.turns[:-1]))
    counted, halves = ([w for w in s if w not in before] for s in feedback.heard(record, [turn]))
    style = _style(session)
    if not counted and _is_general(record, turn) and not _told_before(session, turn):
        return _said(GENERAL[style], session)
    if assent_asked(turn.reply.text):
        return _yes_or_no(session, record, turn, going_on=True)
    if _says_again(record, turn):
        return _said(AGAIN[style], session)
    wrong = turn.graded is not None and bool(turn.graded.grade.asserted)
    if steps.checks(record, probe) and not (counted or wrong):
        return _said(CHECKING[style], session)
    if counted:
        words = _worth_taking_up(session, counted)
        return _said((TAKEN_UP if words else ACCEPTED)[style], session, words)
    if halves and not _halves_in_doubt(turn):
        words = _worth_taking_up(session, halves)
        return _said((HALF if words else CLOSE)[style], session, words)
    heard = (
        bool(halves)
        or probe.text in steps.ELABORATE
        or _to_the_point(record, turn)
        or _asks_for_help(turn.reply.text)
    )
    if heard:
        return _said(TOUCHED[style], session)
    turned = turn.probe is not None and turn.probe.criterion != probe.criterion
    return _said((OTHER if turned else NOTHING)[style], session)


def _yes_or_no(session: Session, record: Record, turn: Turn, *, going_on: bool) -> str:
    """To an answer that asks whether it is right. going_on: with a follow-up."""
    counted, halves = feedback.heard(record, [turn])
    if counted or halves:
        return _said((CONFIRMED if counted else IN_PART)[_style(session)], session)
    wrong = turn.graded is not None and bool(turn.graded.grade.asserted)
    if not wrong and not going_on:
        return _said(NEITHER_END, session)
    return _said((NOT_SO if wrong else NEITHER)[_style(session)], session)


def _halves_in_doubt(turn: Turn) -> bool:
    """Whether what half counted may as well count in full: that is not told as half."""
    found = turn.graded.grade.graded if turn.graded else ()
    return all(v.confidence < doubt.CLEAR for v in found if v.level == "partial")


def _says_again(record: Record, turn: Turn) -> bool:
    """Whether a reply to the point says that it was said before."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    again = _SAID_BEFORE.search(turn.reply.text) is not None
    return again and turn.probe is not None and _to_the_point(record, turn)


def _asks_for_help(answer: str) -> bool:
    tail = tails.tail_of(answer)
    return tail is not None and tail.kind == "request"


def _is_general(record: Record, turn: Turn) -> bool:
    """Whether an answer says nothing concrete, nothing of it counted in full or is wrong, and the question
    is not passed."""
    grade = turn.graded.grade if turn.graded else None
    if grade is None or not isinstance(turn.reply, Answered) or grade.asserted:
        return False
    if scoring.passed(record.final):
        return False
    plain = targets.is_general(record.question, turn.reply.text)
    return plain and not any(v.level == "met" for v in grade.graded)


def _told_before(session: Session, turn: Turn) -> bool:
    """Whether an earlier answer was called general."""
    return any(_is_general(r, t) for r, t in turns_of(session) if t is not turn)


def _to_the_point(record: Record, turn: Turn) -> bool:
    """Whether an answer of which nothing counted replies to a choice, or shares words with the follow-up
    that it replies to, with what is open or with a full answer.

    A grader may have missed it, so that it is not turned down.
    """
    assert isinstance(turn.reply, Answered), "only answers are graded"
    question = record.question
    if turn.probe is not None:
        put = question.criterion(turn.probe.criterion).settle
        if put is not None and put in (turn.probe.text, turn.probe.written):
            return True
        shared = set(content(turn.reply.text)) & set(content(turn.probe.text))
        if len(shared) > 1 or any(len(word) > SHORT_WORD for word in shared):
            return True
    said = turn.reply.text
    told = set(content(" ".join(question.references))) - set(content(question.prompt))
    return len(told & set(content(said))) >= TOLD_WORDS or any(
        targets.touched(question, c, said) >= TO_THE_POINT
        for c in steps.open_criteria(question, record.merged)
    )


def _worth_taking_up(session: Session, quotes: Sequence[str]) -> str:
    """A quote that can be said in one breath, every other time; "" for none."""
    return _in_one_breath(quotes) if _place(session) % 2 else ""


def _in_one_breath(quotes: Sequence[str]) -> str:
    return next((q for q in quotes if len(q) <= BREATH and CUT not in q), "")


def _at_the_end(session: Session, record: Record) -> list[Line]:
    """When nothing more is asked on the question: all answers to it together."""
    merged, style, turn = record.merged, _style(session), record.turns[-1]
    assert merged is not None, "an answer was graded"
    assert isinstance(turn.reply, Answered), "only answers are graded"
    slips = feedback.slips(record)
    if scoring.is_whole(record.question, merged):
        whole = WHOLE[style] if not slips else APART
        line: Line = ("good", _said(whole, session))
    else:
        line = _not_whole(session, record, turn)
        # Where it passes, half a yes would be more than is known.
        half = scoring.passed(record.final) and not feedback.heard(record, [turn])[0]
        if assent_asked(turn.reply.text) and not half:
            told = _yes_or_no(session, record, turn, going_on=False)
            line = (line[0], f"{told} {line[1]}")
    plan = session.started.plan
    lines = [line]
    if slips and not (plan.cold or plan.timed):
        lines.append(("missing", _slip(session, slips[0], after_praise=line[0] == "good")))
    short = not feedback.is_clean(record)
    return [*lines, *(_taught(session, record) if short else [])]


def _slip(session: Session, words: str, *, after_praise: bool) -> str:
    if CUT in words:
        return _said(SLIP_UNSAID, session)
    return _said(SLIP if after_praise else SLIP_ALONE, session, words)


def _not_whole(session: Session, record: Record, turn: Turn) -> Line:
    """The same where something is missing: of the last answer too, where it added nothing."""
    style = _style(session)
    counted, halves = feedback.heard(record)
    idle = len(record.grades) > 1 and not any(feedback.heard(record, [turn]))
    near = _to_the_point(record, turn)
    clearly = doubt.surely_open(record, steps.open_criteria(record.question, record.merged))
    if scoring.passed(record.final):
        if idle and not near:
            return "good", _said(REST_ENOUGH[style], session)
        return "good", _said((ENOUGH if clearly else FINE)[style], session)
    if not clearly:
        return "note", _said(UNSURE[style], session)
    if not (counted or halves):
        if _is_general(record, turn) and not _told_before(session, turn):
            return "note", _said(GENERAL_END, session)
        near = any(_to_the_point(record, t) for t in record.turns if isinstance(t.reply, Answered))
        return "note", _said((UNSURE if near else MISSED)[style], session)
    if idle and not near:
        return "note", _said(REST_PART[style], session)
    short = _in_one_breath((*counted, *halves))
    return "note", _said((PART if short else SOME)[style], session, short)


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
    said = options[_place(session) % len(options)].format(words)
    return said[0].upper() + said[1:]


def _place(session: Session) -> int:
    """A number for where the session stands: up by one with each question, down with each follow-up.

    So what is said at the end of a question, or before its first or second follow-up, goes through
    all its wordings before one comes again.
    """
    turns = len(session.records[-1].turns) - 1 if session.records else 0
    return len(session.records) - turns
