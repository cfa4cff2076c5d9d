"""A chat model that is asked the same thing only once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from interviewer.chat.chat_record import (
    RecordedChat,
    Records,
    read_reply_data,
    reply_data,
    request_hash,
)
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest


class RememberedChat:
    """Implements `ports.ChatModel`: answers from its records what is on record, and asks and records
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
