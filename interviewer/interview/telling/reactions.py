"""What the interviewer says to an answer: true to the verdicts, and without giving away what is still to come.

What is said to be right, or to be all of it, was met surely, and nothing in the same answer is charged or in
doubt; only a thing that is called by its name is agreed with beside what is in doubt, and only where no
follow-up comes, which would make it a yes to all. When a question is left nothing is promised for later, and
nothing is said to be missing that was not asked for once more.

Wordings follow from where in the session they stand, so that none comes twice in a row and a replay
says the same. Nothing here is said in a silent session; a replay of one shows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from interviewer.answer_text import hedges, spans, traits
from interviewer.answer_text.hedges import assent_asked
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Probe, Question
from interviewer.grading import scoring
from interviewer.grading.grades import LEFT_OUT, NO_ORDER, AnswerGrade, Verdict
from interviewer.interview.asking import doubt, following_up, going_on, steps, targets
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
MOST = 0.5
"""The share of a question's weight from which what is surely met is most of it."""
ECHO = 3
"""Words of a question from which a general answer hands it back."""
TOLD_WORDS = 2
"""Words of a full answer from which it is not either."""
REPEATED_WORDS = 3
"""Words of an earlier answer from which a reply that brings no others repeats it."""
_ASKS_BY_ITSELF = re.compile(r"(?:and|so|but|then|go on|carry on)\b", re.IGNORECASE)
"""How a follow-up begins that goes on from what was said, so that nothing leads up to it."""
_GOES_ON = re.compile(r"\b(?:go on|mov(?:e|ing) on|on we go|next)\b", re.IGNORECASE)
"""Words of a line after which another question comes."""
UNGRADED: Line = ("warning", "I could not grade that one; it is on record as ungraded.")


def reaction(session: Session, record: Record) -> list[Line]:
    """What follows the grade of the latest answer to that question, whatever is asked next."""
    turn = record.turns[-1]
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    if turn.graded.grade.score is None:
        return [UNGRADED]
    if going_on.request(session, record) is not None:
        return []
    if (probe := following_up.next_probe(session, record)) is not None:
        target = targets.target_of(record, probe)
        if target.reason == "contradiction" and target.words:
            return [("note", _stay(session, record, target.words, probe))]
        said = _on_the_way(session, record, turn, probe)
        return [("note", said)] if said else []
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
        return _said(wordings.DOUBTED[style], session)
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
    return _said(_leaving(wordings.LET_GO[_style(session)], session), session)


def skipped(session: Session) -> str:
    """To who asks in words to go on."""
    return _said(_leaving(wordings.PASSED[_style(session)], session), session)


def received(session: Session) -> Line:
    """What follows a grade that is kept back."""
    return "note", _said(wordings.RECEIVED[_style(session)], session)


def passed_on(session: Session, record: Record, words: str) -> list[Line]:
    """What follows a question, or a probe, that was not answered. words: to begin with."""
    if session.started.plan.silent:
        return []
    if following_up.next_probe(session, record) is not None:
        return [("note", _said(wordings.NOTHING[_style(session)], session))]
    short = record.final is None or record.final < targets.LIFTED
    return [("note", words), *(_taught(session, record) if short else [])]


def _on_the_way(session: Session, record: Record, turn: Turn, probe: Probe) -> str:
    """Before a follow-up: what was heard in the latest answer and not in those before it; "" for nothing."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    counted, halves = _newly_heard(record, turn)
    style = _style(session)
    if told := "" if counted else _to_the_words(session, turn):
        return told
    agreed, charged = _agreed(record, turn), bool(turn.graded and turn.graded.grade.asserted)
    if _asks_for_help(turn.reply.text) or _ASKS_BY_ITSELF.match(probe.text):
        return _agreement(session, record, turn, agreed) if agreed else ""
    if general := "" if counted else _general(session, record, turn):
        return general
    if assent_asked(turn.reply.text):
        return _yes_or_no(session, record, turn)
    if agreed:
        return _agreement(session, record, turn, agreed)
    asks = "?" in turn.reply.text
    if not asks and _says_again(record, turn):
        return _said(wordings.AGAIN[style], session)
    if not (asks or counted or halves) and _repeats(record, turn):
        return _said(wordings.REPEATED[style], session)
    if charged:
        return _said(wordings.DOUBTED[style], session)
    return _said(_neither(record, turn, probe)[style], session)


def _newly_heard(record: Record, turn: Turn) -> tuple[list[str], list[str]]:
    """The words of that answer that counted, and those that half did, without those of answers before."""
    before = set().union(*feedback.heard(record, record.turns[:-1]))
    counted, halves = ([w for w in s if w not in before] for s in feedback.heard(record, [turn]))
    return counted, halves


def _neither(record: Record, turn: Turn, probe: Probe) -> Mapping[Style, Sequence[str]]:
    """What may be said before a follow-up to an answer in which nothing is agreed with or charged."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    counted, halves = _newly_heard(record, turn)
    if following_up.checks(record, probe):
        return wordings.CHECKING
    if following_up.is_from_prompt(record.question, probe):
        earned = any(v.level != "unmet" for grade in record.grades for v in grade.graded)
        if not (earned or _to_the_point(record, turn)):
            return wordings.NOTHING  # no part was answered, so that it is not one that is left
        left_out = following_up.was_left_out(record, probe) or counted or halves
        return wordings.REMINDED if left_out else wordings.ONCE_MORE
    if halves and not (counted or _halves_in_doubt(turn)):
        return wordings.CLOSE
    if not (counted or halves) and _is_reported(turn):
        return wordings.REPORTED
    if counted or halves or probe.text in following_up.ELABORATE or _to_the_point(record, turn):
        return wordings.TOUCHED
    turned = turn.probe is not None and turn.probe.criterion != probe.criterion
    return wordings.OTHER if turned else wordings.NOTHING


def _agreement(session: Session, record: Record, turn: Turn, agreed: Sequence[Verdict]) -> str:
    words = _worth_taking_up(session, record, turn, agreed)
    lines = wordings.TAKEN_UP if words else wordings.ACCEPTED
    return _said(lines[_style(session)], session, words)


def _agreed(record: Record, turn: Turn) -> list[Verdict]:
    """What counted in full for the first time in that answer, surely enough to be agreed with aloud; nothing
    where anything else in it is charged or in doubt."""
    if turn.graded is None or not isinstance(turn.reply, Answered) or _is_mixed(turn.graded.grade):
        return []
    before = record.turns[: record.turns.index(turn)]
    old = {
        v.criterion for t in before if t.graded for v in t.graded.grade.graded if v.level == "met"
    }
    found = turn.graded.grade.graded
    return [v for v in found if v.level == "met" and v.criterion not in old]


def _is_mixed(grade: AnswerGrade) -> bool:
    """Whether anything that an answer says is charged, or may be right or wrong."""
    said = [v for v in grade.graded if v.level != "unmet"]
    claims = [v for v in grade.misconceptions if isinstance(v, Verdict)]
    return bool(grade.asserted) or any(v.confidence < doubt.SURE_YES for v in (*said, *claims))


def _yes_or_no(session: Session, record: Record, turn: Turn) -> str:
    """Before a follow-up, to an answer that asks whether it is right."""
    style = _style(session)
    counted, halves = feedback.heard(record, [turn])
    wrong = turn.graded.grade.asserted if turn.graded else ()
    if any(w.confidence >= doubt.SURE_SLIP for w in wrong):
        return _said(wordings.NOT_SO[style], session)
    if wrong:
        return _said(wordings.DOUBTED[style], session)
    if _agreed(record, turn):
        return _said(wordings.CONFIRMED[style], session)
    if halves and not (counted or _halves_in_doubt(turn)):
        return _said(wordings.IN_PART[style], session)
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


def _general(session: Session, record: Record, turn: Turn) -> str:
    """Before a follow-up, to an answer that says nothing concrete; "" to others."""
    if not _is_general(record, turn):
        return ""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    style = _style(session)
    if any(_is_general(record, t) for t in record.turns if t is not turn):
        return _said(wordings.STILL_GENERAL[style], session)
    echo = traits.echoed(turn.reply.text, record.asked(turn)) >= ECHO
    return _said((wordings.ECHOED if echo else wordings.GENERAL)[style], session)


def _is_reported(turn: Turn) -> bool:
    """Whether an answer does no more than pass on what others say."""
    if not isinstance(turn.reply, Answered):
        return False
    told = [s.text for s in spans.sentences(turn.reply.text) if len(set(content(s.text))) > 1]
    return bool(told) and all(hedges.is_reported(text) for text in told)


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
        for c in targets.open_criteria(question, record.merged)
    )


def _worth_taking_up(
    session: Session, record: Record, turn: Turn, agreed: Sequence[Verdict]
) -> str:
    """Words that a person would take up, every other time; "" for none."""
    return "" if _place(session) % 2 == 0 else _words_of(record, turn, agreed)


def _words_of(record: Record, turn: Turn, met: Sequence[Verdict]) -> str:
    """A short noun phrase of an answer that names what was clearly met; "" for none."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    said = turn.reply.text
    for verdict in met:
        statement = record.question.statements[verdict.criterion]
        words = phrases.spoken(said, verdict.evidence, statement, record.question)
        # A name alone may stand for any of the things that are said of it.
        if " " in words and verdict.confidence >= doubt.CLEAR:
            return words
    return ""


def _at_the_end(session: Session, record: Record) -> list[Line]:
    """When nothing more is asked on the question: all answers to it together."""
    plan, turn = session.started.plan, record.turns[-1]
    assert isinstance(turn.reply, Answered), "only answers are graded"
    passed = bool(scoring.passed(record.final))
    options = _closing(record, turn, _style(session))
    said = "" if options or not passed else _agreed_in_the_end(session, record, turn)
    options = options or wordings.FINE[_style(session)]
    said = said or _said(_leaving(options, session), session)
    line: Line = ("good" if passed else "note", said)
    lines = [line]
    if feedback.slips(record) and not (plan.cold or plan.timed):
        # One word on what is wrong is enough where nothing is praised.
        good = options in (wordings.APART, wordings.MOSTLY[_style(session)])
        slip = _said(wordings.SLIP if good else wordings.SLIP_ALONE, session, _slip_words(record))
        lines = [*([line] if good else []), ("missing", slip)]
    short = not feedback.is_clean(record)
    return [*lines, *(_taught(session, record) if short else [])]


def _agreed_in_the_end(session: Session, record: Record, turn: Turn) -> str:
    """To the last answer to a question that passes: agreement with all that it says, or with a thing that is
    called by its name; "" where neither is sure."""
    assert isinstance(turn.reply, Answered), "only answers are graded"
    style = _style(session)
    if agreed := _agreed(record, turn):
        if assent_asked(turn.reply.text):
            return _said(wordings.CONFIRMED[style], session)
        return _agreement(session, record, turn, agreed)
    grade = turn.graded.grade if turn.graded else None
    met = [v for v in grade.graded if v.level == "met"] if grade and not grade.asserted else []
    words = _words_of(record, turn, met)
    return _said(wordings.TAKEN_UP[style], session, words) if words else ""


def _closing(record: Record, turn: Turn, style: Style) -> Sequence[str]:
    """What may be said of all answers to a question that is left; nothing where no more is known than that
    the latest may be agreed with."""
    if scoring.passed(record.final):
        if feedback.is_surely_whole(record):
            return _praise(record, turn, style)
        if not _was_asked_for(record):
            return ()
        if not _added(record, turn):
            # Even "most of it" would agree with the last reply.
            again = _says_again(record, turn)
            return (wordings.YIELDED if again else wordings.LEFT)[style]
        return wordings.MOSTLY[style] if _surely_met(record) >= MOST else ()
    notes = turn.graded.grade.notes if turn.graded else ()
    if LEFT_OUT in notes:
        return wordings.ADDRESSED[style]
    if NO_ORDER in notes:
        return wordings.SENSELESS[style]
    if _says_again(record, turn) and not _added(record, turn):
        return wordings.YIELDED[style]
    if _surely_met(record):
        return wordings.PARTLY[style] if _was_asked_for(record) else wordings.FINE[style]
    return wordings.LEFT[style] if _earned_nothing(record) else wordings.FINE[style]


def _praise(record: Record, turn: Turn, style: Style) -> Sequence[str]:
    """What is said of an answer of which all is surely met: praise only where nothing is held against it, and
    the last reply added to it."""
    slips = feedback.slips(record)
    if len(slips) == 1:
        return wordings.APART
    if not slips and not feedback.still_charged(record) and _added(record, turn):
        return wordings.WHOLE[style]
    return ()


def _was_asked_for(record: Record) -> bool:
    """Whether a follow-up was put on what is surely open of a question."""
    asked = {turn.probe.criterion for turn in record.turns if turn.probe is not None}
    left = doubt.surely_open(record, targets.open_criteria(record.question, record.merged))
    return any(criterion.id in asked for criterion in left)


def _surely_met(record: Record) -> float:
    """The share of a question's weight that is met surely enough to be said aloud."""
    sure = {
        v.criterion
        for grade in record.grades
        for v in grade.graded
        if v.level == "met" and v.confidence >= doubt.SURE_YES
    }
    criteria = record.question.criteria
    return sum(c.weight for c in criteria if c.id in sure) / sum(c.weight for c in criteria)


def _earned_nothing(record: Record) -> bool:
    """Whether something is surely open, nothing counted, and no answer was to the point; or the answers say
    nothing of their own."""
    if any(feedback.heard(record)):
        return False
    answers = [t for t in record.turns if isinstance(t.reply, Answered)]
    if _is_general(record, answers[-1]) or _is_reported(answers[-1]):
        return True
    clearly = doubt.surely_open(record, targets.open_criteria(record.question, record.merged))
    return bool(clearly) and not any(_to_the_point(record, t) for t in answers)


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


def _taught(session: Session, record: Record) -> list[Line]:
    """What was missing and wrong and a full answer, where the candidate asked for that."""
    plan, merged = session.started.plan, record.merged
    if not (plan.teaches or plan.self_graded):
        return []
    settled = plan.cold or plan.timed or plan.silent
    told = feedback.APPEAL if settled else feedback.DISPUTE
    lines = feedback.corrections(record, settles=told)
    if merged is not None and (missing := targets.open_criteria(record.question, merged)):
        lines.append(feedback.missing(record.question, missing, merged))
    return [*lines, feedback.full_answer(record.question)]


def _style(session: Session) -> Style:
    return session.started.plan.style or "neutral"


def _leaving(options: Sequence[str], session: Session) -> Sequence[str]:
    """Those lines that are true of what comes next: none that goes on to another question where none does."""
    if isinstance(steps.next_step(session), steps.AskQuestion):
        return options
    return [line for line in options if not _GOES_ON.search(line)]


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
