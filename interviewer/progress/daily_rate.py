"""How many questions a day reach an aim by a date, from how it went so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from interviewer.common.base import Value
from interviewer.common.text import plural
from interviewer.grading import scoring
from interviewer.history.summaries import QuestionSummary
from interviewer.session.results import of_scores

ENOUGH = 10
"""Questions asked again after a miss, from which on their share turned cold is called a rate."""

DRAWS = 4000
SEED = 20240607

Before = Literal["prompted", "missed"]
"""How an attempt that was not cold ended: answered with help, or not at all."""


class Turned(Value):
    """Of `asked` questions asked again after a miss, how many were then answered cold."""

    turned: Annotated[int, Field(ge=0)] = 0
    asked: Annotated[int, Field(ge=0)] = 0

    @property
    def rate(self) -> float:
        """The mean of the Jeffreys posterior, Beta(0.5 + turned, 0.5 + not turned)."""
        return (0.5 + self.turned) / (1 + self.asked)

    def __add__(self, other: Turned) -> Turned:
        return Turned(turned=self.turned + other.turned, asked=self.asked + other.asked)


def turns(attempts: Mapping[int, Sequence[QuestionSummary]]) -> dict[Before, Turned]:
    """What came of asking again, by how it went before.

    attempts: the graded ones at each question, oldest first. Each attempt that was not cold is set
    against the next at the same question.
    """
    found: dict[Before, Turned] = {"prompted": Turned(), "missed": Turned()}
    for made in attempts.values():
        for before, after in pairwise(made):
            result = of_scores(before.cold, before.final)
            if result in ("prompted", "missed"):
                found[result] += Turned(turned=int(scoring.passed(after.cold) or False), asked=1)
    return found


def first_tries(attempts: Mapping[int, Sequence[QuestionSummary]]) -> Turned:
    """Of the questions ever asked, how many were answered cold the first time."""
    firsts = [made[0] for made in attempts.values() if made]
    cold = sum(1 for a in firsts if scoring.passed(a.cold))
    return Turned(turned=cold, asked=len(firsts))


@dataclass(frozen=True)
class Situation:
    """Where a candidate stands before an aim.

    total: questions of the aim. attempts: the graded ones at each, oldest first. recall: for
    questions with reviews, the probability of remembering on the date what was known at the last
    review, if nothing is drilled. keep: the same for what the drill turns cold half-way to the
    date. days: until the date, at least 1. session_size: questions in a typical session, 0 without
    one.
    """

    questions: tuple[int, ...]
    target: int
    days: int
    attempts: Mapping[int, Sequence[QuestionSummary]]
    recall: Mapping[int, float]
    keep: float
    session_size: float = 0.0


class DailyRate(Value):
    """What it takes to reach an aim by a date. Counts of questions; None where there is too little to say.

    state: "enough": the target is expected even without drilling; "measured": `per_day` reaches it;
    "beyond": even drilling all that is missing is not expected to; "unknown": the rate cannot be
    told yet. standing: answered cold in the latest attempt. expected: to be answered cold on the
    date if nothing is drilled. low, high: 95% interval of per_day. more_sessions: at least so many
    until there is a rate. assumed: until then, the questions a day of a first plan; see `first_plan`.
    """

    state: Literal["enough", "measured", "beyond", "unknown"]
    total: int
    target: int
    days: int
    asked: int
    standing: int
    expected: float
    turned: Turned
    keep: float
    per_day: float | None = None
    low: float | None = None
    high: float | None = None
    more_sessions: int | None = None
    assumed: float | None = None


def reckon(at: Situation) -> DailyRate:
    """The daily rate that is expected to reach the target.

    With e the number expected cold on the date without drilling, r the share of missed questions
    that a further asking turns cold, and k the share of those that is still there on the date:

        questions a day = (target - e) / (r * k) / days

    A question asked before counts in e with the chance of its latest answer times its recall on the
    date; one never asked counts with the rate of first tries. The interval is from draws of both
    rates from their Jeffreys posteriors, with a fixed seed.
    """
    attempts = {q: made for q in at.questions if (made := at.attempts.get(q))}
    known = sum((made[-1].chance or 0.0) * at.recall.get(q, 1.0) for q, made in attempts.items())
    unasked = len(at.questions) - len(attempts)
    first = first_tries(attempts)
    expected = known + unasked * first.rate
    turned = sum(turns(attempts).values(), Turned())
    gap = at.target - expected
    settled = bool(attempts) and (unasked == 0 or first.asked >= ENOUGH)
    state: Literal["enough", "measured", "beyond", "unknown"]
    if settled and gap <= 0:
        state = "enough"
    elif turned.asked < ENOUGH or not settled:
        state = "unknown"
    else:
        state = "measured" if gap <= (len(at.questions) - expected) * at.keep else "beyond"
    low, high = _spread(at, known, unasked, first, turned) if state == "measured" else (None, None)
    return DailyRate(
        state=state,
        total=len(at.questions),
        target=at.target,
        days=at.days,
        asked=len(attempts),
        standing=sum(1 for made in attempts.values() if scoring.passed(made[-1].cold)),
        expected=expected,
        turned=turned,
        keep=at.keep,
        per_day=gap / (turned.rate * at.keep) / at.days if state == "measured" else None,
        low=low,
        high=high,
        more_sessions=_more_sessions(at, turned) if state == "unknown" else None,
        assumed=first_plan(at, known, turned) if state == "unknown" else None,
    )


def first_plan(at: Situation, known: float, turned: Turned) -> float | None:
    """Questions a day as `reckon` has them, where nothing that was never asked is taken to be known.

    known: of what was asked, expected cold on the date. turned: so far; of none at all half are
    taken to turn cold. None where what is known is enough.
    """
    gap = at.target - known
    return gap / (turned.rate * at.keep) / at.days if gap > 0 else None


def _spread(
    at: Situation, known: float, unasked: int, first: Turned, turned: Turned
) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415 - a tenth of a second that only this needs

    rng = np.random.default_rng(SEED)
    rate = rng.beta(0.5 + turned.turned, 0.5 + turned.asked - turned.turned, DRAWS)
    cold = rng.beta(0.5 + first.turned, 0.5 + first.asked - first.turned, DRAWS)
    gap = np.maximum(0.0, at.target - known - unasked * cold)
    low, high = np.percentile(gap / (rate * at.keep) / at.days, [2.5, 97.5])
    return float(low), float(high)


def _more_sessions(at: Situation, turned: Turned) -> int:
    """How many more sessions, at least, until enough was asked, and asked again."""
    size = at.session_size or len(at.questions)
    missed = sum(1 for made in at.attempts.values() if not scoring.passed(made[-1].cold))
    untried = max(0, ENOUGH - first_tries(at.attempts).asked) if _unasked(at) else 0
    lacking = max(0, ENOUGH - turned.asked)
    again = (0 if missed else 1) + math.ceil(lacking / size) if lacking else 0
    return max(1, math.ceil(untried / size), again)


def _unasked(at: Situation) -> int:
    return sum(1 for q in at.questions if not at.attempts.get(q))


def _lacking(daily: DailyRate) -> str:
    """What there is too little of for a rate."""
    if daily.turned.asked < ENOUGH:
        why = f"{plural(daily.turned.asked, 'question')} asked again after a miss so far"
        return f"({why}; it takes {ENOUGH}. 'interviewer drill' asks them again.)"
    return f"({plural(daily.asked, 'question')} of {daily.total} asked so far; it takes {ENOUGH}.)"


def _a_day(count: float, seconds: float) -> tuple[str, str]:
    """The questions of a day in words, and how long they take."""
    whole = math.ceil(count)
    minutes = max(1, round(whole * seconds / 60))
    return f"{plural(whole, 'question')} a day", f"about {plural(minutes, 'minute')}"


def _first_lines(daily: DailyRate, target: str, seconds: float) -> list[str]:
    """A plan for whoever has answered nothing yet, and what it stands on."""
    assert daily.assumed is not None
    count, time = _a_day(daily.assumed, seconds)
    more = plural(daily.more_sessions or 1, "session")
    out = [
        "There is no session yet. This first plan assumes that nothing is known so far, that a"
        f" question asked is answered cold the next time in {daily.turned.rate:.0%} of cases, and"
        f" that {daily.keep:.0%} of that is still there on the day.",
        target,
        f"Ask {count}, {time}.",
        f"After {more} or more it is worked out from what you answered.",
    ]
    if math.ceil(daily.assumed) > daily.total:
        out.insert(
            3, f"That is more than the {daily.total} there are: aim lower, or for a later date."
        )
    return out


def _until_then(daily: DailyRate, seconds: float) -> list[str]:
    if daily.assumed is None:
        return []
    count, time = _a_day(daily.assumed, seconds)
    return [
        f"Until then ask {count}, {time}, if nothing that was never asked is known and"
        f" {daily.turned.rate:.0%} of the missed ones turn cold."
    ]


def lines(daily: DailyRate, by: str, seconds: float) -> list[str]:
    """The daily rate in sentences. by: the date. seconds: what one question takes."""
    asked = (
        f"{daily.standing} of {daily.total} answered cold when last asked ({daily.asked} asked)."
    )
    target = f"Target: {daily.target} cold by {by}, {plural(daily.days, 'day')} from today."
    if daily.state == "unknown" and not daily.asked:
        return _first_lines(daily, target, seconds)
    out = [asked, target]
    without = f"Without drilling, about {daily.expected:.0f} of {daily.total} are expected then"
    if daily.state == "enough":
        return [*out, f"{without}: enough. Keep up with what 'interviewer drill' says is due."]
    if daily.state == "unknown":
        more = plural(daily.more_sessions or 1, "more session")
        return [
            *out,
            f"Not enough sessions yet to tell a rate: at least {more}.",
            _lacking(daily),
            *_until_then(daily, seconds),
        ]
    out.append(f"{without}.")
    share = f"{daily.turned.turned} of {daily.turned.asked} missed questions"
    basis = f"Measured: {share} were answered cold when asked again."
    if daily.state == "beyond":
        return [
            *out,
            basis,
            "Even drilling everything that is missing is not expected to reach the target: aim"
            " lower, or for a later date.",
        ]
    assert daily.per_day is not None
    assert daily.low is not None
    assert daily.high is not None
    count, time = _a_day(daily.per_day, seconds)
    return [
        *out,
        f"Drill {count} (95%: {math.ceil(daily.low)} to {math.ceil(daily.high)}), {time}.",
        basis,
        f"Assumed: {daily.keep:.0%} of what is turned cold is still there on the day, as FSRS"
        " forgets; days are alike; questions never asked go like first tries so far.",
    ]
