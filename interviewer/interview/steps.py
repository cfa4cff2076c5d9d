"""What to do next, decided from the session alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content
from interviewer.bank import prompt_parts
from interviewer.bank.questions import Criterion, Probe, Question
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.interview import doubt, order, targets
from interviewer.interview.targets import Target
from interviewer.session.events import Answered, Skipped
from interviewer.session.record import Record, Session, Turn

LIFTED = 0.75
"""A criterion with at least this credit needs no follow-up."""
OWN_EXAMPLE = 2
"""Words that a probe shares with the answers from which another one of the criterion comes first."""

ELABORATE = (
    "Can you say that a little more exactly?",
    "Could you put that in one more sentence, so that I am sure what you mean?",
    "Tell me a bit more about how you mean that.",
    "Say a little more: how does that work, exactly?",
    "Could you spell that out a bit for me?",
)
"""What is asked where an answer is vague, it is in doubt what it says, and the question hangs on it."""

_EXAMPLE = re.compile(r'["“]([^"”]+)["”]')


@dataclass(frozen=True)
class AskQuestion:
    """Put this question."""

    question: int


@dataclass(frozen=True)
class GoFurther:
    """Put the deeper question of the one just answered in full."""

    question: Question


@dataclass(frozen=True)
class AwaitReply:
    """The latest prompt is still open; show it again and wait."""

    record: Record
    turn: Turn


@dataclass(frozen=True)
class GradeAnswer:
    """An answer is on record without a grade."""

    record: Record
    turn: Turn


@dataclass(frozen=True)
class PutProbe:
    """Follow up on this criterion with this written probe."""

    record: Record
    probe: Probe


@dataclass(frozen=True)
class Finish:
    """Nothing is left to ask."""


Step = AskQuestion | GoFurther | AwaitReply | GradeAnswer | PutProbe | Finish


def next_step(session: Session) -> Step:
    """The one thing to do now. Total: every session has exactly one next step."""
    if session.closed is not None:
        return Finish()
    record = session.current
    if record is not None:
        for earlier in session.records[:-1]:
            if earlier.turns[-1].awaits_grade:
                return GradeAnswer(earlier, earlier.turns[-1])
        turn = record.turns[-1]
        if turn.reply is None:
            return AwaitReply(record, turn)
        if turn.awaits_grade:
            return GradeAnswer(record, turn)
        probe = next_probe(session, record)
        if probe is not None:
            return PutProbe(record, probe)
        further = deeper_question(session, record)
        if further is not None:
            return GoFurther(further)
    number = order.next_question(session)
    return Finish() if number is None else AskQuestion(number)


def next_probe(session: Session, record: Record) -> Probe | None:
    """The unused probe of the criterion to follow up first, if one may be put.

    Asked for is what was put wrongly or both ways, then what was clearly left unsaid, that first which the
    prompt asks for in a part of its own, then what was likely so; see `targets` for the order among these.
    Whether the question passes already makes no difference. A criterion that was followed up before comes
    after those that were not, and only where it was clearly missed again. After these comes a part of the
    prompt that no answer has a word of. Where all that is open is in doubt, and the first answer does not
    pass, it is made sure of what was said, or the candidate is asked to say more.
    """
    rules = session.started.plan
    used = [turn.probe for turn in record.turns if turn.probe is not None]
    if len(used) >= rules.probes or isinstance(record.turns[-1].reply, Skipped):
        return None
    if record.question.quick_fire:
        return None
    spent = record.shown
    tried = [probe.criterion for probe in used]
    if is_yielded(record):
        return None
    wanted = [t for t in follow_ups(record) if not _was_settled(record, t.criterion)]
    for target in sorted(wanted, key=lambda t: _urgency(record, t, tried)):
        for probe in _ways(record, target, again=target.criterion.id in tried):
            if probe.text not in spent:
                return probe
    return _reminder(record, tried) or _elaboration(session, record)


def is_yielded(record: Record) -> bool:
    """Whether the candidate holds that what was asked last was said before, and no grade gives him anything
    for it: who is not heard twice is not asked a third time."""
    from interviewer.interview.talk import objecting  # noqa: PLC0415  its patterns take long to compile

    turn = record.turns[-1]
    if turn.probe is None or turn.graded is None or not isinstance(turn.reply, Answered):
        return False
    charged = any(grade.asserted for grade in record.grades)
    if charged or not objecting.insists(turn.reply.text):
        return False
    before = scoring.merge(record.question, record.grades[:-1])
    found = record.merged.verdict(turn.probe.criterion) if record.merged else None
    known = before.verdict(turn.probe.criterion) if before else None
    if not isinstance(found, Verdict) or not isinstance(known, Verdict):
        return False
    return found.credit <= known.credit


def _urgency(record: Record, target: Target, tried: Sequence[str]) -> tuple[int, bool, bool]:
    """What comes first sorts first."""
    contradicts = target.reason == "contradiction"
    criterion = target.criterion
    part = prompt_parts.part_for(record.question, criterion)
    answered = part is not None and prompt_parts.is_spoken_of(part, _said(record))
    return (
        tried.count(criterion.id),
        not _is_sure(record, target),
        answered and not contradicts,
    )


def _is_sure(record: Record, target: Target) -> bool:
    return target.reason == "contradiction" or not doubt.in_doubt(record, target.criterion.id)


def _ways(record: Record, target: Target, *, again: bool) -> list[Probe]:
    """The probes that may be put on that target. again: the criterion was followed up before."""
    criterion, said = target.criterion, _said(record)
    likely = doubt.sureness(record, criterion.id) >= doubt.LIKELY and not again
    if not (likely or _is_sure(record, target)):
        return []
    written = [p for p in record.question.probes if p.criterion == criterion.id]
    if not written:
        return [*_settling(record, target), *_from_the_prompt(record, criterion)]
    written = [p for p in written if not _gives_their_example(p, said)]
    fresh = [p for p in written if not _taken_up(record.question, p, said)]
    # Where the criterion was tried, the candidate's own example is no second try.
    return [*_settling(record, target), *(fresh if again else [*fresh, *written])]


def _from_the_prompt(record: Record, criterion: Criterion) -> list[Probe]:
    """The part of the prompt that asks for that criterion, put once more: it gives nothing away. Not a bare
    "why" to who gave a reason."""
    part = prompt_parts.part_for(record.question, criterion)
    if part and part.text == prompt_parts.BARE_WHY and traits.gives_reason(_said(record)):
        return []
    return [Probe(criterion=criterion.id, text=part.text)] if part and part.text else []


def _reminder(record: Record, tried: Sequence[str]) -> Probe | None:
    """A part of the prompt that no answer has a word of, once on a question: unlike what a written probe
    leads to, that it was asked for is known without the grade."""
    question, said = record.question, _said(record)
    if any(is_from_prompt(question, Probe(criterion=c, text=t)) for c, t in _put(record)):
        return None
    for criterion in open_criteria(question, record.merged):
        part = prompt_parts.left_out(question, criterion, said)
        if part is not None and criterion.id not in tried:
            return Probe(criterion=criterion.id, text=part.text)
    return None


def _put(record: Record) -> list[tuple[str, str]]:
    """The follow-ups put so far, as criterion and written words."""
    put = (turn.probe for turn in record.turns if turn.probe is not None)
    return [(probe.criterion, probe.written or probe.text) for probe in put]


def is_from_prompt(question: Question, probe: Probe) -> bool:
    """Whether a follow-up is a part of the prompt put once more."""
    part = prompt_parts.part_for(question, question.criterion(probe.criterion))
    return part is not None and probe.text == part.text


def was_left_out(record: Record, probe: Probe) -> bool:
    """Whether no answer has a word of what that follow-up, a part of the prompt, asks for."""
    criterion = record.question.criterion(probe.criterion)
    return prompt_parts.left_out(record.question, criterion, _said(record)) is not None


def _elaboration(session: Session, record: Record) -> Probe | None:
    """What is asked after a first answer of which nothing is clearly missing, and which does not pass: of
    a vague one to say more; of another one what settles or leads to what it may have left out."""
    if len(record.turns) > 1 or scoring.passed(record.final):
        return None
    still_open = open_criteria(record.question, record.merged)
    doubtful = [c for c in still_open if doubt.in_doubt(record, c.id)]
    if not doubtful:
        return None
    if _is_vague(record):
        text = ELABORATE[len(session.records) % len(ELABORATE)]
        return Probe(criterion=doubtful[0].id, text=text)
    by_doubt = sorted(doubtful, key=lambda c: -doubt.sureness(record, c.id))
    ways = (probe for criterion in by_doubt for probe in _near_ways(record, criterion))
    return next((probe for probe in ways if probe.text not in record.shown), None)


def _near_ways(record: Record, criterion: Criterion) -> list[Probe]:
    """The follow-ups on a criterion in doubt: what settles it where it was touched, else the written ones."""
    found, said = record.merged.verdict(criterion.id) if record.merged else None, _said(record)
    touched = traits.touched(said, criterion.statement, prompt=record.question.prompt) > 0
    half = isinstance(found, Verdict) and found.level == "partial"
    if criterion.settle is not None and (half or touched):
        settling = Probe(criterion=criterion.id, text=criterion.settle)
        return [] if _taken_up(record.question, settling, said) else [settling]
    written = [p for p in record.question.probes if p.criterion == criterion.id]
    return [p for p in written if not _gives_their_example(p, said)]


def _is_vague(record: Record) -> bool:
    """Whether of the first answer nothing counts in full or is wrong, and its words say little."""
    grade = record.grades[0]
    if grade.asserted or any(v.level == "met" for v in grade.graded):
        return False
    question = record.question
    wanted = [c.statement for c in question.criteria]
    return traits.is_vague(_said(record), question.prompt, wanted=wanted, prompt=question.prompt)


def _said(record: Record) -> str:
    """All answers to a question."""
    return " ".join(t.reply.text for t in record.turns if isinstance(t.reply, Answered))


def _taken_up(question: Question, probe: Probe, said: str) -> bool:
    """Whether a probe asks about what was said in its own words: the candidate's example, say."""
    own = set(content(probe.text)) - set(content(question.prompt))
    return len(own & set(content(said))) >= OWN_EXAMPLE


def _gives_their_example(probe: Probe, said: str) -> bool:
    """Whether a probe asks to take an example, in quotes, that the candidate took already."""
    quoted = {word for example in _EXAMPLE.findall(probe.text) for word in content(example)}
    return bool(quoted) and quoted <= set(content(said))


def _was_settled(record: Record, criterion: Criterion) -> bool:
    """Whether the question that settles that criterion was put on this question."""
    put = (turn.probe for turn in record.turns if turn.probe is not None)
    return criterion.settle is not None and any(
        criterion.settle in (probe.text, probe.written) for probe in put
    )


def _settling(record: Record, target: Target) -> list[Probe]:
    """The short question that settles an uncertain verdict, or what was put both ways, if there is one.

    Of a criterion of which nothing was said there is nothing to settle, nor where the answers name
    what the question would have them choose from, or give its words by their initials.
    """
    criterion = target.criterion
    found = record.merged.verdict(criterion.id) if record.merged else None
    if not isinstance(found, Verdict) or criterion.settle is None:
        return []
    probe, said = Probe(criterion=criterion.id, text=criterion.settle), _said(record)
    if target.reason == "contradiction":
        open_choice = traits.both_ways(target.words)
        return [probe] if open_choice or not _taken_up(record.question, probe, said) else []
    if traits.spelled_out(said, criterion.statement) - set(content(record.question.prompt)):
        return []
    near = traits.touched(said, criterion.statement, prompt=record.question.prompt) > 0
    unsure = found.level == "partial" or (near and doubt.in_doubt(record, criterion.id))
    return [probe] if unsure and not _taken_up(record.question, probe, said) else []


def checks(record: Record, probe: Probe) -> bool:
    """Whether a probe is the short question that makes sure of what the latest answer may well have said."""
    target, reply = target_of(record, probe), record.turns[-1].reply
    return (
        isinstance(reply, Answered)
        and probe.text == target.criterion.settle
        and target.reason != "contradiction"
        and traits.touched(reply.text, target.criterion.statement, prompt=record.question.prompt)
        > 0
    )


def deeper_question(session: Session, record: Record) -> Question | None:
    """The deeper question to put after that one, if it was answered in full without help."""
    before = sum(1 for r in session.records if r.further)
    if before >= session.started.plan.deeper or record.cold is None or record.cold < 1.0:
        return None
    grade = record.grades[0]
    return (
        record.question.further()
        if scoring.is_whole(record.question, grade) and not grade.asserted
        else None
    )


def follow_ups(record: Record) -> list[Target]:
    """What is worth following up after the latest answer, the first thing first."""
    turn = record.turns[-1]
    missing = open_criteria(record.question, record.merged)
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    grade = turn.graded.grade
    if turn.probe is not None and traits.asks_for_a_fault(turn.probe.text):
        grade = grade.model_copy(update={"misconceptions": ()})
    return targets.in_order(record.question, turn.reply.text, grade, missing)


def target_of(record: Record, probe: Probe) -> Target:
    """What the follow-up that this probe stands for is about."""
    for target in follow_ups(record):
        if target.criterion.id == probe.criterion:
            return target
    return Target("missing", record.question.criterion(probe.criterion))


def open_criteria(question: Question, grade: AnswerGrade | None) -> list[Criterion]:
    """The criteria not yet met, heaviest first. An ungraded criterion is not followed up."""
    if grade is None:
        return []
    needless = scoring.needless(question, grade.verdicts)
    missing = [
        criterion
        for criterion in question.criteria
        if criterion.id not in needless
        and isinstance(v := grade.verdict(criterion.id), Verdict)
        and v.credit < LIFTED
    ]
    return sorted(missing, key=lambda c: -c.weight)


def taken_back_by_undo(session: Session) -> tuple[Record, Turn] | None:
    """The answer that `/undo` takes back, the last one, with its record; None where there is none.

    While nothing was said to the next question that is the last answer to the one before, unless the
    clock runs or its full answer was shown. What was added to an earlier question last comes first.
    """
    if not session.records:
        return None
    given = [(r, t) for r in session.records for t in r.turns if isinstance(t.reply, Answered)]
    latest = max(given, key=lambda one: one[1].reply.seq if one[1].reply else 0, default=None)
    if latest is not None and latest[1].added:
        return latest
    rules, record = session.started.plan, session.records[-1]
    turns = record.turns[:-1]
    untouched = not (turns or record.hints or record.prompted or record.first.taken_back)
    if untouched and len(session.records) > 1:
        if rules.timed or rules.teaches or rules.self_graded:
            return None
        record = session.records[-2]
        turns = record.turns
    if not turns or not isinstance(turns[-1].reply, Answered):
        return None
    return record, turns[-1]


def hint_for(record: Record) -> Probe | None:
    """What /hint shows: a probe not yet seen, for the heaviest criterion still open."""
    spent, merged = record.shown, record.merged
    still_open = (
        sorted(record.question.criteria, key=lambda c: -c.weight)
        if merged is None
        else open_criteria(record.question, merged)
    )
    for criterion in still_open:
        for probe in record.question.probes:
            if probe.criterion == criterion.id and probe.text not in spent:
                return probe
    return None
