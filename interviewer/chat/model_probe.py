"""What a chat model can do apart from judging, found out by asking it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import cycle, islice

from interviewer.chat.manners.capability import Capability
from interviewer.chat.messages import ChatModel, ChatRequest, Message
from interviewer.errors import ModelError, PromptCut

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


def probe(
    chat: ChatModel,
    record: Capability,
    *,
    long_prompt: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
) -> Capability:
    """The record of a model that answers, with what a few small questions to it showed.

    long_prompt: also whether its server cuts what is too long.
    """
    seen = {
        "tokens_per_second": _speed(chat, monotonic),
        "schema_held": _obeys(chat),
        "logprobs": _tells_logprobs(chat),
        "cut_at": _cut_at(chat) if long_prompt else record.cut_at,
    }
    return record.model_copy(update=seen)


def _ask(text: str) -> tuple[Message, ...]:
    return (Message("user", text),)


def _speed(chat: ChatModel, monotonic: Callable[[], float]) -> float | None:
    """Tokens per second between the first piece of a streamed reply and its end."""
    moments: list[float] = []

    def note(text: str) -> None:
        if text:
            moments.append(monotonic())

    request = ChatRequest(_ask("Count from one to twenty in words."), max_tokens=32)
    try:
        reply = chat.chat(request, note)
    except ModelError:
        return None
    passed = monotonic() - moments[0] if len(moments) > 1 else 0.0
    # What was thought out of sight was not written since the first piece.
    written = 0 if reply.thought else reply.usage.tokens_out
    tokens = (written or len(moments)) - 1
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
    except PromptCut as cut:
        return cut.tokens
    except ModelError:
        return None
    return 0 if counted else None
