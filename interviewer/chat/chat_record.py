"""Calls of chat models kept on disk by the hash of what was asked, and answered from there.

A record is a line of JSON. The hash is the sha256 of the canonical JSON of the model's name, the
messages, the schema and the parameters; the fence marker, drawn afresh for each call, is replaced
first, so that the same question to the same model has the same hash on every day.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.chat.call_files import CALLS_SUFFIX, kept_now
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest, Usage
from interviewer.common import files, json_text
from interviewer.common.base import writable
from interviewer.common.scrub import scrub_data
from interviewer.errors import (
    BadReply,
    InputError,
    ModelBusy,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    UsageError,
    Where,
)

MAX_BYTES = 256_000_000
MARKER = "[fence marker]"
_KINDS: dict[str, type[ModelError]] = {
    kind.__name__: kind for kind in (ModelUnavailable, ModelBusy, ModelTimeout, BadReply)
}


def request_data(model: str, request: ChatRequest) -> dict[str, Any]:
    """What is hashed: everything that decides the reply, and no marker."""
    hide = _replacing(request.marker, MARKER)
    return {
        "model": model,
        "messages": [[m.role, hide(m.text)] for m in request.messages],
        "schema": None if request.schema is None else dict(request.schema),
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "top_logprobs": request.top_logprobs,
    }


def request_hash(model: str, request: ChatRequest) -> str:
    """The content hash, 64 hexadecimal digits."""
    data = request_data(model, request)
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


class RecordedChat:
    """Implements `messages.ChatModel`: asks another one, and keeps what it asked and got."""

    def __init__(self, inner: ChatModel, path: Path):
        self._inner = inner
        self._path = path
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._inner.name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The other one's reply. A failure is kept as well, but not one of the budget."""
        try:
            reply = self._inner.chat(request, on_text)
        except (ModelUnavailable, ModelTimeout, BadReply) as error:
            self._keep(request, {"error": _kind_of(error), "message": error.message})
            raise
        self._keep(request, {"reply": reply_data(reply, request.marker)})
        return reply

    def _keep(self, request: ChatRequest, outcome: dict[str, Any]) -> None:
        record = {
            "hash": request_hash(self.name, request),
            "request": request_data(self.name, request),
            **outcome,
        }
        # Text by text: within a line of JSON a key may be escaped, and what is cut out may take an
        # escape apart.
        line = json.dumps(scrub_data(record), ensure_ascii=True, allow_nan=False) + "\n"
        path = kept_now(self._path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
            with self._lock, os.fdopen(os.open(path, flags, 0o600), "ab") as file:
                file.write(line.encode("ascii"))
        except OSError as error:
            raise ModelUnavailable(
                f"the model's reply cannot be recorded in {path}: {error.strerror}",
                hint="Free some room or choose another folder.",
            ) from error


class ReplayedChat:
    """Implements `messages.ChatModel` from records alone; it calls nothing.

    A request on record several times is answered in the order of the records, then by the last.
    """

    def __init__(self, name: str, records: Records):
        self._name = name
        self._records = records
        self._given: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The recorded reply, or the recorded failure again. Raises ModelUnavailable without one."""
        found = request_hash(self._name, request)
        outcomes = self._records.by_hash.get(found)
        if not outcomes:
            raise ModelUnavailable(
                f"no reply of '{self._name}' to the call {found[:12]} is on record in "
                f"{self._records.place}",
                hint="Run it once without --offline-replay to record it.",
            )
        with self._lock:
            outcome = outcomes[min(self._given[found], len(outcomes) - 1)]
            self._given[found] += 1
        if "error" in outcome:
            raise _KINDS.get(outcome["error"], ModelUnavailable)(str(outcome.get("message")))
        reply = read_reply_data(outcome["reply"], request.marker)
        if on_text is not None:
            on_text(reply.text)
        return reply


def _kind_of(error: ModelError) -> str:
    """The nearest kind of error that a replay can raise again."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _KINDS)


@dataclass(frozen=True)
class Records:
    """What is on record: outcomes by the hash of their request, oldest first."""

    place: Path
    by_hash: dict[str, list[dict[str, Any]]]

    @classmethod
    def load(cls, place: Path) -> Records:
        """The records of a file, or of all *.calls.jsonl of a folder. Raises UsageError for
        a folder without any, InputError for what is none.
        """
        paths = sorted(place.glob(f"*{CALLS_SUFFIX}")) if place.is_dir() else [place]
        if not paths:
            raise UsageError(f"there is no *{CALLS_SUFFIX} in {place}")
        by_hash: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for path in paths:
            for outcome in _read(path):
                by_hash[outcome["hash"]].append(outcome)
        return cls(place, dict(by_hash))


def _read(path: Path) -> Iterator[dict[str, Any]]:
    data = files.read_bounded(path, MAX_BYTES, InputError, what="the file of calls")
    lines = data.removeprefix(files.BOM).split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            outcome = json_text.loads(line)
            if not isinstance(outcome["hash"], str):
                raise TypeError("no hash")
            if "error" not in outcome:
                read_reply_data(outcome["reply"], "")
            elif not isinstance(outcome["error"], str):
                raise TypeError("no name of an error")
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            if number == len(lines):  # being written when the program died
                return
            raise InputError(
                "this line is no recorded call",
                where=Where(str(path), number),
                hint="Take the line out, or record the calls again.",
            ) from error
        yield outcome


def reply_data(reply: ChatReply, marker: str) -> dict[str, Any]:
    """A reply as plain data, its marker replaced."""
    return {
        "text": _replacing(marker, MARKER)(reply.text),
        "usage": reply.usage.model_dump(),
        "alternatives": [list(pair) for pair in reply.alternatives],
        "cut": reply.cut,
    }


def read_reply_data(data: dict[str, Any], marker: str) -> ChatReply:
    """The reply again, with the marker of today. Raises ValueError, KeyError or TypeError."""
    text = writable(str(data["text"]))
    return ChatReply(
        text=text.replace(MARKER, marker) if marker else text,
        usage=Usage.model_validate(data["usage"]),
        alternatives=tuple((str(token), float(value)) for token, value in data["alternatives"]),
        cut=bool(data["cut"]),
    )


def _replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new) if old else text


class RememberedChat:
    """Implements `messages.ChatModel`: answers from its records what is on record, and asks and records
    the rest. Failures are asked again.

    Only for models that are asked at temperature 0 and for work where each call stands for itself.
    Raises InputError if the records cannot be read.
    """

    def __init__(self, inner: ChatModel, path: Path):
        self._inner = RecordedChat(inner, path)
        self._replies: dict[str, dict[str, Any]] = {}
        if path.exists():
            for key, outcomes in Records.load(path).by_hash.items():
                replies = [outcome["reply"] for outcome in outcomes if "reply" in outcome]
                if replies:
                    self._replies[key] = replies[-1]

    @property
    def name(self) -> str:
        return self._inner.name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply on record, or the other one's."""
        key = request_hash(self.name, request)
        if key in self._replies:
            reply = read_reply_data(self._replies[key], request.marker)
            if on_text is not None:
                on_text(reply.text)
            return reply
        reply = self._inner.chat(request, on_text)
        self._replies[key] = reply_data(reply, request.marker)
        return reply
