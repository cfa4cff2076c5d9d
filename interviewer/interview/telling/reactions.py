"""What the interviewer says to an answer: true to the verdicts, in the candidate's words, and without
giving away what is still to come.

Wordings follow from where in the session they stand, so that none comes twice in a row and a replay
says the same. Nothing here is said in a silent session; a replay of one shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.answer_text import hedges, traits
from interviewer.answer_text.hedges import assent_asked
from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Probe, Question
from interviewer.grading import scoring
from interviewer.grading.grades import LEFT_OUT, NO_ORDER
from interviewer.interview import doubt, steps
from interviewer.interview.talk import tails
from interviewer.interview.telling import feedback, wordings
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import Answered, Style
from interviewer.session.record import Record, Session, Turn

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
ABOUT = 2
"""Words that a follow-up shares with a wrong claim from which it is about that."""
ECHO = 3
"""Words of a question from which a general answer hands it back."""
TOLD_WORDS = 2
"""Words of a full answer from which it is not either."""
REPEATED_WORDS = 3
"""Words of an earlier answer from which a reply that brings no others repeats it."""
CUT = "…"
UNGRADED: Line = ("warning", "I could not grade that one; it is on record as ungraded.")


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
            return [("note", _stay(session, record, target.words, probe))]
        return [("note", _on_the_way(session, record, turn, probe))]
    return _at_the_end(session, record)


def _to_the_words(session: Session, turn: Turn) -> str:
    """To an answer that tells whoever grades it what to do, and to words in no order; "" to others."""
    notes, style = turn.graded.grade.notes if turn.graded else (), _style(session)
    if LEFT_OUT in notes:
        return _said(wordings.ADDRESSED[style], session)
    return _said(wordings.SENSELESS[style], session) if NO_ORDER in notes else ""


def _stay(session: Session, record: Record, words: str, probe: Probe) -> str:
    """Before a follow-up on what was put wrongly, or both ways."""
    style = _style(session)
    if traits.both_ways(words):
        return _said(wordings.DECIDE[style], session)
    reply = record.turns[-1].reply
    assert isinstance(reply, Answered), "only answers are graded"
    quote = feedback.shorter(_phrase(reply.text, words), LONG)
    if not _about(record.question, probe, words):
        said = wordings.ASIDE if _surely_wrong(record.turns[-1], words) else wordings.TOUCHED
        return _said(said[style], session, quote)
    return _said(wordings.STAY_TOUGH if style == "tough" else wordings.STAY, session, quote)


def _surely_wrong(turn: Turn, words: str) -> bool:
    """Whether those words of an answer assert what is wrong clearly enough to be said aloud."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    return turn.graded is not None and any(
        wrong.confidence >= doubt.SURE_SLIP
        and wrong.evidence is not None
        and wrong.evidence.of(turn.reply.text) == words
        for wrong in turn.graded.grade.asserted
    )


def _about(question: Question, probe: Probe, words: str) -> bool:
    """Whether a follow-up is about the words that were put wrongly: it shares words with them, of which one
    is enough where it settles a point."""
    own = set(content(probe.text)) - set(content(question.prompt))
    settles = probe.text == question.criterion(probe.criterion).settle
    return len(own & set(content(words))) >= (1 if settles else ABOUT)


def let_go(session: Session) -> str:
    """To who does not know."""
    return _said(wordings.LET_GO[_style(session)], session)


def skipped(session: Session) -> str:
    """To who asks in words to go on."""
    return _said(wordings.PASSED[_style(session)], session)


def received(session: Session) -> Line:
    """What follows a grade that is kept back."""
    return "note", _said(wordings.RECEIVED[_style(session)], session)


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
    told = "" if counted else _to_the_words(session, turn)
    if told:
        return told
    general = "" if counted else _general(session, record, turn, going_on=True)
    if general:
        return general
    if assent_asked(turn.reply.text):
        return _yes_or_no(session, record, turn, going_on=True)
    if _says_again(record, turn):
        return _said(wordings.AGAIN[style], session)
    if not (counted or halves) and _repeats(record, turn):
        return _said(wordings.REPEATED[style], session)
    wrong = turn.graded is not None and bool(turn.graded.grade.asserted)
    if steps.checks(record, probe) and not (counted or wrong):
        return _said(wordings.CHECKING[style], session)
    if counted:
        words = _worth_taking_up(session, counted)
        return _said((wordings.TAKEN_UP if words else wordings.ACCEPTED)[style], session, words)
    if halves and not _halves_in_doubt(turn):
        words = _worth_taking_up(session, halves)
        return _said((wordings.HALF if words else wordings.CLOSE)[style], session, words)
    if not (counted or halves) and _is_reported(turn):
        return _said(wordings.REPORTED[style], session)
    heard = (
        bool(halves)
        or probe.text in steps.ELABORATE
        or _to_the_point(record, turn)
        or _asks_for_help(turn.reply.text)
    )
    if heard:
        return _said(wordings.TOUCHED[style], session)
    turned = turn.probe is not None and turn.probe.criterion != probe.criterion
    return _said((wordings.OTHER if turned else wordings.NOTHING)[style], session)


def _yes_or_no(session: Session, record: Record, turn: Turn, *, going_on: bool) -> str:
    """To an answer that asks whether it is right. going_on: with a follow-up."""
    counted, halves = feedback.heard(record, [turn])
    if counted or halves:
        return _said(
            (wordings.CONFIRMED if counted else wordings.IN_PART)[_style(session)], session
        )
    wrong = turn.graded is not None and bool(turn.graded.grade.asserted)
    if not wrong and not going_on:
        return _said(wordings.NEITHER_END, session)
    return _said((wordings.NOT_SO if wrong else wordings.NEITHER)[_style(session)], session)


def _halves_in_doubt(turn: Turn) -> bool:
    """Whether what half counted may as well count in full: that is not told as half."""
    found = turn.graded.grade.graded if turn.graded else ()
    return all(v.confidence < doubt.CLEAR for v in found if v.level == "partial")


def _says_again(record: Record, turn: Turn) -> bool:
    """Whether a reply to the point says that it was said before."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    again = _SAID_BEFORE.search(turn.reply.text) is not None
    return again and turn.probe is not None and _to_the_point(record, turn)


def _repeats(record: Record, turn: Turn) -> bool:
    """Whether a reply to a follow-up has no word that was not said before on the question, or in its prompt;
    who takes one from the follow-up may have chosen."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    if turn.probe is None:
        return False
    before = [t.reply.text for t in record.turns if isinstance(t.reply, Answered) and t is not turn]
    known = content(" ".join((*before, record.question.prompt)))
    said = set(content(turn.reply.text))
    return len(said & set(content(" ".join(before)))) >= REPEATED_WORDS and said <= set(known)


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
    plain = traits.is_general(
        turn.reply.text,
        record.asked(turn),
        wanted=[c.statement for c in record.question.criteria],
        prompt=record.question.prompt,
    )
    return plain and not any(v.level == "met" for v in grade.graded)


def _general(session: Session, record: Record, turn: Turn, *, going_on: bool) -> str:
    """To an answer that says nothing concrete; "" to others."""
    if not _is_general(record, turn):
        return ""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    style = _style(session)
    if not going_on:
        return _said(wordings.GENERAL_END, session)
    if any(_is_general(record, t) for t in record.turns if t is not turn):
        return _said(wordings.STILL_GENERAL[style], session)
    echo = traits.echoed(turn.reply.text, record.asked(turn)) >= ECHO
    return _said((wordings.ECHOED if echo else wordings.GENERAL)[style], session)


def _is_reported(turn: Turn) -> bool:
    """Whether an answer passes on what others say."""
    return isinstance(turn.reply, Answered) and hedges.is_reported(turn.reply.text)


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
        traits.touched(said, c.statement, prompt=question.prompt) >= TO_THE_POINT
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
    # What is charged may cost the question though nothing is missing.
    if scoring.is_whole(record.question, merged) and scoring.passed(record.final):
        whole = wordings.APART if len(slips) == 1 else wordings.WHOLE[style]
        whole = wordings.FINE[style] if len(slips) > 1 else whole
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
        told = feedback.shorter(slips[0], LONG)
        # One word on what is wrong is enough where nothing is praised.
        good = line[0] == "good"
        slip: Line = (
            "missing",
            _said(wordings.SLIP if good else wordings.SLIP_ALONE, session, told),
        )
        lines = [line, slip] if good else [slip]
    short = not feedback.is_clean(record)
    return [*lines, *(_taught(session, record) if short else [])]


def _not_whole(session: Session, record: Record, turn: Turn) -> Line:
    """The same where something is missing: of the last answer too, where it added nothing."""
    style = _style(session)
    counted, halves = feedback.heard(record)
    idle = len(record.grades) > 1 and not any(feedback.heard(record, [turn]))
    near = _to_the_point(record, turn) and not _repeats(record, turn)
    clearly = doubt.surely_open(record, steps.open_criteria(record.question, record.merged))
    if scoring.passed(record.final):
        if idle and not near:
            return "good", _said(wordings.REST_ENOUGH[style], session)
        return "good", _said((wordings.ENOUGH if clearly else wordings.FINE)[style], session)
    if told := _to_the_words(session, turn):
        return "note", told
    general = "" if counted or halves else _general(session, record, turn, going_on=False)
    if general:
        return "note", general
    if not (counted or halves) and _is_reported(turn):
        return "note", _said(wordings.REPORTED_END, session)
    if not clearly:
        return "note", _said(wordings.UNSURE[style], session)
    if not (counted or halves):
        near = any(_to_the_point(record, t) for t in record.turns if isinstance(t.reply, Answered))
        return "note", _said((wordings.UNSURE if near else wordings.MISSED)[style], session)
    if idle and not near:
        return "note", _said(wordings.REST_PART[style], session)
    short = _in_one_breath((*counted, *halves))
    return "note", _said((wordings.PART if short else wordings.SOME)[style], session, short)


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
    """A number for where the session stands: up by one with each question, by more with each follow-up.

    So what is said at the end of a question, or before its first or second follow-up, goes through
    all its wordings before one comes again.
    """
    turns = len(session.records[-1].turns) - 1 if session.records else 0
    return len(session.records) + FOLLOW_UP * turns


FOLLOW_UP = 3
"""Odd, so that words are taken up every other time; in a list of five to ten it is neither none nor one step,
so that neither follow-ups in a row nor those of questions in a row share a line."""
