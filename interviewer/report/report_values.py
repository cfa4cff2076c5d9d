"""A session as a report: every figure and every word that a reader is shown.

The HTML page shows these values and computes none of its own; `interviewer report --json` prints
them. `REPORT_VERSION` rises when a field changes its meaning or goes away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from interviewer.bank.questions import QuestionId, QuestionKind
from interviewer.common.base import UnitFloat, Value
from interviewer.grading.grades import GraderIdentity, Level, Outcome
from interviewer.session.events import Order, Seconds, SkipReason

REPORT_VERSION: Literal[1] = 1

Result = Literal["cold", "prompted", "missed", "ungraded", "not-asked"]
"""What came of a question; "not-asked" also while no reply to it is on record."""
Count = Annotated[int, Field(ge=0)]


class SessionFacts(Value):
    """Which session this is and under which rules it was held. planned: how many questions."""

    id: str
    program: str
    started: datetime
    last: datetime
    state: Literal["finished", "quit", "open"]
    planned: Count
    order: Order
    seed: int
    probes: Count
    cold: bool
    timed: bool
    silent: bool


class BankFacts(Value):
    """Which bank it was."""

    id: str
    version: str
    digest: str
    title: str


class Totals(Value):
    """Counts over the whole session. seconds: time spent answering."""

    questions: Count
    replied: Count
    cold: Count
    prompted: Count
    missed: Count
    ungraded: Count
    seconds: Seconds


class Standing(Value):
    """Where the candidate stands on a tier or an aim.

    answered: answered cold. expected, low, high: how many of `total` would be answered cold, with
    its 95% interval. chance: the probability of `target` or more. These four are None when too few
    questions were asked to say, as is `reached`. close: the chance lies between 0.2 and 0.8.
    tally, verdict: the same in words.
    """

    name: str
    questions: tuple[QuestionId, ...]
    total: Count
    target: Count
    asked: Count
    answered: Count
    prompted: Count
    ungraded: Count
    expected: float | None
    low: Count | None
    high: Count | None
    chance: UnitFloat | None
    reached: bool | None
    close: bool
    tally: str
    verdict: str


class SectionCounts(Value):
    """The results of a section's questions; they add up to `total`."""

    id: str
    title: str
    total: Count
    cold: Count
    prompted: Count
    missed: Count
    ungraded: Count
    not_asked: Count


class Cell(Value):
    """One question of the bank in the strip."""

    question: QuestionId
    section: str
    result: Result
    asked: bool


class ClaimReport(Value):
    """One claim and what one answer made of it.

    label: how the page marks its evidence: "1", "2" for criteria, "a", "b" for misconceptions.
    weight: of a criterion; for a misconception its cost. quote: the words of the evidence.
    """

    label: str
    id: str
    kind: Literal["criterion", "misconception"]
    statement: str
    weight: float
    outcome: Outcome
    quote: str | None


class GradeReport(Value):
    """The grade of one answer. seconds: what grading took."""

    grader: GraderIdentity
    score: UnitFloat | None
    passing: UnitFloat | None
    borderline: bool
    similarity: float | None
    claims: tuple[ClaimReport, ...]
    notes: tuple[str, ...]
    seconds: Seconds


class AppealReport(Value):
    """A dispute of the grade of an answer. criterion: the claim; None for the grade as a whole."""

    at: datetime
    criterion: str | None
    reason: str


class SettledReport(Value):
    """What a person said of an answer. levels: by criterion. misconceptions: the ids asserted."""

    at: datetime
    rater: str
    levels: dict[str, Level]
    misconceptions: tuple[str, ...]
    score: UnitFloat
    passed: bool
    gold: str


class ClarificationReport(Value):
    """What the candidate asked back, ungraded, and what was replied."""

    asked: str
    reply: str
    worded_by: str


class TurnReport(Value):
    """One thing asked and what came back.

    probe: the criterion that a follow-up leads to; None for the question itself. answer: None when
    there was none. passed_on: why not; aside: with which words. clarifications: before any of that.
    """

    asked: str
    probe: str | None
    worded_by: str
    answer: str | None
    passed_on: SkipReason | None
    aside: str
    seconds: Seconds
    grade: GradeReport | None
    appeals: tuple[AppealReport, ...]
    settled: tuple[SettledReport, ...]
    clarifications: tuple[ClarificationReport, ...] = ()


class HintReport(Value):
    """A hint that was shown."""

    criterion: str
    text: str


class CriterionText(Value):
    """What a full answer says on one criterion."""

    label: str
    id: str
    statement: str
    weight: float


class QuestionReport(Value):
    """All of one question.

    allowed: a fair time for the answer, in seconds. lead: what a language model, `led_by`, said on
    the way to it; "" for nothing.
    """

    id: QuestionId
    section: str
    kind: QuestionKind
    prompt: str
    result: Result
    cold: UnitFloat | None
    final: UnitFloat | None
    hinted_first: bool
    seconds: Seconds
    allowed: Seconds
    turns: tuple[TurnReport, ...]
    hints: tuple[HintReport, ...]
    criteria: tuple[CriterionText, ...]
    references: tuple[str, ...]
    lead: str = ""
    led_by: str = ""


class StudyItem(Value):
    """A question to study, with the statements its answers lacked."""

    question: QuestionId
    missing: tuple[str, ...]


class RunReport(Value):
    """A grading of the session; run 0 is its own.

    graded: how many of the `answers` it has a verdict on. cold: answered cold by its grades, of
    `scored` questions. changed: verdicts that are not as in run 0.
    """

    run: Count
    at: datetime
    grader: GraderIdentity
    bank: str
    answers: Count
    graded: Count
    scored: Count
    cold: Count
    changed: Count


class Report(Value):
    """The whole report."""

    report_version: Literal[1] = REPORT_VERSION
    session: SessionFacts
    bank: BankFacts
    grader: GraderIdentity
    totals: Totals
    tiers: tuple[Standing, ...]
    aims: tuple[Standing, ...]
    sections: tuple[SectionCounts, ...]
    strip: tuple[Cell, ...]
    study_next: tuple[StudyItem, ...]
    runs: tuple[RunReport, ...]
    questions: tuple[QuestionReport, ...]
