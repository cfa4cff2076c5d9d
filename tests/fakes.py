"""Public fakes for the ports: what an interview can be held with in a test.

They are plain implementations, not mocks: each does what its protocol says, from a script.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeAlias, get_args

from interviewer.answer_text.quotes import Evidence
from interviewer.chat.messages import ChatReply, ChatRequest
from interviewer.common.text import Tone
from interviewer.errors import ModelUnavailable, TranscriptError
from interviewer.grading import scoring
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import (
    AnswerGrade,
    Cause,
    GraderIdentity,
    Level,
    Outcome,
    Ungraded,
    Verdict,
)
from interviewer.grading.late import LateGrade
from interviewer.interview.terminal import Reply, Status
from interviewer.replay.scenes import Scene
from interviewer.replay.screen import Move, Place
from interviewer.session.events import EVENT, Event

ChatAnswer: TypeAlias = str | ChatReply | BaseException
"""What a scripted chat model may answer."""


class ScriptedTerminal:
    """Implements `terminal.Terminal` from a list of replies.

    A string is a typed line, commands such as "/hint" included; a `Reply` is given as it is. When
    the replies are used up the input ends, as with Ctrl-D. What was shown is kept: `said` holds
    (tone, text), `statuses` the status of every prompt, `confirmed` the questions put to `confirm`,
    `waited` what it was busy with, `readied` what was said before it waited for Enter. keys: what is
    pressed where there is a choice of keys, nothing when they are used up; `choices` holds each
    question with its keys.
    """

    live = True

    def __init__(
        self,
        replies: Iterable[str | Reply] = (),
        *,
        agrees: bool = True,
        keys: Iterable[str | None] = (),
    ):
        self._replies = [Reply("text", r) if isinstance(r, str) else r for r in replies]
        self._agrees = agrees
        self._keys = list(keys)
        self.choices: list[tuple[str, str]] = []
        self.said: list[tuple[Tone, str]] = []
        self.statuses: list[Status] = []
        self.confirmed: list[str] = []
        self.waited: list[str] = []
        self.readied: list[str] = []

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Keep the paragraph."""
        self.said.append((tone, text))

    def page(self, lines: Sequence[tuple[Tone, str]]) -> None:
        """Keep them."""
        self.said += lines

    def ask(self, status: Status) -> Reply:
        """The next reply of the script."""
        self.statuses.append(status)
        return self._replies.pop(0) if self._replies else Reply("end")

    def ready(self, words: str) -> Reply:
        """Keep the words; ready at once, or gone where the script has nothing more."""
        self.readied.append(words)
        return Reply("text" if self._replies else "end")

    def confirm(self, question: str) -> bool:
        """What `agrees` said."""
        self.confirmed.append(question)
        return self._agrees

    def choose(self, question: str, keys: Mapping[str, str]) -> str | None:
        """The next key, which must be one of those."""
        self.choices.append((question, "".join(keys)))
        pressed = self._keys.pop(0) if self._keys else None
        assert pressed is None or pressed in keys
        return pressed

    @contextmanager
    def busy(self, what: str) -> Iterator[None]:
        """Keep what it was."""
        self.waited += [what] if what else []
        yield

    @property
    def left(self) -> int:
        """How many replies were not asked for."""
        return len(self._replies)

    def text(self, *tones: Tone) -> str:
        """Everything said in one of those tones (in any, if none is given), a line each."""
        return "\n".join(text for tone, text in self.said if not tones or tone in tones)


class ScriptedScreen:
    """Implements `screen.ReplayScreen` from a list of moves; when they are used up it quits.

    `seen` holds the scenes on the screen, `places` where the replay stood at every move.
    """

    def __init__(self, moves: Iterable[Move] = ()):
        self._moves = list(moves)
        self.seen: list[Scene] = []
        self.places: list[Place] = []

    def show(self, scene: Scene) -> None:
        """Add the scene."""
        self.seen.append(scene)

    def redraw(self, scenes: Sequence[Scene]) -> None:
        """Keep these scenes only."""
        self.seen = list(scenes)

    def move(self, place: Place) -> Move:
        """The next move of the script."""
        self.places.append(place)
        return self._moves.pop(0) if self._moves else Move("quit")


class FixedClock:
    """Implements `system.Clock`: it stands still until `advance` is called."""

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
    """Implements `events.EventLog` in memory.

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


class ScriptedChat:
    """Implements `messages.ChatModel` from a list of replies, or from a function of the request.

    A string is the text of a reply, a `ChatReply` is given as it is, an exception is raised. When a
    list is used up, calls raise ModelUnavailable. Text is streamed word by word. `requests` keeps
    what was asked; many threads may ask.
    """

    def __init__(
        self,
        replies: Iterable[ChatAnswer] | Callable[[ChatRequest], ChatAnswer] = (),
        *,
        name: str = "scripted",
    ):
        self._reply = replies if callable(replies) else None
        self._replies = [] if callable(replies) else list(replies)
        self._lock = threading.Lock()
        self.name = name
        self.requests: list[ChatRequest] = []

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The next reply of the script."""
        with self._lock:
            self.requests.append(request)
            if self._reply is None and not self._replies:
                raise ModelUnavailable(f"the script of '{self.name}' is used up")
            found = self._replies.pop(0) if self._reply is None else None
        answer = self._reply(request) if self._reply is not None else found
        if isinstance(answer, BaseException):
            raise answer
        assert answer is not None
        reply = ChatReply(answer) if isinstance(answer, str) else answer
        if on_text is not None:
            for piece in re.findall(r"\S+\s*|\s+", reply.text):
                on_text(piece)
        return reply

    @property
    def left(self) -> int:
        """How many replies of a list were not asked for."""
        return len(self._replies)


class ScriptedGrader:
    """Implements `grader.Grader` from a table: answer text to claim id to a level or a cause.

    A level ("met", "partial", "unmet") is a verdict with credit 1, 0.5 or 0 and confidence 0.9, its
    evidence the whole answer where anything was earned; a cause such as "timeout" is an `Ungraded`
    outcome. Criteria not in the table get `default`, misconceptions "unmet". The score is
    `scoring.score`. `requests` keeps what was asked for. passing: given to every scored grade.
    spec: what it calls itself.
    """

    def __init__(
        self,
        table: Mapping[str, Mapping[str, Level | Cause]] | None = None,
        *,
        default: Level | Cause = "unmet",
        passing: float | None = None,
        spec: str = "scripted",
    ):
        self.identity = GraderIdentity(spec=spec, version="1")
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


class ScriptedLateJudge:
    """Implements `late.LateJudge` without a thread: a grade comes when the script says so.

    judge: grades. comes: by the text of an answer when its grade comes: "at once", "end" (when the
    interview waits at its end), "never", "broken" (the judge cannot be asked), or the text of a later
    answer, with which it comes; others come "end". room: answers that may wait. told: the notices.
    """

    patience = 1.0
    deadline = 60.0

    def __init__(
        self,
        judge: ScriptedGrader,
        comes: Mapping[str, str] | None = None,
        *,
        room: int = 99,
        told: Iterable[str] = (),
    ):
        self._judge = judge
        self._comes = dict(comes or {})
        self._room = room
        self._told = list(told)
        self._waiting: list[tuple[int, GradeRequest]] = []
        self.referred: list[str] = []
        self.listened = 0

    def refer(self, answer: int, request: GradeRequest) -> bool:
        """Keep it, if there is room."""
        if len(self._waiting) >= self._room:
            return False
        self._waiting.append((answer, request))
        self.referred.append(request.answer)
        return True

    def arrived(self, seconds: float = 0.0) -> list[LateGrade]:
        """Those whose time has come."""
        come = [w for w in self._waiting if self._ready(w[1].answer, seconds)]
        self._waiting = [w for w in self._waiting if w not in come]
        return [self._late(answer, request) for answer, request in come]

    def _ready(self, text: str, seconds: float) -> bool:
        when = self._comes.get(text, "end")
        if when == "end":
            return seconds == self.deadline
        if when == "broken":
            return True
        return when == "at once" or when in self.referred

    def _late(self, answer: int, request: GradeRequest) -> LateGrade:
        by = self._judge.identity
        if self._comes.get(request.answer) == "broken":
            return LateGrade(answer, None, by, 1.0, "the wire was cut")
        return LateGrade(answer, self._judge.grade(request), by, 2.0)

    def notices(self) -> list[str]:
        """Each of them once."""
        told, self._told = self._told, []
        return told

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Count how often somebody was listened to."""
        self.listened += 1
        yield


def _outcome(claim: str, chosen: Level | Cause, answer: str) -> Outcome:
    for level in get_args(Level):
        if chosen == level:
            credit = scoring.LEVEL_CREDIT[level]
            evidence = Evidence(start=0, end=len(answer)) if credit and answer else None
            return Verdict(
                criterion=claim, level=level, credit=credit, confidence=0.9, evidence=evidence
            )
    for cause in get_args(Cause):
        if chosen == cause:
            return Ungraded(criterion=claim, cause=cause)
    raise ValueError(f"'{chosen}' is neither a level nor a cause")
