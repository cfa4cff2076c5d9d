"""The chat-completions protocol of OpenAI, as many servers speak it, read without trust.

Source: https://platform.openai.com/docs/api-reference/chat.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from interviewer.chat.messages import ChatReply, ChatRequest, Usage
from interviewer.common.base import writable
from interviewer.common.scrub import scrub, scrub_data
from interviewer.common.text import one_line
from interviewer.errors import BadReply, ModelBusy, ModelUnavailable

MAX_REPLY_BYTES = 4_000_000
"""A reply is never read further. The longest one asked for is some ten kilobytes."""

MOST_LOOKED_AT = 50_000
"""So much of what is wrong is looked through for keys, whose last one may be cut."""

MOST_SHOWN = 2_000
"""So much of that may be shown; the cut is far behind."""

OPTIONAL = ("response_format", "logprobs", "seed", "temperature", "stream_options", "max_tokens")
"""What a call can do without when the server refuses it, in the order in which it is given up."""

_AS_WORDS = "Reply with JSON and nothing else. It must obey this JSON Schema:\n"


def parameters(
    model: str, request: ChatRequest, *, stream: bool, without: Iterable[str] = ()
) -> dict[str, Any]:
    """The body of a call.

    without: names of `OPTIONAL` that the server has refused. A schema that cannot be given as a
    parameter is put in words, at the end of the last message but within it.
    """
    refused = set(without)
    messages = [{"role": m.role, "content": writable(m.text)} for m in request.messages]
    body: dict[str, Any] = {"model": model, "messages": messages}
    body["max_completion_tokens" if "max_tokens" in refused else "max_tokens"] = request.max_tokens
    if "temperature" not in refused:
        body["temperature"] = request.temperature
    if "seed" not in refused:
        body["seed"] = request.seed
    if request.schema is not None and "response_format" not in refused:
        named = {"name": "reply", "strict": True, "schema": dict(request.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif request.schema is not None and messages:
        messages[-1]["content"] += f"\n\n{_AS_WORDS}{json.dumps(request.schema)}"
    if request.top_logprobs and "logprobs" not in refused:
        body["logprobs"] = True
        body["top_logprobs"] = request.top_logprobs
    if stream:
        body["stream"] = True
        if "stream_options" not in refused:
            body["stream_options"] = {"include_usage": True}
    return body


def refused_parameter(message: str, body: Mapping[str, Any], without: Iterable[str]) -> str | None:
    """Which optional part of the body a complaint of the server is about, None if about none."""
    said = message.lower()
    words = {
        "response_format": ("response_format", "json_schema", "structured output", "grammar"),
        "max_tokens": ("max_completion_tokens",),
    }
    for name in OPTIONAL:
        sent = name in body and name not in without
        if sent and any(word in said for word in words.get(name, (name,))):
            return name
    return None


def read_body(text: bytes) -> object:
    """The JSON of a body. Raises BadReply with its beginning if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        shown = one_line(_scrubbed(text[:MOST_LOOKED_AT].decode("utf-8", "replace")), 80)
        raise BadReply(
            f"the server's reply is not JSON: '{shown}'"
            if shown
            else "the server's reply is empty",
            hint="Is it an OpenAI-compatible address? Most end in /v1.",
        ) from None


def read_reply(data: object) -> ChatReply:
    """The reply in a whole body. Raises BadReply, or ModelUnavailable for an error in it."""
    reader = ReplyReader()
    reader.add(data)
    return reader.reply()


@dataclass
class ReplyReader:
    """Puts a reply together from a body, or from the pieces of a stream."""

    _texts: list[str] = field(default_factory=list)
    _alternatives: tuple[tuple[str, float], ...] = ()
    _usage: Usage = field(default_factory=Usage)
    _finish: str | None = None
    _thought: bool = False
    _size: int = 0

    def add(self, data: object) -> str:
        """Take in one piece; returns the text in it, often empty."""
        if not isinstance(data, Mapping):
            wrong("an object", data)
        if data.get("error"):
            _complain(data["error"])
        choices = data.get("choices", [])
        if not isinstance(choices, list):
            wrong("a list of choices", choices)
        if isinstance(data.get("usage"), Mapping):
            self._usage = read_usage(data["usage"])
        text = self._choice(choices[0]) if choices else ""
        self._size += len(text)
        if self._size > MAX_REPLY_BYTES:
            raise too_long()
        return text

    def _choice(self, choice: object) -> str:
        if not isinstance(choice, Mapping):
            wrong("a choice", choice)
        message = choice.get("message") or choice.get("delta") or {}
        if not isinstance(message, Mapping):
            wrong("a message", message)
        if isinstance(choice.get("finish_reason"), str):
            self._finish = choice["finish_reason"]
        if not self._alternatives:
            self._alternatives = read_alternatives(choice.get("logprobs"))
        if message.get("reasoning_content") or message.get("reasoning"):
            self._thought = True
        text = _content(message.get("content"))
        self._texts.append(text)
        return text

    @property
    def ended(self) -> bool:
        """Whether the model said that it is done."""
        return self._finish is not None

    def reply(self) -> ChatReply:
        """The whole reply. Raises BadReply if there is nothing in it."""
        text = writable("".join(self._texts))
        if not text.strip() and not self._alternatives:
            raise BadReply(
                "the model spent its whole reply thinking"
                if self._thought
                else "the model's reply is empty",
                hint="Choose a model that does not reason aloud." if self._thought else None,
            )
        return ChatReply(
            text=text,
            usage=self._usage,
            alternatives=self._alternatives,
            cut=self._finish == "length",
        )


def _content(content: object) -> str:
    if content is None:
        return ""
    if isinstance(content, list):  # some servers answer in parts
        return "".join(_content(p.get("text")) for p in content if isinstance(p, Mapping))
    if not isinstance(content, str):
        wrong("text", content)
    return content


def read_usage(data: Mapping[str, Any]) -> Usage:
    """The token counts of a reply; what is no count is 0."""
    taken = data.get("prompt_tokens"), data.get("completion_tokens")
    into, out = (n if isinstance(n, int) and 0 <= n < 10**9 else 0 for n in taken)
    return Usage(tokens_in=into, tokens_out=out)


def read_alternatives(data: object) -> tuple[tuple[str, float], ...]:
    """The first token's alternatives, likeliest first; empty if there are none to be read."""
    first = data.get("content") if isinstance(data, Mapping) else None
    first = first[0] if isinstance(first, list) and first else None
    found = first.get("top_logprobs") if isinstance(first, Mapping) else None
    pairs = [
        (item["token"], float(item["logprob"]))
        for item in (found if isinstance(found, list) else [])
        if isinstance(item, Mapping)
        and isinstance(item.get("token"), str)
        and isinstance(item.get("logprob"), int | float)
        and math.isfinite(item["logprob"])
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def wrong(wanted: str, found: object) -> NoReturn:
    """Raise BadReply: something else stands where that should be."""
    shown = one_line(_scrubbed(json.dumps(scrub_data(found), default=str)[:MOST_LOOKED_AT]), 60)
    raise BadReply(f"the server's reply has {shown} where {wanted} should be")


def _scrubbed(text: str) -> str:
    return scrub(text)[:MOST_SHOWN]


def too_long() -> BadReply:
    """The error of a reply that does not end."""
    return BadReply(f"the reply was given up after {MAX_REPLY_BYTES // 1_000_000} MB")


def _complain(error: object) -> NoReturn:
    message = error.get("message") if isinstance(error, Mapping) else error
    code = error.get("code") if isinstance(error, Mapping) else None
    text = f"the server reports an error: {one_line(scrub(str(message)), 200)}"
    if code in (429, 500, 502, 503, 529, "rate_limit_exceeded", "overloaded"):
        raise ModelBusy(text)
    raise ModelUnavailable(text)
