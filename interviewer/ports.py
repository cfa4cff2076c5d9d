"""What the flows and graders need from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from interviewer.core.feedback import Tone
from interviewer.domain.bank import Question
from interviewer.domain.grade import AnswerGrade, GraderIdentity, Usage
from interviewer.domain.transcript import Event

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from interviewer.core.drill import Memory, Review
    from interviewer.core.scenes import Scene

    Matrix: TypeAlias = npt.NDArray[np.float32]
else:
    # numpy takes a tenth of a second that the first question need not wait for.
    Matrix = Any


class Embedder(Protocol):
    """Texts to unit vectors."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), dimension), each row of L2 norm 1; an empty text gives some row."""
        ...


class PairScorer(Protocol):
    """Pairs of texts to numbers, as a cross-encoder does."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Shape (len(pairs), outputs)."""
        ...


class ClaimReader(Protocol):
    """An encoder fitted to known claims, with one head per claim."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def column(self, prompt: str, statement: str) -> int | None:
        """The head of the claim with that statement to that prompt; None if it was never fitted."""
        ...

    def read(self, texts: Sequence[str]) -> Matrix:
        """Logits that each text asserts each claim, shape (len(texts), heads)."""
        ...


@dataclass(frozen=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class ChatRequest:
    """One call of a chat model.

    schema: the JSON Schema that the reply must obey, None for free text. max_tokens: of the reply.
    top_logprobs: how many alternatives to the reply's first token to give with their
    log-probabilities, 0 for none. marker: the random word that fences data in the messages, so that
    two requests that differ in nothing else count as the same. seconds: how long the whole reply
    may take, None for the model's own deadline.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = None
    max_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    top_logprobs: int = 0
    marker: str = ""
    seconds: float | None = None


@dataclass(frozen=True)
class ChatReply:
    """What came back.

    alternatives: (token, natural log of its probability) for the first token, likeliest first;
    empty when not asked for or not given. cut: whether the reply hit max_tokens. text: never empty,
    unless there are alternatives.
    """

    text: str
    usage: Usage = field(default_factory=Usage)
    alternatives: tuple[tuple[str, float], ...] = ()
    cut: bool = False


class ChatModel(Protocol):
    """A language model that talks."""

    @property
    def name(self) -> str:
        """Identifies the model; holds no key and no secret."""
        ...

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply, streamed to `on_text` piece by piece if that is given.

        Raises ModelUnavailable, ModelTimeout, BadReply or BudgetExceeded, and nothing else but
        KeyboardInterrupt, which stops the call.
        """
        ...


@dataclass(frozen=True)
class GradeRequest:
    """One answer to grade.

    asked: the words put to the candidate just before (the prompt or a probe); repeating them
    earns nothing.
    """

    question: Question
    answer: str
    asked: str


class Grader(Protocol):
    """Grades answers. A failure is an `Ungraded` outcome, never an exception and never a score."""

    @property
    def identity(self) -> GraderIdentity:
        """Which grader this is."""
        ...

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer."""
        ...


@dataclass(frozen=True)
class Reply:
    """What came from the candidate.

    kind: "text"; "command" (text holds its name); "end" of input (Ctrl-D); "interrupt" (Ctrl-C);
    "timeout" (text holds what was typed so far).
    seconds: from the prompt shown to the reply.
    """

    kind: Literal["text", "command", "end", "interrupt", "timeout"]
    text: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Status:
    """What a toolbar shows while a reply is awaited.

    number: how many questions were put so far, of `total`. question: its number in the bank.
    cold: answered cold so far, None to keep it back. elapsed, limit: seconds.
    """

    number: int
    total: int
    question: int
    section: str
    elapsed: float
    cold: int | None
    limit: int | None = None
    probe: bool = False


class Terminal(Protocol):
    """Where the candidate reads and speaks. Text given to it is data: it shows it escaped."""

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show a paragraph."""
        ...

    def ask(self, status: Status) -> Reply:
        """Wait for a reply to what was said last."""
        ...

    def confirm(self, question: str) -> bool:
        """A yes or no; False when nobody is there to say."""
        ...

    def busy(self, what: str) -> AbstractContextManager[None]:
        """Show that something takes its time, while the context lasts; "" for nothing to show."""
        ...


@dataclass(frozen=True)
class Place:
    """Where a replay stands: the scene of that number, from 1, of `total`.

    question: the one it belongs to. note: what to tell about the last move.
    """

    number: int
    total: int
    question: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Move:
    """Where to go in a replay. question: where to jump to; 0 is the beginning."""

    kind: Literal["next", "back", "jump", "quit"]
    question: int = 0


class ReplayScreen(Protocol):
    """Where a replay is stepped through."""

    def show(self, scene: Scene) -> None:
        """Add a scene below the others."""
        ...

    def redraw(self, scenes: Sequence[Scene]) -> None:
        """Show these scenes and nothing else."""
        ...

    def move(self, place: Place) -> Move:
        """Wait for the next move."""
        ...


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...

    def monotonic(self) -> float:
        """Seconds from some fixed point."""
        ...


class Scheduler(Protocol):
    """A model of forgetting."""

    def remember(self, reviews: Sequence[Review]) -> Memory:
        """What reviews, oldest first, leave behind; ValueError if there are none."""
        ...

    def recall(self, memory: Memory, at: datetime) -> float:
        """The probability of recall at that moment, in [0, 1]; 1 on the day of the last review."""
        ...


class EventLog(Protocol):
    """Where a session's events are kept."""

    def append(self, event: Event) -> None:
        """Keep the event for good: on return it is on disk."""
        ...
