"""A session as a report: every figure and every word that a reader is shown.

The HTML page and the Markdown transcript are made of these values and of nothing else, and
`interviewer report --json` prints them. `REPORT_VERSION` rises when a field changes its meaning or goes away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from interviewer.bank.questions import QuestionId, QuestionKind
from interviewer.common.base import UnitFloat, Value
from interviewer.grading.grades import GraderIdentity, Level
from interviewer.interview.telling import summary
from interviewer.report.shapes import GradeReport, NonNegative, RunFacts, Standing
from interviewer.session import settlements
from interviewer.session.events import SELF, AnswerPace, Order, Seconds, SkipReason
from interviewer.session.results import Result
from interviewer.session.settlements import ColdCount, DisputeCount

REPORT_VERSION: Literal[1] = 1

_STATES = {"finished": "finished", "quit": "ended early", "open": "not finished"}


class SessionFacts(Value):
    """Which session this is and under which rules it was held.

    planned: how many questions. pace: which clock ran, if it was timed. simulated: whether a made-up candidate sat it.
    """

    id: str
    program: str
    started: datetime
    last: datetime
    state: Literal["finished", "quit", "open"]
    planned: NonNegative
    order: Order
    seed: int
    probes: NonNegative
    cold: bool
    timed: bool
    pace: AnswerPace
    silent: bool
    self_graded: bool
    simulated: bool

    @property
    def ended(self) -> str:
        """How it ended, in words."""
        return _STATES[self.state]

    @property
    def rules(self) -> tuple[str, ...]:
        """The special rules that it was held under."""
        names = ("cold", "timed", "silent", "self_graded", "simulated")
        words = {"self_graded": "self-graded"}
        if self.pace == "typed":
            words["timed"] = "timed for typing"
        return tuple(words.get(name, name) for name in names if getattr(self, name))


class BankFacts(Value):
    """Which bank it was."""

    id: str
    version: str
    digest: str
    title: str


class Totals(Value):
    """Counts over the whole session, as graded. seconds: time spent answering.

    settled: what settled grades come to, apart. disputes: the appeals and what is self-graded.
    """

    questions: NonNegative
    replied: NonNegative
    cold: NonNegative
    prompted: NonNegative
    missed: NonNegative
    ungraded: NonNegative
    seconds: Seconds
    settled: ColdCount
    disputes: DisputeCount

    @property
    def words(self) -> tuple[str, str]:
        """How many were answered cold, and the rest of that sentence."""
        results: dict[Result, int] = {
            "cold": self.cold,
            "prompted": self.prompted,
            "missed": self.missed,
            "ungraded": self.ungraded,
        }
        return summary.counted_words(results, self.seconds, self.settled)

    @property
    def dispute_words(self) -> str:
        """How many appeals are open and settled, and how many answers self-graded; "" if none."""
        return settlements.dispute_words(self.disputes)


class SectionCounts(Value):
    """The results of a section's questions; they add up to `total`."""

    id: str
    title: str
    total: NonNegative
    cold: NonNegative
    prompted: NonNegative
    missed: NonNegative
    ungraded: NonNegative
    not_asked: NonNegative

    @property
    def results(self) -> tuple[tuple[Result, int], ...]:
        """Every result with its count, best first."""
        return (
            ("cold", self.cold),
            ("prompted", self.prompted),
            ("missed", self.missed),
            ("ungraded", self.ungraded),
            ("not-asked", self.not_asked),
        )


class Cell(Value):
    """One question of the bank in the strip."""

    question: QuestionId
    section: str
    result: Result
    asked: bool


class AppealReport(Value):
    """A dispute of the grade of an answer. criterion: the claim; None for the grade as a whole."""

    at: datetime
    criterion: str | None
    reason: str


class SettledReport(Value):
    """What a person said of an answer. levels: by criterion. misconceptions: the ids asserted.

    score, passed: None where a criterion has no level. gold: the id of the gold answer; "" for none.
    """

    at: datetime
    rater: str
    levels: dict[str, Level]
    misconceptions: tuple[str, ...]
    score: UnitFloat | None
    passed: bool | None
    gold: str

    @property
    def self_graded(self) -> bool:
        """Whether it rests on the candidate's own word."""
        return self.rater == SELF


class ClarificationReport(Value):
    """What the candidate asked back, ungraded, and what was replied."""

    asked: str
    reply: str
    worded_by: str


class TakenBack(Value):
    """A prompt whose answer was taken back, or that fell away with one. answer: None for none."""

    asked: str
    probe: str | None
    answer: str | None


class TurnReport(Value):
    """One thing asked and what came back.

    probe: the criterion that a follow-up leads to; None for the question itself, and where it only goes on,
    in the words `asked`. answer: None when
    there was none. passed_on: why not; aside: with which words. clarifications: before any of that.
    taken_back: what was answered before and does not count. added: it was said while a later question was
    under way.
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
    taken_back: tuple[TakenBack, ...] = ()
    added: bool = False


class HintReport(Value):
    """A hint that was shown."""

    criterion: str
    text: str


class CriterionText(Value):
    """What a full answer says on one criterion. choice: as of a `ClaimReport`."""

    label: str
    id: str
    statement: str
    weight: float
    choice: str = ""


class QuestionReport(Value):
    """All of one question.

    name: its number in words. hinted_first: whether it counts as prompted, by a hint or otherwise.
    allowed: a fair time for the answer, in seconds. lead: what a language model, `led_by`, said on
    the way to it; "" for nothing.
    """

    id: QuestionId
    name: str
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


class RunReport(RunFacts):
    """A grading of the session, with what came of it.

    cold: answered cold by its grades, of `scored` questions. changed: verdicts that are not as in
    run 0.
    """

    at: datetime
    scored: NonNegative
    cold: NonNegative
    changed: NonNegative


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
