"""The chat-completions protocol of OpenAI, as many servers speak it, read without trust.

Source: https://platform.openai.com/docs/api-reference/chat.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from interviewer.chat.http_refusal import PASSING
from interviewer.chat.manners.capability import Manner
from interviewer.chat.manners.complaints import inner_message, message_of
from interviewer.chat.manners.endings import is_broken, is_cut, is_filtered
from interviewer.chat.manners.thinking import cut_off, may_begin_json, settled
from interviewer.chat.messages import ChatReply, ChatRequest, Usage
from interviewer.common.base import writable
from interviewer.common.scrub import scrub, scrub_data
from interviewer.common.text import one_line
from interviewer.errors import BadReply, ModelBusy, ModelUnavailable, ReplyCut

MAX_REPLY_BYTES = 4_000_000
"""A reply is never read further. The longest one asked for is some ten kilobytes."""

MOST_LOOKED_AT = 50_000
"""So much of what is wrong is looked through for keys, whose last one may be cut."""

MOST_SHOWN = 2_000
"""So much of that may be shown; the cut is far behind."""

NO_CHOICES = "the server's reply holds no choices"
THINKS_LESS = "Choose a model that thinks less, or turn its thinking off."

_REASONING = ("reasoning_content", "reasoning", "thinking", "reasoning_details")
"""Where servers put what a model thinks, if not into its reply."""

_TEXTS = (None, "text", "output_text")
"""The kinds of the parts of a message that are what the model says."""

_AS_WORDS = "Reply with JSON and nothing else. It must obey this JSON Schema:\n"


def parameters(
    model: str, request: ChatRequest, manner: Manner | None = None, *, stream: bool
) -> dict[str, Any]:
    """The body of a call, in the manner that the model wants.

    A schema that cannot be given as a parameter is put in words, at the end of the last message but
    within it; a system message that is not taken stands in front of the first of the user's.
    """
    manner = manner or Manner()
    messages = _messages(request, manner)
    body: dict[str, Any] = {"model": model, "messages": messages}
    length = "max_completion_tokens" if "max_tokens" in manner.without else "max_tokens"
    body[length] = max(request.max_tokens, manner.least_tokens)
    if "temperature" not in manner.without:
        body["temperature"] = request.temperature
    if "seed" not in manner.without:
        body["seed"] = request.seed
    if request.schema is not None:
        if manner.schema_form == "json_schema":
            named = {"name": "reply", "strict": True, "schema": dict(request.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif messages:
            messages[-1]["content"] += f"\n\n{_AS_WORDS}{json.dumps(request.schema)}"
            if manner.schema_form == "json_object":
                body["response_format"] = {"type": "json_object"}
    if request.top_logprobs and manner.most_logprobs:
        body["logprobs"] = True
        body["top_logprobs"] = min(request.top_logprobs, manner.most_logprobs)
    if stream:
        body["stream"] = True
        if "stream_options" not in manner.without:
            body["stream_options"] = {"include_usage": True}
    return body


def _messages(request: ChatRequest, manner: Manner) -> list[dict[str, str]]:
    messages = [{"role": m.role, "content": writable(m.text)} for m in request.messages]
    if manner.system:
        return messages
    told = [m["content"] for m in messages if m["role"] == "system"]
    rest = [m for m in messages if m["role"] != "system"]
    if told and not (rest and rest[0]["role"] == "user"):
        rest.insert(0, {"role": "user", "content": "\n\n".join(told)})
    elif told:
        rest[0]["content"] = "\n\n".join([*told, rest[0]["content"]])
    return rest


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


def read_reply(data: object, request: ChatRequest, *, thinks: bool = False) -> ChatReply:
    """The reply in a whole body. Raises BadReply, or ModelUnavailable for an error in it.

    thinks: whether the model was seen to think before it answers.
    """
    reader = ReplyReader()
    reader.add(data)
    return reader.reply(request, thinks=thinks)


@dataclass
class ReplyReader:
    """Puts a reply together from a body, or from the pieces of a stream."""

    _texts: list[str] = field(default_factory=list)
    _reasoning: list[str] = field(default_factory=list)
    _alternatives: tuple[tuple[str, float], ...] = ()
    _usage: Usage = field(default_factory=Usage)
    _finish: tuple[str, ...] = ()
    _chosen: bool = False
    _refusal: str = ""
    _thought: bool = False
    _called: bool = False
    _size: int = 0

    def add(self, data: object) -> str:
        """Take in one piece; returns the text in it, often empty."""
        error = error_in(data)
        if error is not None:
            _complain(error)
        if not isinstance(data, Mapping):
            wrong("an object", data)
        choices = data.get("choices", [])
        if choices is None:
            raise BadReply(NO_CHOICES)
        if not isinstance(choices, list):
            wrong("a list of choices", choices)
        if isinstance(data.get("usage"), Mapping):
            self._usage = read_usage(data["usage"])
            self._thought |= _thought_tokens(data["usage"])
        text = self._choice(choices[0]) if choices else ""
        self._size += len(text)
        if self._size > MAX_REPLY_BYTES:
            raise too_long()
        return text

    def _choice(self, choice: object) -> str:
        self._chosen = True
        if not isinstance(choice, Mapping):
            wrong("a choice", choice)
        error = choice.get("error") or _kept(choice).get("error")
        if error:
            _complain(error)
        message = choice.get("message") or choice.get("delta") or {}
        if not isinstance(message, Mapping):
            wrong("a message", message)
        ends = choice.get("finish_reason"), _kept(choice).get("native_finish_reason")
        self._finish += tuple(end for end in ends if isinstance(end, str))
        if not self._alternatives:
            self._alternatives = read_alternatives(choice.get("logprobs"))
        reasoning = next((message[name] for name in _REASONING if message.get(name)), None)
        if reasoning:
            self._thought = True
            self._reasoning.append(reasoning if isinstance(reasoning, str) else "")
        refusal = message.get("refusal") or _kept(message).get("refusal")
        if isinstance(refusal, str):
            self._refusal += refusal
        self._called |= bool(message.get("tool_calls") or message.get("function_call"))
        text = self._content(message.get("content"))
        self._texts.append(text)
        return text

    def _content(self, content: object) -> str:
        """The text of a message. Of one in parts, that of the parts which are text: others hold
        thinking, and what is tried out there, or a refusal."""
        if content is None:
            return ""
        if isinstance(content, str):
            return content
        if not isinstance(content, list):
            wrong("text", content)
        text = ""
        for part in content:
            if not isinstance(part, Mapping):
                continue
            kind = part.get("type")
            if kind in _TEXTS:
                text += self._content(part.get("text"))
            elif kind == "refusal":
                self._refusal += str(part.get("refusal") or "")
            else:
                self._thought |= "think" in str(kind) or "reason" in str(kind)
        return text

    @property
    def ended(self) -> bool:
        """Whether the model said that it is done."""
        return bool(self._finish)

    def reply(self, request: ChatRequest, *, thinks: bool = False) -> ChatReply:
        """What there is to read of the whole reply. Raises BadReply if that is nothing, ReplyCut
        where a longer reply may have something, ModelBusy where the provider broke it off."""
        if not self._chosen:
            raise BadReply(NO_CHOICES)
        if is_broken(self._finish):
            raise ModelBusy(f"the provider broke the reply off ('{self._end}')", begun=True)
        if is_filtered(self._finish) and not self._refusal:
            raise BadReply("the provider's content filter stopped the reply")
        raw = writable("".join(self._texts))
        cut = is_cut(self._finish)
        # With alternatives the reply is one token, which is always cut.
        unfinished = cut and not self._alternatives
        left = cut_off(raw, unfinished=unfinished and thinks)
        text = left.text
        if unfinished and request.schema is not None and not may_begin_json(text):
            text = ""
        if not text.strip() and request.schema is not None and not cut:
            text = settled(writable("".join(self._reasoning)), request.schema)
        if not text.strip() and not self._alternatives:
            raise self._nothing(cut=cut, thought=left.thought or self._thought or bool(raw.strip()))
        thought = left.thought or self._thought
        text = text.lstrip() if thought else text
        return ChatReply(text, self._usage, self._alternatives, cut=cut, thought=thought)

    @property
    def _end(self) -> str:
        return one_line(_scrubbed(self._finish[-1]), 40)

    def _nothing(self, *, cut: bool, thought: bool) -> BadReply:
        if self._refusal:
            return BadReply(f"the model refuses: '{one_line(_scrubbed(self._refusal), 120)}'")
        if self._called:
            return BadReply("the model called a tool instead of replying")
        what = "its whole reply went into thinking" if thought else "the model's reply is empty"
        if cut:
            taken = self._usage.tokens_in, self._usage.tokens_out
            return ReplyCut(what, taken=taken, hint=THINKS_LESS)
        return BadReply(what, hint=THINKS_LESS if thought else None)


def _kept(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where litellm keeps what its own types have no place for."""
    held = part.get("provider_specific_fields")
    return held if isinstance(held, Mapping) else {}


def _thought_tokens(usage: Mapping[str, Any]) -> bool:
    details = usage.get("completion_tokens_details")
    return isinstance(details, Mapping) and bool(details.get("reasoning_tokens"))


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


def too_long(most: int = MAX_REPLY_BYTES) -> BadReply:
    """The error of a reply that does not end within so many bytes."""
    return BadReply(f"the reply was given up after {most / 1_000_000:g} MB")


def error_in(data: object) -> object | None:
    """The error that stands where a completion should, in whichever place; None where none does."""
    if isinstance(data, list):
        return next((e for e in map(error_in, data) if e is not None), None)
    if not isinstance(data, Mapping):
        return None
    held: object = data.get("error") or data.get("errors")
    if held:
        return held
    return None if "choices" in data or not message_of(data) else data


_TRANSIENT = ("rate_limit_exceeded", "overloaded", "overloaded_error", "server_error", "timeout")


def _complain(error: object) -> NoReturn:
    message = inner_message(message_of(error) or str(error))
    if isinstance(error, list):
        error = next((e for e in error if isinstance(e, Mapping)), None)
    code = error.get("code") if isinstance(error, Mapping) else None
    kind = error.get("type") if isinstance(error, Mapping) else None
    text = f"the server reports an error: {one_line(_scrubbed(message), 200)}"
    status = int(code) if isinstance(code, str) and code.isdigit() else code
    if status in PASSING or code in _TRANSIENT or kind in _TRANSIENT:
        raise ModelBusy(text)
    raise ModelUnavailable(text)
