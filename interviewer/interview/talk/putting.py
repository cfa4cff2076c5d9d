"""A question as it is put, and put again to whoever comes back to it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Set

from interviewer.bank.questions import Question
from interviewer.common.text import one_line
from interviewer.interview.telling.feedback import Line
from interviewer.session.events import BankInfo, Remarked, Skipped
from interviewer.session.record import Record, Session, Turn

MOST_SAID = 300
"""Characters of an answer that are shown again."""


def put(session: Session) -> list[Line]:
    """The question asked last, with what it counts for where that is new."""
    return [*_counts(session), *_question(session)]


def put_again(session: Session) -> list[Line]:
    """The question under way, what was said to it so far, and the follow-up that is open.

    Follow-ups, hints, an easier way in and answers come in the order in which they came, also what
    was taken back of them, unless it was put with an earlier question.
    """
    added = {t.reply.text for r in session.records for t in r.turns if t.reply and t.added}
    lines = sorted(_since(session.records[-1], added))
    return _question(session) + [line for _, line in lines]


def _question(session: Session) -> list[Line]:
    record = session.records[-1]
    number, count = len(session.planned), session.started.plan.count
    title = f"Question {number} of {count}"
    if record.further:
        title = "Let us take that further"
    return [("title", title), ("question", record.question.prompt)]


def _since(record: Record, added: Set[str]) -> Iterator[tuple[int, Line]]:
    """What was put and said after the question, with the number of its event. added: what was said to
    earlier questions."""
    for hint in record.hints:
        yield hint.seq, ("hint", hint.text)
    for turn in record.turns:
        yield from _taken_back(turn, added)
        if turn.probe is not None:
            yield turn.probe.seq, ("probe", turn.probe.text)
        for aside in turn.asides:
            if isinstance(aside, Remarked) and aside.kind == "dont-know" and aside.reply:
                yield aside.seq, ("note", aside.reply)
        match turn.reply:
            case None:
                pass
            case Skipped(seq=seq, text=text):
                tail = f", saying: {one_line(text, MOST_SAID)}" if text.strip() else ""
                yield seq, ("note", f"You passed{tail or '.'}")
            case reply:
                yield reply.seq, ("plain", f"You said: {one_line(reply.text, MOST_SAID)}")


def _taken_back(turn: Turn, added: Set[str]) -> Iterator[tuple[int, Line]]:
    """The answers that were taken back there, and the follow-ups that fell away with them."""
    fallen = {
        gone.probe.seq: gone.probe
        for gone in turn.taken_back
        if gone.probe != turn.probe and gone.probe
    }
    for seq, probe in fallen.items():
        yield seq, ("note", f"A follow-up, since taken back: {probe.text}")
    for gone in turn.taken_back:
        if gone.reply is not None and gone.reply.text not in added:
            yield gone.reply.seq, ("note", f"You took back: {one_line(gone.reply.text, MOST_SAID)}")


def _counts(session: Session) -> list[Line]:
    """What a quick-fire question counts for, unless one that counts for the same came before."""
    *before, record = session.records
    bank = session.started.bank
    found = counts_for(record.question, bank)
    if not record.question.quick_fire or any(
        r.question.quick_fire and counts_for(r.question, bank) == found for r in before
    ):
        return []
    if any(r.question.quick_fire for r in before):
        return [("note", f"This one counts {found}.")]
    opening = "Quick fire from here: a few words will do, and I do not follow up."
    return [("note", f"{opening} These count {found}.")]


def counts_for(question: Question, bank: BankInfo) -> str:
    """The aims and tiers that the question belongs to, in words."""
    aims = [
        f"your aim of {aim.target} out of {len(aim.questions)}"
        for aim in bank.aims
        if question.id in aim.questions
    ]
    tiers = [f"the tier '{one_line(t.name)}'" for t in bank.tiers if question.id in t.questions]
    if not (aims or tiers):
        return "towards no aim and no tier"
    rest = [] if tiers or not bank.tiers else ["no tier"]
    return f"towards {' and '.join((*aims, *tiers, *rest))}"
