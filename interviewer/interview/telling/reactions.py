"""What the interviewer says to an answer: true to the verdicts, and without giving away what is still to come.

What is said to be right, or to be all of it, was met surely, and nothing in the same sentence is charged.
Whatever is put off to the end is in the debrief of that question.

Wordings follow from where in the session they stand, so that none comes twice in a row and a replay
says the same. Nothing here is said in a silent session; a replay of one shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.answer_text import hedges, traits
from interviewer.answer_text.hedges import assent_asked
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Probe, Question
from interviewer.grading import scoring
from interviewer.grading.grades import LEFT_OUT, NO_ORDER, Verdict
from interviewer.interview import doubt, steps
from interviewer.interview.talk import tails
from interviewer.interview.telling import feedback, phrases, wordings
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import Answered, Style
from interviewer.session.record import Record, Session, Turn

_SAID_BEFORE = re.compile(
    r"\bI(?:'ve| have|’ve)? (?:already |just |literally )*(?:said|told|mentioned|wrote)"
    r" (?:you )?(?:that|this|it|so)\b|\bI (?:already |just )?said[,:]"
    r"|\b(?:as|like) I (?:already |just )?said\b|\bthat(?:'s|’s| is| was) what I (?:already |just )?said\b",
    re.IGNORECASE,
)
TO_THE_POINT = 0.3
"""The share of a criterion's words from which an answer is not turned down."""
SHORT_WORD = 3
"""Letters of a word that is shared by chance: "one"."""
ABOUT = 2
"""Words that a follow-up shares with a wrong claim in doubt from which it is about that."""
ECHO = 3
"""Words of a question from which a general answer hands it back."""
TOLD_WORDS = 2
"""Words of a full answer from which it is not either."""
REPEATED_WORDS = 3
"""Words of an earlier answer from which a reply that brings no others repeats it."""
UNGRADED: Line = ("warning", "I could not grade that one; it is on record as ungraded.")


def reaction(session: Session, record: Record) -> list[Line]:
    """What follows the grade of the latest answer to that question, whatever is asked next."""
    turn = record.turns[-1]
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    if turn.graded.grade.score is None:
        return [UNGRADED]
    if steps.going_on(session, record) is not None:
        return []
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
    style, turn = _style(session), record.turns[-1]
    if traits.both_ways(words):
        return _said(wordings.DECIDE[style], session)
    if not (_surely_wrong(turn, words) or _about(record.question, probe, words)):
        return _said(wordings.TOUCHED[style], session)
    stay = wordings.STAY_TOUGH if style == "tough" else wordings.STAY
    return _said(stay, session, _wrong_words(record, turn, words))


def _wrong_words(record: Record, turn: Turn, words: str) -> str:
    """How those words, which are wrong, are called aloud."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    for wrong in turn.graded.grade.asserted if turn.graded else ():
        if wrong.evidence is not None and wrong.evidence.of(turn.reply.text) == words:
            statement = record.question.statements.get(wrong.criterion, "")
            told = phrases.spoken(turn.reply.text, wrong.evidence, statement, record.question)
            return told or phrases.ONE_THING
    return phrases.ONE_THING


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
    if steps.next_probe(session, record) is not None:
        return [("note", _said(wordings.NOTHING[_style(session)], session))]
    short = record.final is None or record.final < steps.LIFTED
    return [("note", words), *(_taught(session, record) if short else [])]


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
    agreed, charged = _agreed(record, turn), bool(turn.graded and turn.graded.grade.asserted)
    if steps.checks(record, probe) and not (agreed or charged):
        return _said(wordings.CHECKING[style], session)
    if agreed:
        words = _worth_taking_up(session, record, turn, agreed)
        return _said((wordings.TAKEN_UP if words else wordings.ACCEPTED)[style], session, words)
    if steps.is_from_prompt(record.question, probe):
        left_out = steps.was_left_out(record, probe) or counted or halves
        return _said((wordings.REMINDED if left_out else wordings.ONCE_MORE)[style], session)
    if halves and not (counted or charged or _halves_in_doubt(turn)):
        return _said(wordings.CLOSE[style], session)
    if not (counted or halves) and _is_reported(turn):
        return _said(wordings.REPORTED[style], session)
    heard = (
        bool(counted or halves)
        or probe.text in steps.ELABORATE
        or _to_the_point(record, turn)
        or _asks_for_help(turn.reply.text)
    )
    if heard:
        return _said(wordings.TOUCHED[style], session)
    turned = turn.probe is not None and turn.probe.criterion != probe.criterion
    return _said((wordings.OTHER if turned else wordings.NOTHING)[style], session)


def _agreed(record: Record, turn: Turn) -> list[Verdict]:
    """What counted in full for the first time in that answer, surely enough to be agreed with aloud."""
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    before = record.turns[: record.turns.index(turn)]
    old = {
        v.criterion for t in before if t.graded for v in t.graded.grade.graded if v.level == "met"
    }
    grade, said = turn.graded.grade, turn.reply.text
    return [
        v
        for v in grade.graded
        if v.level == "met"
        and v.criterion not in old
        and v.confidence >= doubt.SURE_YES
        and feedback.is_unmixed(said, v.evidence, grade.asserted)
    ]


def _yes_or_no(session: Session, record: Record, turn: Turn, *, going_on: bool) -> str:
    """To an answer that asks whether it is right. going_on: with a follow-up."""
    style = _style(session)
    counted, halves = feedback.heard(record, [turn])
    wrong = turn.graded.grade.asserted if turn.graded else ()
    if any(w.confidence >= doubt.SURE_SLIP for w in wrong):
        return _said(wordings.NOT_SO[style], session)
    if _agreed(record, turn) and not wrong:
        return _said(wordings.CONFIRMED[style], session)
    if (counted or halves) and not wrong:
        return _said(wordings.IN_PART[style], session)
    if not going_on:
        return _said(wordings.NEITHER_END, session)
    return _said(wordings.NEITHER[style], session)


def _halves_in_doubt(turn: Turn) -> bool:
    """Whether what half counted may as well count in full: that is not told as half."""
    found = turn.graded.grade.graded if turn.graded else ()
    return all(v.confidence < doubt.CLEAR for v in found if v.level == "partial")


def _says_again(record: Record, turn: Turn) -> bool:
    """Whether a reply to the point says that it was said before."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    again = _SAID_BEFORE.search(turn.reply.text) is not None
    if turn.graded is not None and turn.graded.grade.asserted:
        return False
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


def _worth_taking_up(
    session: Session, record: Record, turn: Turn, agreed: Sequence[Verdict]
) -> str:
    """Words that a person would take up, every other time; "" for none. Nothing else in their sentence is
    in doubt."""
    if _place(session) % 2 == 0 or turn.graded is None or not isinstance(turn.reply, Answered):
        return ""
    said, grade = turn.reply.text, turn.graded.grade
    unsure = [v for v in grade.graded if v.level != "unmet" and v.confidence < doubt.SURE_YES]
    for verdict in agreed:
        statement = record.question.statements[verdict.criterion]
        words = phrases.spoken(said, verdict.evidence, statement, record.question)
        clear = feedback.is_unmixed(said, verdict.evidence, unsure)
        if words and clear and verdict.confidence >= doubt.CLEAR:
            return words
    return ""


def _at_the_end(session: Session, record: Record) -> list[Line]:
    """When nothing more is asked on the question: all answers to it together."""
    merged, style, turn = record.merged, _style(session), record.turns[-1]
    assert merged is not None, "an answer was graded"
    assert isinstance(turn.reply, Answered), "only answers are graded"
    slips = feedback.slips(record)
    # What is charged may cost the question though nothing is missing.
    if scoring.is_whole(record.question, merged) and scoring.passed(record.final):
        line: Line = ("good", _said(_praise(record, turn, style), session))
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
        # One word on what is wrong is enough where nothing is praised.
        good = line[0] == "good"
        options = wordings.SLIP if good else wordings.SLIP_ALONE
        slip: Line = ("missing", _said(options, session, _slip_words(record)))
        lines = [line, slip] if good else [slip]
    short = not feedback.is_clean(record)
    return [*lines, *(_taught(session, record) if short else [])]


def _praise(record: Record, turn: Turn, style: Style) -> Sequence[str]:
    """What is said of an answer that lacks nothing by its verdicts: praise only where these are sure, nothing
    is held against it, and the last reply added to it."""
    slips = feedback.slips(record)
    sure = feedback.is_surely_whole(record)
    if sure and len(slips) == 1:
        return wordings.APART
    if sure and not slips and not feedback.still_charged(record) and _added(record, turn):
        return wordings.WHOLE[style]
    return wordings.FINE[style]


def _slip_words(record: Record) -> str:
    """How the first slip of a question is called aloud."""
    claim = next(iter(feedback.slip_claims(record)), "")
    for turn in record.turns:
        for wrong in turn.graded.grade.asserted if turn.graded else ():
            if wrong.criterion == claim and isinstance(turn.reply, Answered):
                statement = record.question.statements.get(claim, "")
                said = turn.reply.text
                told = phrases.spoken(said, wrong.evidence, statement, record.question)
                return told or phrases.ONE_THING
    return phrases.ONE_THING


def _added(record: Record, turn: Turn) -> bool:
    """Whether an answer earned something that those before it had not, and claims nothing wrong for sure."""
    if turn.graded is None:
        return False
    best: dict[str, float] = {}
    for earlier in record.turns[: record.turns.index(turn)]:
        for v in earlier.graded.grade.graded if earlier.graded else ():
            best[v.criterion] = max(best.get(v.criterion, 0.0), v.credit)
    grade = turn.graded.grade
    if turn.probe is not None and any(w.confidence >= doubt.SURE_SLIP for w in grade.asserted):
        return False
    return any(v.credit > best.get(v.criterion, 0.0) for v in grade.graded)


def _not_whole(session: Session, record: Record, turn: Turn) -> Line:
    """The same where something is missing: of the last answer too, where it added nothing."""
    style = _style(session)
    counted, halves = feedback.heard(record)
    idle = len(record.grades) > 1 and not _added(record, turn)
    near = _to_the_point(record, turn) and not _repeats(record, turn)
    clearly = doubt.surely_open(record, steps.open_criteria(record.question, record.merged))
    if scoring.passed(record.final):
        if idle:
            return "good", _said(wordings.REST_ENOUGH[style], session)
        return "good", _said((wordings.ENOUGH if clearly else wordings.PERHAPS)[style], session)
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
    return "note", _said(wordings.SOME[style], session)


def _taught(session: Session, record: Record) -> list[Line]:
    """What was missing and wrong and a full answer, where the candidate asked for that."""
    plan, merged = session.started.plan, record.merged
    if not (plan.teaches or plan.self_graded):
        return []
    settled = plan.cold or plan.timed or plan.silent
    told = feedback.APPEAL if settled else feedback.DISPUTE
    lines = feedback.corrections(record, settles=told)
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
