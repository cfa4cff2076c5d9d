"""The end of a session in sentences: counts, aims, tiers, and what to work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from interviewer.bank.questions import Aim, Tier
from interviewer.common.ranges import in_short
from interviewer.common.text import duration, one_line, plural
from interviewer.grading import scoring
from interviewer.interview.telling.feedback import Line
from interviewer.session import settlements, standing
from interviewer.session.record import Record, Session
from interviewer.session.results import TOO_FEW, Result, result_of
from interviewer.session.settlements import ColdCount
from interviewer.session.standing import Tally

WORK_ON = 3
"""How many things to work on are named."""
SUBJECT = 48
"""Characters of a prompt by which a question is named."""


def closing_lines(session: Session, *, numbers: bool = False) -> list[Line]:
    """The counts, every aim and tier, and what to work on. numbers: with intervals and chances."""
    results = Counter(result_of(record) for record in session.planned)
    seconds = sum(record.seconds for record in session.records)
    counted = counted_words(results, seconds, settlements.cold_of(session))
    return [
        ("title", _headline(session)),
        ("plain", " ".join(counted)),
        *_bands(session, numbers=numbers),
        *_to_work_on(session),
    ]


def _bands(session: Session, *, numbers: bool) -> list[Line]:
    """Every aim and tier; without numbers those of which enough was asked, and one line on the rest."""
    bank = session.started.bank
    aims = [(aim, standing.aim_tally(session, aim)) for aim in bank.aims]
    tiers = [(tier, standing.tier_tally(session, tier)) for tier in bank.tiers]
    told = [
        *(aim_line(a, tally, numbers=numbers) for a, tally in aims if numbers or tally.enough),
        *(tier_line(t, tally, numbers=numbers) for t, tally in tiers if numbers or tally.enough),
    ]
    if len(told) == len(aims) + len(tiers):
        return told
    which = "how far along you are" if not told else "more than that"
    return [*told, ("note", f"That is too few questions to say {which}.")]


def _passed(record: Record) -> bool:
    return bool(scoring.passed(record.final))


def counted_words(
    results: Mapping[Result, int], seconds: float, settled: ColdCount
) -> tuple[str, str]:
    """How many of the questions replied to were answered cold, and the rest of that sentence.

    results: how many questions came to each, as graded. seconds: spent answering. settled: what
    settled grades come to, which is said apart.
    """
    replied = sum(count for result, count in results.items() if result != "not-asked")
    tail = f"answered cold, without help, in {duration(seconds)} of answering"
    if prompted := results.get("prompted"):
        tail += f"; {prompted} more with help"
    if ungraded := results.get("ungraded"):
        tail += f"; {ungraded} could not be graded"
    apart = settlements.cold_words(settled)
    tail = f"{tail}. {apart}" if apart else f"{tail}."
    return f"{results.get('cold', 0)} of {plural(replied, 'question')}", tail


def _headline(session: Session) -> str:
    if session.closed is None:
        return "Paused. 'interviewer resume' goes on from here."
    return "In short" if session.closed.reason == "finished" else "Ended here."


def aim_line(aim: Aim, tally: Tally, *, numbers: bool = False) -> Line:
    """An aim and how far it is reached, where enough was asked; with numbers, its interval and chance."""
    if numbers:
        return "plain", aim_words(aim.name, aim.target, tally.total, tally_words(tally))
    head = f"The aim '{aim.name}', {aim.target} of {tally.total}: {plain_words(tally)}"
    return "good" if tally.reached else "missing", head


def plain_words(tally: Tally) -> str:
    """What a tally of which enough was asked says to a person: how many so far, and whether that
    reaches its target."""
    if tally.complete:
        return f"{tally.answered}, {'reached' if tally.reached else 'not reached'}."
    so_far = f"{tally.answered} of the {tally.asked - tally.ungraded} asked"
    at_this_rate = (
        f"{_reckoned(tally) or 'at that rate'} about {tally.expected:.0f} of all {tally.total}"
    )
    if tally.close:
        return f"{so_far}; {at_this_rate}, which may go either way."
    return f"{so_far}; {at_this_rate}, {'enough' if tally.reached else 'not enough'}."


def aim_words(name: str, target: int, total: int, tally: str) -> str:
    """The same of a tally in words."""
    return f"Aim '{name}', {target} of {total}: {tally}"


def tier_words(name: str, questions: Iterable[int], tally: str) -> str:
    """A tier with its tally in words: "Basics (1-15): 9 of 15, 95% 9-9; ..."."""
    return f"{name} ({in_short(questions)}): {tally}"


def tally_words(tally: Tally) -> str:
    """What a tally says, with its interval and the chance of its target."""
    if tally.asked == 0:
        return "nothing asked yet."
    spread = f"95% {tally.low}-{tally.high}; chance of {tally.target} or more: {tally.chance:.2f}"
    if tally.complete:
        return f"{tally.answered} of {tally.total}, {spread}."
    head = f"{tally.answered} of {tally.asked - tally.ungraded} asked"
    if not tally.enough:
        return f"{head}; {TOO_FEW}."
    doubt = f"{reckoned}, " if (reckoned := _reckoned(tally)) else ""
    return f"{head}; {doubt}over all {tally.total} about {tally.expected:.0f}, {spread}."


def _reckoned(tally: Tally) -> str:
    """By what all questions are reckoned where that is not the rate of those asked: a grade that is in
    doubt counts by its chance."""
    rate = tally.answered / (tally.asked - tally.ungraded) * tally.total
    if tally.expected <= rate - 1:
        return "with some of these in doubt"
    return "with some of the others in doubt" if tally.expected >= rate + 1 else ""


def tier_line(tier: Tier, tally: Tally, *, numbers: bool = False) -> Line:
    """The verdict on a tier; with numbers also that too few were asked to say."""
    words = tally_words(tally) if numbers else _tier_plainly(tally)
    head = tier_words(tier.name, tier.questions, words)
    if tally.reached is None:
        return "note", head
    return "good" if tally.reached else "missing", f"{head} {tier_verdict(tally, tier)}"


def _tier_plainly(tally: Tally) -> str:
    if tally.complete:
        return f"{tally.answered} of {tally.total} answered cold."
    return plain_words(tally)


def tier_verdict(tally: Tally, tier: Tier) -> str:
    """What the tally means for the tier; nothing when too few were asked to say."""
    if tally.reached is None:
        return ""
    return ("Too close to call, but: " if tally.close else "") + (
        "Held." if tally.reached else tier.failing
    )


def _to_work_on(session: Session) -> list[Line]:
    """The weakest questions, each with the first thing that was missing or wrong."""
    weak = [r for r in standing.study_next(session) if standing.lacking(r) or not _passed(r)]
    if not weak or session.closed is None:
        return []
    lines: list[Line] = [("title", "To work on first")]
    for number, record in enumerate(weak[:WORK_ON], start=1):
        missing = standing.lacking(record)
        what = missing[0] if missing else record.question.criteria[0].statement
        lines.append(("plain", f"{number}. {_subject(record)}: {one_line(what)}"))
    if rest := weak[WORK_ON : WORK_ON + 5]:
        lines.append(("note", f"After those: {'; '.join(map(_subject, rest))}."))
    return lines


def _subject(record: Record) -> str:
    """A question by its first words, with its number in the bank."""
    question = record.question
    prompt = one_line(question.prompt)
    words = prompt if len(prompt) <= SUBJECT else f"{prompt[:SUBJECT].rpartition(' ')[0]} …"
    return f"“{words}” (question {question.id})"
