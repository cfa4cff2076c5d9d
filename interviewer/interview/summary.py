"""The end of a session in sentences: counts, aims and tiers."""

from __future__ import annotations

from interviewer.bank.questions import Aim, Tier
from interviewer.common.text import duration, plural
from interviewer.interview.feedback import Line
from interviewer.session import standing
from interviewer.session.record import Session
from interviewer.session.standing import Tally


def closing_lines(session: Session) -> list[Line]:
    """The counts, then every aim and tier."""
    replied = [r for r in session.records if r.replied]
    ungraded = sum(1 for r in replied if r.cold is None)
    counted = (
        f"{session.cold_count} of {plural(len(replied), 'question')} answered cold, in"
        f" {duration(sum(r.seconds for r in replied))} of answering."
    )
    if ungraded:
        counted += f" {plural(ungraded, 'answer')} could not be graded."
    bank = session.started.bank
    return [
        ("title", _headline(session)),
        ("plain", counted),
        *(("plain", aim_line(session, aim)) for aim in bank.aims),
        *(tier_line(session, tier) for tier in bank.tiers),
        *_weakest(session),
    ]


def _headline(session: Session) -> str:
    if session.closed is None:
        return "Paused. 'interviewer resume' goes on from here."
    return "That was the last question." if session.closed.reason == "finished" else "Ended here."


def aim_line(session: Session, aim: Aim) -> str:
    """An aim with its tally, such as "Aim 'cold', 35 of 55: 38 of 55, 95% 35-41; ..."."""
    return aim_words(aim, standing.aim_standing(session, aim))


def aim_words(aim: Aim, tally: Tally) -> str:
    """The same of a tally that is at hand."""
    return f"Aim '{aim.name}', {aim.target} of {tally.total}: {tally_words(tally)}"


def tally_words(tally: Tally) -> str:
    """What a tally says, with its interval and the chance of its target."""
    if tally.asked == 0:
        return "nothing asked yet."
    spread = f"95% {tally.low}-{tally.high}; chance of {tally.target} or more: {tally.chance:.2f}"
    if tally.complete:
        return f"{tally.answered} of {tally.total}, {spread}."
    head = f"{tally.answered} of {tally.asked - tally.ungraded} asked"
    if not tally.enough:
        return f"{head}; asked too few to say."
    return f"{head}; over all {tally.total} about {tally.expected:.0f}, {spread}."


def tier_line(session: Session, tier: Tier) -> Line:
    """The verdict on a tier, or that too few were asked to say."""
    tally = standing.tier_standing(session, tier)
    head = f"{tier.name} ({tier.questions[0]}-{tier.questions[-1]}): {tally_words(tally)}"
    if tally.reached is None:
        return "note", head
    return "good" if tally.reached else "missing", f"{head} {tier_verdict(tally, tier)}"


def tier_verdict(tally: Tally, tier: Tier) -> str:
    """What the tally means for the tier; nothing when too few were asked to say."""
    if tally.reached is None:
        return ""
    return ("Too close to call, but: " if tally.close else "") + (
        "Held." if tally.reached else tier.failing
    )


def _weakest(session: Session) -> list[Line]:
    weak = standing.study_next(session)[:5]
    if not weak:
        return []
    numbers = ", ".join(str(record.question.id) for record in weak)
    return [("plain", f"Study next, worst first: questions {numbers}.")]
