"""Which follow-up is put next on a question, if any, decided from the session alone; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content
from interviewer.bank import prompt_parts
from interviewer.bank.prompt_parts import AskedPart
from interviewer.bank.questions import Criterion, Probe, Question
from interviewer.grading import scoring
from interviewer.grading.grades import Verdict
from interviewer.interview.asking import doubt, going_on, targets
from interviewer.interview.asking.targets import Target
from interviewer.session.events import Answered, Skipped
from interviewer.session.record import Record, Session, Turn, altered

OWN_EXAMPLE = 2
"""Words that a probe shares with the answers from which another one of the criterion comes first."""
ON_SUBJECT = 2
"""Words of a full answer from which an answer is to the question, whatever its grade says."""
NEAR = 0.3
"""The share of a criterion's words from which it is as well."""
NAMED = 2
"""Own words of a part from which it is left out though its criterion was met, by no words that are known:
a part with fewer is told in other words by whoever answers it."""
_VAGUE = (
    "Can you say that a little more exactly?",
    "Could you put that in one more sentence, so that I am sure what you mean?",
    "Tell me a bit more about how you mean that.",
    "Say a little more: how does that work, exactly?",
    "Could you spell that out a bit for me?",
)
"""What is asked where an answer is vague, it is in doubt what it says, and the question hangs on it."""
NUDGE = (
    "And what else belongs to it?",
    "What would you add to that?",
    "What else can you tell me about it?",
    "And what else comes to your mind there?",
    "What more is there to it?",
    "What else would you mention?",
    "How would you round that off?",
)
"""What is asked where something is missing and nothing leads to it."""
ELABORATE = (*_VAGUE, *NUDGE)
"""Requests for more that name nothing."""
_EXAMPLE = re.compile(r'["“]([^"”]+)["”]')


def next_probe(session: Session, record: Record) -> Probe | None:
    """What is asked next on that question, if anything may be.

    An unfinished answer is asked to go on first, see `going_on`. Then, while the plan has follow-ups left,
    comes what was put wrongly or both ways; the question itself in other words, where the answer touched
    nothing of it, which uses up none; the parts of the prompt that no answer has a word of; what was left
    unsaid, that first of which it is surest; and once on a question what is in doubt. Whether the question
    passes already makes no difference. A criterion that was followed up before comes after those that were
    not, and only where it was clearly missed again.
    """
    rules, last = session.started.plan, record.turns[-1]
    if not rules.probes or record.question.quick_fire or _is_let_go(last):
        return None
    if (to_go_on := going_on.request(session, record)) is not None:
        return to_go_on
    if len(record.followed_up) >= rules.probes:
        return None
    spent = record.shown
    if is_yielded(record):
        return None
    return next((p for p in _follow_ups(session, record) if p.text not in spent), None)


def _is_let_go(turn: Turn) -> bool:
    """Whether the candidate passed on what was asked. Who does not know how to go on may know it when asked."""
    reply = turn.reply
    return isinstance(reply, Skipped) and not (turn.goes_on and reply.reason == "unknown")


def _follow_ups(session: Session, record: Record) -> Iterator[Probe]:
    """Every follow-up that may be put now, also used ones, the first to put first."""
    tried = [turn.probe.criterion for turn in record.followed_up if turn.probe is not None]
    wanted = [t for t in targets.follow_ups(record) if not _was_settled(record, t.criterion)]
    wanted.sort(key=lambda target: _urgency(record, target, tried))
    wrong = [t for t in wanted if t.reason == "contradiction" and t.criterion.id not in tried]
    for target in wrong:
        yield from _ways(record, target, again=False)
    yield from afresh(record)
    for criterion, part in parts_left_out(record):
        if criterion.id not in tried:
            yield Probe(criterion=criterion.id, text=part.text)
    for target in (t for t in wanted if t not in wrong):
        yield from _ways(record, target, again=target.criterion.id in tried)
    yield from _in_doubt(session, record, tried)


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
    return target.reason == "contradiction" or doubt.is_unsaid(record, target.criterion)


def _ways(record: Record, target: Target, *, again: bool) -> list[Probe]:
    """The probes that may be put on that target. again: the criterion was followed up before."""
    criterion, said = target.criterion, _said(record)
    if again:
        due = target.reason == "contradiction" or not doubt.in_doubt(record, criterion.id)
    else:
        likely = doubt.sureness(record, criterion.id) >= doubt.LIKELY
        due = likely or _is_sure(record, target)
    if not due:
        return []
    written = [p for p in record.question.probes if p.criterion == criterion.id]
    if not written:
        clear = target.reason == "contradiction" or not doubt.in_doubt(record, criterion.id)
        part = _from_the_prompt(record, criterion) if clear else _unspoken(record, criterion)
        return [*_settling(record, target), *part]
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


def _unspoken(record: Record, criterion: Criterion) -> list[Probe]:
    """The same, where no answer has a word of that part."""
    part = prompt_parts.part_for(record.question, criterion)
    spoken_of = part is None or prompt_parts.is_spoken_of(part, _said(record))
    return [] if spoken_of else _from_the_prompt(record, criterion)


def afresh(record: Record) -> list[Probe]:
    """The question in other words, else its first part, once, after an answer that earned nothing and touches
    nothing of it: a detail of what was not answered at all would be harder than the question."""
    question, said = record.question, _said(record)
    still_open = targets.open_criteria(question, record.merged)
    if record.followed_up or len(still_open) < len(question.criteria) or not said:
        return []
    if any(turn.goes_on and not going_on.asks_to_go_on(turn) for turn in record.turns):
        return []
    if any(_counts(v) for grade in record.grades for v in (*grade.graded, *grade.asserted)):
        return []
    told = set(content(" ".join(question.references))) - set(content(question.prompt))
    if len(told & set(content(said))) >= ON_SUBJECT or any(
        traits.touched(said, c.statement, prompt=question.prompt) >= NEAR for c in still_open
    ):
        return []
    parts = prompt_parts.of(question.prompt)
    if any(part.own and prompt_parts.is_spoken_of(part, said) for part in parts):
        return []
    texts = [text for text in (question.again, *(part.text for part in parts[:1])) if text]
    return [Probe(criterion=still_open[0].id, text=text) for text in texts]


def _counts(verdict: Verdict) -> bool:
    """Whether a verdict gives anything, and not half on a guess."""
    return verdict.level == "met" or (verdict.credit > 0 and verdict.confidence >= doubt.LIKELY)


def parts_left_out(record: Record) -> list[tuple[Criterion, AskedPart]]:
    """The parts of the prompt that no answer has a word of, with the criterion that each asks for, in the
    prompt's order: unlike what a written probe leads to, that these were asked for is known without the
    grade. A criterion that is met by words of an answer is not among them."""
    question, said, merged = record.question, _said(record), record.merged
    if merged is None:
        return []
    needless = scoring.needless(question, merged.verdicts)
    lifted = {v.criterion for v in merged.graded if v.credit >= targets.LIFTED}
    quoted = {v.criterion for grade in record.grades for v in grade.graded if v.evidence}
    asked = [part.text for part in prompt_parts.of(question.prompt)]
    found = [
        (criterion, part)
        for criterion in question.criteria
        if criterion.id not in needless | (lifted & quoted)
        and isinstance(merged.verdict(criterion.id), Verdict)
        and (part := prompt_parts.left_out(question, criterion, said)) is not None
        and (criterion.id not in lifted or len(part.own) >= NAMED)
    ]
    return sorted(found, key=lambda one: asked.index(one[1].text))


def is_from_prompt(question: Question, probe: Probe) -> bool:
    """Whether a follow-up is a part of the prompt put once more."""
    part = prompt_parts.part_for(question, question.criterion(probe.criterion))
    return part is not None and probe.text == part.text


def was_left_out(record: Record, probe: Probe) -> bool:
    """Whether no answer has a word of what that follow-up, a part of the prompt, asks for."""
    criterion = record.question.criterion(probe.criterion)
    return prompt_parts.left_out(record.question, criterion, _said(record)) is not None


def _in_doubt(session: Session, record: Record, tried: Sequence[str]) -> Iterator[Probe]:
    """What is asked of points that may have been said, or that nothing else leads to, once on a question: of
    a vague answer to say more; else what asks for one of them, at last an open request for more."""
    known = {*tried, *(hint.criterion for hint in record.hints)}
    left = [c for c in targets.open_criteria(record.question, record.merged) if c.id not in known]
    if not left or was_asked_in_doubt(record):
        return
    place = len(session.records)
    first = not record.followed_up and not scoring.passed(record.final)
    doubtful = [c for c in left if doubt.in_doubt(record, c.id)]
    if first and doubtful and _is_vague(record):
        yield Probe(criterion=doubtful[0].id, text=_VAGUE[place % len(_VAGUE)])
        return
    for criterion in sorted(doubtful, key=lambda c: -doubt.sureness(record, c.id)):
        yield from _near_ways(record, criterion)
    for criterion in left:
        part = prompt_parts.part_for(record.question, criterion)
        if part is not None and not part.own:
            yield from _from_the_prompt(record, criterion)
    heard = record.merged is not None and any(_counts(v) for v in record.merged.graded)
    if heard or not record.followed_up:
        options = NUDGE if heard else _VAGUE
        yield Probe(criterion=left[0].id, text=options[place % len(options)])


def was_asked_in_doubt(record: Record) -> bool:
    """Whether one of the follow-ups was open, or on a criterion of which it was in doubt whether it was said."""
    for turn in record.followed_up:
        assert turn.probe is not None, "a follow-up has a probe"
        before = altered(record, turns=record.turns[: record.turns.index(turn)])
        criterion = record.question.criterion(turn.probe.criterion)
        if turn.probe.text in ELABORATE or not doubt.is_unsaid(before, criterion):
            return True
    return False


def _near_ways(record: Record, criterion: Criterion) -> list[Probe]:
    """The follow-ups on a criterion in doubt: the part of the prompt that was not spoken of, what settles it
    where it was touched, the written ones where it is hardly in doubt."""
    question, said = record.question, _said(record)
    found = record.merged.verdict(criterion.id) if record.merged else None
    ways = _unspoken(record, criterion)
    touched = traits.touched(said, criterion.statement, prompt=question.prompt) > 0
    half = isinstance(found, Verdict) and found.level == "partial"
    if criterion.settle is not None and (half or touched):
        settling = Probe(criterion=criterion.id, text=criterion.settle)
        ways += [] if _taken_up(question, settling, said) else [settling]
    if doubt.sureness(record, criterion.id) >= doubt.ASKED_EXACTLY:
        written = [p for p in question.probes if p.criterion == criterion.id]
        ways += [
            p
            for p in written
            if not (_gives_their_example(p, said) or _taken_up(question, p, said))
        ]
    return ways


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
    target, reply = targets.target_of(record, probe), record.turns[-1].reply
    return (
        isinstance(reply, Answered)
        and probe.text == target.criterion.settle
        and target.reason != "contradiction"
        and traits.touched(reply.text, target.criterion.statement, prompt=record.question.prompt)
        > 0
    )


def hint_for(record: Record) -> Probe | None:
    """What /hint shows: what was not seen yet and leads to the open follow-up's criterion, a probe or the
    question that settles it; else a probe for the heaviest criterion still open."""
    question, spent, merged = record.question, record.shown, record.merged
    still_open = (
        sorted(question.criteria, key=lambda c: -c.weight)
        if merged is None
        else targets.open_criteria(question, merged)
    )
    asked = record.turns[-1].probe
    first = [c for c in still_open if asked is not None and c.id == asked.criterion]
    settling = [Probe(criterion=c.id, text=c.settle) for c in first if c.settle is not None]
    probes = [p for c in still_open for p in question.probes if p.criterion == c.id]
    mine = [p for p in probes if first and p.criterion == first[0].id]
    ways = (*mine, *settling, *probes)
    return next((probe for probe in ways if probe.text not in spent), None)
