"""What is asked of a language model and what it replies: the port to every one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, Protocol

from pydantic import AfterValidator, Field

from interviewer.common.base import IsNumber, Value

MOST = 10**12
_AT_MOST = AfterValidator(lambda found: min(found, MOST))
Tokens = Annotated[int, Field(ge=0), IsNumber, _AT_MOST]


class Usage(Value):
    """What a language model took: tokens in and out, and money in US dollars where it is known."""

    tokens_in: Tokens = 0
    tokens_out: Tokens = 0
    cost: Annotated[float, Field(ge=0, allow_inf_nan=False), IsNumber, _AT_MOST] | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; a cost is unknown where either is."""
        known = self.cost is not None and other.cost is not None
        return Usage(
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost=(self.cost or 0.0) + (other.cost or 0.0) if known else None,
        )


class Message(NamedTuple):
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    text: str


Messages = tuple[Message, ...]


@dataclass(frozen=True)
class ChatRequest:
    """One call of a chat model.

    schema: the JSON Schema that the reply must obey, None for free text. max_tokens: of the reply.
    top_logprobs: how many alternatives to the reply's first token to give with their
    log-probabilities, 0 for none. marker: the random word that fences data in the messages, so that
    two requests that differ in nothing else count as the same. seconds: how long the whole reply
    may take, None for the model's own deadline.
    """

    messages: Messages
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
    unless there are alternatives; the model's thinking is no part of it. thought: whether there was
    any.
    """

    text: str
    usage: Usage = field(default_factory=Usage)
    alternatives: tuple[tuple[str, float], ...] = ()
    cut: bool = False
    thought: bool = False


class ChatModel(Protocol):
    """A language model that talks."""

    @property
    def name(self) -> str:
        """Identifies the model; holds no key and no secret."""
        ...

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply, streamed to `on_text` piece by piece if that is given, thinking and all.

        Raises ModelUnavailable, ModelTimeout, BadReply or BudgetExceeded, and nothing else but
        KeyboardInterrupt, which stops the call.
        """
        ...
