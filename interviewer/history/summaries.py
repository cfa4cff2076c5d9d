"""Past sessions in short: what progress, drill and plan are worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from interviewer.bank.questions import Criterion, Question
from interviewer.common.base import Value, content_digest
from interviewer.grading import scoring
from interviewer.grading.grades import Level, Outcome, Verdict
from interviewer.session import settlements, standing
from interviewer.session.events import Answered, BankInfo, Skipped
from interviewer.session.record import Record, Session
from interviewer.session.settlements import ColdCount, ColdWord, DisputeCount


class CriterionSummary(NamedTuple):
    """What came of one criterion in one attempt; None where there is no verdict.

    cold: the level without help, "unmet" where it is prompted or passed on. credit, confidence: of that level,
    in [0, 1]; confidence is None where no grader spoke. final: the level with help. Of a group of which
    enough were met the others have none: nothing came of them.
    """

    criterion: str
    cold: Level | None
    credit: float | None
    confidence: float | None
    final: Level | None


class QuestionSummary(NamedTuple):
    """One question as put in one session.

    text: the digest of the question as asked. at: when the reply to it came, in UTC. cold, final:
    scores in [0, 1], None while ungraded. chance: the probability that a person would count it as
    answered cold. seconds: the reply to the question itself. spent: those to its probes as well.
    settled: whether it was answered cold by the settled grade; None where nobody settled it. own:
    that is the candidate's own word.
    """

    question: int
    text: str
    at: datetime
    cold: float | None
    chance: float | None
    final: float | None
    seconds: float
    spent: float
    outcomes: tuple[CriterionSummary, ...]
    settled: bool | None = None
    own: bool = False

    @property
    def word(self) -> ColdWord:
        """Who says that it was answered cold."""
        return ColdWord(scoring.passed(self.cold), self.settled, self.own)


@dataclass(frozen=True)
class SessionSummary:
    """One session. name: its file. bank: the id. info: the digest of what it knew of the bank.

    started: in UTC. count: how many questions it was to ask. held: the names of the tiers held.
    disputes: its appeals, and what is self-graded. simulated: whether a made-up candidate sat it.
    """

    name: str
    session: str
    bank: str
    info: str
    started: datetime
    closed: bool
    attempts: tuple[QuestionSummary, ...]
    count: int
    held: tuple[str, ...]
    disputes: DisputeCount
    simulated: bool = False

    @property
    def cold_count(self) -> int:
        """Questions answered cold."""
        return sum(1 for attempt in self.attempts if scoring.passed(attempt.cold))

    @property
    def settled(self) -> ColdCount:
        """What settled grades come to, apart."""
        return settlements.count_cold([attempt.word for attempt in self.attempts])


@dataclass(frozen=True)
class Unreadable:
    """A log that is no session, and why."""

    name: str
    problem: str


@dataclass(frozen=True)
class History:
    """All sessions of a folder, by name, and the texts their digests stand for, as JSON."""

    sessions: tuple[SessionSummary, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def newest_first(self) -> list[SessionSummary | Unreadable]:
        """Every log, by its name, which begins with the time of its start."""
        return sorted((*self.sessions, *self.unreadable), key=lambda one: one.name, reverse=True)

    @property
    def sat(self) -> tuple[SessionSummary, ...]:
        """The sessions that a person sat: what is worked out of a history stands on them alone."""
        return tuple(session for session in self.sessions if not session.simulated)

    def newest(self, bank: str | None = None) -> SessionSummary | None:
        """The session begun last, on that bank or on any, simulated ones aside."""
        there = [s for s in self.sat if bank in (None, s.bank)]
        return max(there, key=lambda s: (s.started, s.name), default=None)

    def info(self, bank: str) -> BankInfo:
        """What the newest session on it knew of the bank. KeyError if there is none."""
        newest = self.newest(bank)
        if newest is None:
            raise KeyError(bank)
        return BankInfo.model_validate_json(self.texts[newest.info])

    def questions(self, bank: str) -> dict[int, Question]:
        """The questions of the bank that were ever asked, as they were asked last."""
        return self.asked_last(by_question(self.on(bank), ungraded=True))

    def asked_last(self, made: Mapping[int, Sequence[QuestionSummary]]) -> dict[int, Question]:
        """The questions as they were put in the last of their attempts, which are oldest first."""
        return {
            number: Question.model_validate_json(self.texts[attempts[-1].text])
            for number, attempts in made.items()
        }

    def on(self, bank: str) -> tuple[SessionSummary, ...]:
        """The sessions on that bank, oldest first, simulated ones aside; a copied log counts once,
        at its longest."""
        kept: dict[tuple[str, datetime], SessionSummary] = {}
        for session in self.sat:
            if session.bank == bank:
                key = (session.session, session.started)
                kept[key] = max(kept.get(key, session), session, key=lambda s: len(s.attempts))
        return tuple(sorted(kept.values(), key=lambda s: (s.started, s.name)))


def attempts_of(sessions: Iterable[SessionSummary]) -> list[tuple[SessionSummary, QuestionSummary]]:
    """Every attempt with its session, oldest first."""
    found = [(session, attempt) for session in sessions for attempt in session.attempts]
    return sorted(found, key=lambda pair: (pair[1].at, pair[0].name, pair[1].question))


def by_question(
    sessions: Iterable[SessionSummary], *, ungraded: bool = False
) -> dict[int, list[QuestionSummary]]:
    """The attempts at each question, oldest first.

    ungraded: also those without a score, of which single criteria may have a verdict.
    """
    found: dict[int, list[QuestionSummary]] = {}
    for _, attempt in attempts_of(sessions):
        if ungraded or attempt.cold is not None:
            found.setdefault(attempt.question, []).append(attempt)
    return found


class Texts:
    """Values as JSON, under their digests. A value that sessions share is written down once."""

    def __init__(self) -> None:
        self.bodies: dict[str, str] = {}
        self._seen: dict[int, tuple[Value, str]] = {}

    def key(self, value: Value) -> str:
        """The digest of the value, whose text is kept from now on."""
        # The value is kept as well: as long as it lives no other has its number.
        _, key = self._seen.get(id(value), (value, ""))
        if not key:
            body = value.model_dump_json()
            key = content_digest(body)
            self._seen[id(value)] = (value, key)
            self.bodies[key] = body
        return key


def summary_of(session: Session, name: str, texts: Texts) -> SessionSummary:
    """The session in short; `texts` keeps what its digests stand for. Raises ValueError as `to_utc`."""
    info = session.started.bank
    key = texts.key(info)
    attempts = []
    for record in session.planned:
        if record.first.reply is not None:
            text = texts.key(record.question)
            attempts.append(_attempt(record, record.first.reply, text))
    return SessionSummary(
        name=name,
        session=session.started.session,
        bank=info.id,
        info=key,
        started=to_utc(session.started.at),
        closed=session.closed is not None,
        attempts=tuple(attempts),
        count=session.started.plan.count,
        held=tuple(tier.name for tier in info.tiers if standing.tier_tally(session, tier).reached),
        disputes=settlements.disputes_of(session),
        simulated=session.started.simulated,
    )


def to_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a time zone is taken to be in UTC.

    Raises ValueError for a moment that no working clock tells.
    """
    if not 1971 <= moment.year <= 9000:
        raise ValueError(f"it is dated in the year {moment.year}")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _attempt(record: Record, reply: Answered | Skipped, text: str) -> QuestionSummary:
    unaided = record.cold_grade
    graded = _that_count(record.question, unaided.verdicts if unaided else ())
    last = _that_count(record.question, record.together.verdicts if record.together else ())
    _, settled, own = settlements.cold_word(record)
    return QuestionSummary(
        question=record.question.id,
        text=text,
        at=to_utc(reply.at),
        cold=record.cold,
        chance=standing.cold_chance(record),
        final=record.final,
        seconds=reply.seconds,
        spent=record.seconds,
        outcomes=tuple(
            _outcome(
                criterion,
                _of(criterion, graded),
                _of(criterion, last),
                passed_on=isinstance(reply, Skipped),
                prompted=record.prompted,
            )
            for criterion in record.question.criteria
        ),
        settled=settled,
        own=own,
    )


def _that_count(question: Question, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes without those of criteria that enough others stand in for."""
    needless = scoring.needless(question, outcomes)
    return [outcome for outcome in outcomes if outcome.criterion not in needless]


def _of(criterion: Criterion, outcomes: Iterable[Outcome]) -> Outcome | None:
    for outcome in outcomes:
        if outcome.criterion == criterion.id:
            return outcome
    return None


def _outcome(
    criterion: Criterion,
    cold: Outcome | None,
    last: Outcome | None,
    *,
    passed_on: bool,
    prompted: bool,
) -> CriterionSummary:
    if passed_on:
        return CriterionSummary(criterion.id, "unmet", 0.0, None, "unmet")
    final = last.level if isinstance(last, Verdict) else None
    if not isinstance(cold, Verdict):
        return CriterionSummary(criterion.id, None, None, None, final)
    if prompted:
        return CriterionSummary(criterion.id, "unmet", 0.0, cold.confidence, final)
    return CriterionSummary(criterion.id, cold.level, cold.credit, cold.confidence, final)
