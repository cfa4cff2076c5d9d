"""Public fakes for the ports: what an interview can be held with in a test.

They are plain implementations, not mocks: each does what its protocol says, from a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import get_args

from interviewer.core import scoring
from interviewer.core.feedback import Tone
from interviewer.domain.grade import (
    AnswerGrade,
    Cause,
    Evidence,
    GraderIdentity,
    Level,
    Outcome,
    Ungraded,
    Verdict,
)
from interviewer.domain.transcript import EVENT, Event
from interviewer.errors import TranscriptError
from interviewer.ports import GradeRequest, Reply, Status

_CREDIT: dict[Level, float] = {"met": 1.0, "partial": 0.5, "unmet": 0.0}


class ScriptedTerminal:
    """Implements `ports.Terminal` from a list of replies.

    A string is a typed line, commands such as "/hint" included; a `Reply` is given as it is. When
    the replies are used up the input ends, as with Ctrl-D. What was shown is kept: `said` holds
    (tone, text), `statuses` the status of every prompt, `confirmed` the questions put to `confirm`.
    """

    def __init__(self, replies: Iterable[str | Reply] = (), *, agrees: bool = True):
        self._replies = [Reply("text", r) if isinstance(r, str) else r for r in replies]
        self._agrees = agrees
        self.said: list[tuple[Tone, str]] = []
        self.statuses: list[Status] = []
        self.confirmed: list[str] = []

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Keep the paragraph."""
        self.said.append((tone, text))

    def ask(self, status: Status) -> Reply:
        """The next reply of the script."""
        self.statuses.append(status)
        return self._replies.pop(0) if self._replies else Reply("end")

    def confirm(self, question: str) -> bool:
        """What `agrees` said."""
        self.confirmed.append(question)
        return self._agrees

    @property
    def left(self) -> int:
        """How many replies were not asked for."""
        return len(self._replies)

    def text(self, *tones: Tone) -> str:
        """Everything said in one of those tones (in any, if none is given), a line each."""
        return "\n".join(text for tone, text in self.said if not tones or tone in tones)


class FixedClock:
    """Implements `ports.Clock`: it stands still until `advance` is called."""

    def __init__(self, start: datetime = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)):
        self._start = start
        self._passed = 0.0

    def advance(self, seconds: float) -> None:
        """Let that much time pass."""
        self._passed += seconds

    def now(self) -> datetime:
        """The start, plus what has passed."""
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        """The seconds that have passed."""
        return self._passed


class MemoryLog:
    """Implements `ports.EventLog` in memory.

    Events go through the same JSON as on disk. room: how many events fit before writing fails, as
    on a full disk; None for no end.
    """

    def __init__(self, room: int | None = None):
        self._room = room
        self.lines: list[bytes] = []

    def append(self, event: Event) -> None:
        """Keep the event."""
        if self._room is not None and len(self.lines) >= self._room:
            raise TranscriptError("the session could not be written: no room in this log")
        self.lines.append(EVENT.dump_json(event))

    @property
    def events(self) -> tuple[Event, ...]:
        """The events as read back."""
        return tuple(EVENT.validate_json(line) for line in self.lines)

    @property
    def names(self) -> list[str]:
        """The names of the events in order."""
        return [event.event for event in self.events]


class ScriptedGrader:
    """Implements `ports.Grader` from a table: answer text to claim id to a level or a cause.

    A level ("met", "partial", "unmet") is a verdict with credit 1, 0.5 or 0 and confidence 0.9, its
    evidence the whole answer where anything was earned; a cause such as "timeout" is an `Ungraded`
    outcome. Criteria not in the table get `default`, misconceptions "unmet". The score is
    `core.scoring.score`. `requests` keeps what was asked for. passing: given to every scored grade.
    """

    identity = GraderIdentity(spec="scripted", version="1")

    def __init__(
        self,
        table: Mapping[str, Mapping[str, Level | Cause]] | None = None,
        *,
        default: Level | Cause = "unmet",
        passing: float | None = None,
    ):
        self._table = dict(table or {})
        self._default = default
        self._passing = passing
        self.requests: list[GradeRequest] = []

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade the table says."""
        self.requests.append(request)
        chosen = self._table.get(request.answer, {})
        question = request.question
        verdicts = tuple(
            _outcome(c.id, chosen.get(c.id, self._default), request.answer)
            for c in question.criteria
        )
        wrong = tuple(
            _outcome(m.id, chosen.get(m.id, "unmet"), request.answer)
            for m in question.misconceptions
        )
        value = scoring.score(question, verdicts, wrong)
        return AnswerGrade(
            question=question.id,
            verdicts=verdicts,
            misconceptions=wrong,
            score=value,
            passing=None if value is None else self._passing,
        )


def _outcome(claim: str, chosen: Level | Cause, answer: str) -> Outcome:
    for level in get_args(Level):
        if chosen == level:
            credit = _CREDIT[level]
            evidence = Evidence(start=0, end=len(answer)) if credit and answer else None
            return Verdict(
                criterion=claim, level=level, credit=credit, confidence=0.9, evidence=evidence
            )
    for cause in get_args(Cause):
        if chosen == cause:
            return Ungraded(criterion=claim, cause=cause)
    raise ValueError(f"'{chosen}' is neither a level nor a cause")
