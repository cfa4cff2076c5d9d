"""What a chat model can do, found out by asking it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

from interviewer.chat.messages import ChatModel, ChatRequest, Message
from interviewer.errors import ModelError

NEEDED_CONTEXT = 4096
"""Tokens that a judge's prompt on a long answer and its reply may take together."""

LONG_WORDS = 4500
"""Longer than the window that Ollama gives a model unless it is told otherwise."""

_WORD = "zaffre"
_SCHEMA = {
    "type": "object",
    "properties": {
        "colour": {"type": "string", "enum": [_WORD]},
        "count": {"type": "integer"},
    },
    "required": ["colour", "count"],
    "additionalProperties": False,
}
_WORDS = ("apple", "river", "stone", "window", "paper", "garden", "letter", "winter", "bridge")


@dataclass(frozen=True)
class Ability:
    """What a model was seen to do; None where it was not found out.

    problem, hint: why it does not answer, and what to do. context: its window in tokens, as its
    server says. cut_at: the tokens that were left of a longer prompt, cut without a word; 0 if
    nothing was cut. tokens_per_second: of its reply.
    """

    spec: str
    server: str = ""
    url: str | None = None
    problem: str | None = None
    hint: str | None = None
    schema: bool | None = None
    logprobs: bool | None = None
    context: int | None = None
    cut_at: int | None = None
    tokens_per_second: float | None = None

    @property
    def answers(self) -> bool:
        """Whether it answers at all."""
        return self.problem is None


def probe(
    chat: ChatModel,
    spec: str,
    *,
    server: str = "",
    url: str | None = None,
    context: int | None = None,
    long_prompt: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
) -> Ability:
    """Ask the model four small things. long_prompt: also whether it cuts what is too long."""
    try:
        speed = _speed(chat, monotonic)
    except ModelError as error:
        return Ability(spec, server, url, problem=error.message, hint=error.hint, context=context)
    return Ability(
        spec,
        server,
        url,
        schema=_obeys(chat),
        logprobs=_tells_logprobs(chat),
        context=context,
        cut_at=_cut_at(chat) if long_prompt else None,
        tokens_per_second=speed,
    )


def _ask(text: str) -> tuple[Message, ...]:
    return (Message("user", text),)


def _speed(chat: ChatModel, monotonic: Callable[[], float]) -> float | None:
    """Tokens per second between the first piece of a streamed reply and its end."""
    moments: list[float] = []

    def note(text: str) -> None:
        if text:
            moments.append(monotonic())

    request = ChatRequest(_ask("Count from one to twenty in words."), max_tokens=32)
    reply = chat.chat(request, note)
    passed = monotonic() - moments[0] if len(moments) > 1 else 0.0
    tokens = (reply.usage.tokens_out or len(moments)) - 1
    return tokens / passed if passed > 0 and tokens > 0 else None


def _obeys(chat: ChatModel) -> bool | None:
    """Whether a schema is enforced that no model would follow by itself."""
    request = ChatRequest(_ask("Say good morning."), schema=_SCHEMA, max_tokens=64)
    try:
        found = json.loads(chat.chat(request).text)
    except ModelError:
        return None
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(found, dict)
        and set(found) == {"colour", "count"}
        and found["colour"] == _WORD
        and isinstance(found["count"], int)
    )


def _tells_logprobs(chat: ChatModel) -> bool | None:
    request = ChatRequest(_ask("Is water wet? Answer yes or no."), max_tokens=1, top_logprobs=5)
    try:
        return len(chat.chat(request).alternatives) > 1
    except ModelError:
        return None


def _cut_at(chat: ChatModel) -> int | None:
    """Tokens counted by the server for a prompt of more than that; every word is one or more."""
    words = " ".join(islice(cycle(_WORDS), LONG_WORDS))
    request = ChatRequest(_ask(f"{words}\nSay yes."), max_tokens=1, top_logprobs=1)
    try:
        counted = chat.chat(request).usage.tokens_in
    except ModelError:
        return None
    return counted if 0 < counted < LONG_WORDS * 0.9 else 0 if counted else None
