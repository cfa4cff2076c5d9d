"""What a server's refusal says of how it wants to be called."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from interviewer.chat.manners.capability import SCHEMA_FORMS, Manner

PARAMETERS = ("seed", "temperature", "stream_options", "max_tokens")
"""What a call can do without, besides a schema and log-probabilities, in the order in which it is
given up."""

FEW_LOGPROBS = 5
SMALL_REPLY = 16
"""What servers that give few alternatives, or no short replies, allow at least."""

MOST_READ = 4_000
"""So much of an error is read as Python."""

_ABOUT_THE_CALL = (400, 403, 404, 405, 415, 422, 500, 501)
"""Statuses under which servers refuse a parameter or a role: by their documentation 400 and 422, by
their habits the others too."""

_SYSTEM = re.compile(
    r"system(?:['\"`]?\s+|_)(?:role|message|prompt|instruction)|role\W{0,4}(?:of )?\W?system"
    r"|developer instruction|roles? must alternate|only user and assistant roles"
)
_SCHEMA = re.compile(
    r"response[_ ]format|json[_ ]?schema|structured[_ ]output|json[_ ]object|json mode|grammar"
    r"|guided_|output_config|output_format"
)
_GENERATION = re.compile(r"json_validate_failed|failed to (?:generate|validate) json")
_LEAST = re.compile(r"(?:>=|at least|minimum(?: value)?(?: of| is|:)?|or equal to)\s*(\d{1,4})\b")
_TOO_SMALL = re.compile(r"minimum|too (?:small|low)|at least")
_UNKNOWN = re.compile(
    r"unsupported|not (?:be )?support|unknown|unrecogni[sz]ed|unexpected|extra|not permitted"
)
_NUMBER = re.compile(r"\b\d{1,3}\b")


class Mended(NamedTuple):
    """How to call again. once: this call only, since the next may be taken as it is."""

    manner: Manner
    once: bool = False


def mended(status: int, said: str, body: Mapping[str, Any], manner: Manner) -> Mended | None:
    """How to call after that refusal of that body; None where it is not about how it was called."""
    if status not in _ABOUT_THE_CALL:
        return None
    text = said.lower()
    if "response_format" in body and _GENERATION.search(text):
        return Mended(manner.model_copy(update={"schema_form": "words"}), once=True)
    for look in _LOOKS:
        found = look(text, body, manner)
        if found is not None:
            return Mended(found)
    return None


def _system(text: str, body: Mapping[str, Any], manner: Manner) -> Manner | None:
    sent = any(message["role"] == "system" for message in body["messages"])
    return _with(manner, system=False) if sent and _SYSTEM.search(text) else None


def _least_tokens(text: str, body: Mapping[str, Any], manner: Manner) -> Manner | None:
    sent = body.get("max_tokens", body.get("max_completion_tokens", 0))
    if not re.search(r"max_(?:\w+_)?tokens", text) or not _TOO_SMALL.search(text):
        return None
    named = [int(n) for n in _LEAST.findall(text)]
    least = max((n for n in named if n > sent), default=0 if named else SMALL_REPLY)
    return _with(manner, least_tokens=least) if sent < least else None


def _logprobs(text: str, body: Mapping[str, Any], manner: Manner) -> Manner | None:
    if "logprobs" not in body or "logprob" not in text:
        return None
    sent = int(body["top_logprobs"])
    allowed = [n for n in map(int, _NUMBER.findall(text)) if 1 < n < sent]
    fewer = max(allowed, default=FEW_LOGPROBS)
    return _with(manner, most_logprobs=fewer if fewer < sent else 0)


def _schema(text: str, body: Mapping[str, Any], manner: Manner) -> Manner | None:
    if "response_format" not in body or not _SCHEMA.search(text):
        return None
    sent = SCHEMA_FORMS.index(body["response_format"]["type"])
    return _with(manner, schema_form=SCHEMA_FORMS[sent + 1])


def _parameter(text: str, body: Mapping[str, Any], manner: Manner) -> Manner | None:
    for name in PARAMETERS:
        if name not in body or name in manner.without:
            continue
        named = name in text
        if name == "max_tokens":
            named = "max_completion_tokens" in text or (named and bool(_UNKNOWN.search(text)))
        if named:
            return _with(manner, without=(*manner.without, name))
    return None


_LOOKS: tuple[Callable[[str, Mapping[str, Any], Manner], Manner | None], ...] = (
    *(_system, _least_tokens, _logprobs, _schema, _parameter),
)


def _with(manner: Manner, **changed: Any) -> Manner:
    return manner.model_copy(update=changed)


def inner_message(said: str) -> str:
    """The message itself, out of the JSON and the wrappings that servers and libraries put around it.

    What holds no JSON with a message in it is given back as it is.
    """
    text = said.strip()
    for _ in range(4):  # a provider's error within a router's within a library's
        found = _message_in(text)
        if found is None or found == text:
            break
        text = found
    return text


def _message_in(text: str) -> str | None:
    at = text.find("{")
    if at < 0:
        return None
    for candidate in (text[at:], text[at:].replace("\\'", "'").replace('\\\\"', '\\"')):
        try:
            data, _ = json.JSONDecoder(strict=False).raw_decode(candidate)
        except (ValueError, RecursionError):
            continue
        return message_of(data)
    try:  # as Python writes it, where a library did not take it apart
        return message_of(ast.literal_eval(text[at : text.rfind("}") + 1][:MOST_READ]))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def message_of(data: object) -> str | None:
    """What an error as JSON says, the innermost message first; None where it says nothing."""
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return next((m for m in map(message_of, data) if m), None)
    if not isinstance(data, Mapping):
        return None
    metadata = data.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
    for held in (raw, *map(data.get, ("error", "errors", "message", "detail", "msg"))):
        found = message_of(held) if held else None
        if found:
            return found
    return None
