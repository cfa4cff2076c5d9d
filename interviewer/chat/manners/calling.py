"""One call, made again in another manner each time the server refuses the last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from interviewer.chat import chat_wire
from interviewer.chat.http_refusal import refusal
from interviewer.chat.manners import complaints
from interviewer.chat.manners.capability import Manner
from interviewer.chat.manners.capability_store import Learnt
from interviewer.chat.messages import ChatReply, ChatRequest
from interviewer.errors import PromptCut

MOST_TRIES = 14
"""More than there are things to learn of one model."""

LEAST_WINDOW = 512
"""No server has a smaller window: fewer tokens are a count of what was not in its cache."""

TOKENS_A_WORD = 0.9
"""Fewer than any tokenizer makes of a word on average."""


class Refused(Exception):
    """A server's refusal, as it came. said: its message. headers: by name in lower case."""

    def __init__(self, status: int, said: str, headers: Mapping[str, str]):
        super().__init__(said)
        self.status = status
        self.said = complaints.inner_message(said)
        self.headers = headers


Send = Callable[[dict[str, Any], bool], Awaitable[ChatReply]]
"""Sends a body and reads the reply, told whether the model is known to think. Raises Refused."""


async def call(
    model: str, request: ChatRequest, learnt: Learnt, send: Send, *, stream: bool, address: str
) -> ChatReply:
    """The reply, after as many tries as there is something to learn from refusals.

    Raises the error of a refusal that teaches nothing, PromptCut where the server has cut the
    prompt, and what `send` raises.
    """
    once: Manner | None = None
    for _ in range(MOST_TRIES):
        manner = once or learnt.manner
        body = chat_wire.parameters(model, request, manner, stream=stream)
        try:
            reply = await send(body, manner.thinks)
        except Refused as refused:
            told = complaints.mended(refused.status, refused.said, body, manner)
            if told is None:
                raise refusal(
                    refused.status, refused.said, refused.headers, model, address
                ) from None
            if told.once or once is not None:
                once = told.manner
            elif learnt.manner == manner:
                learnt.change(lambda _, new=told.manner: new)  # type: ignore[misc]
            last = refused
            continue
        if reply.thought and not learnt.manner.thinks:
            learnt.change(lambda known: known.model_copy(update={"thinks": True}))
        _check_whole(request, reply)
        return reply
    raise refusal(last.status, last.said, last.headers, model, address)


def _check_whole(request: ChatRequest, reply: ChatReply) -> None:
    """Raise PromptCut where fewer tokens were read than there are words in the prompt."""
    read = reply.usage.tokens_in
    sent = sum(len(message.text.split()) for message in request.messages)
    if LEAST_WINDOW <= read < sent * TOKENS_A_WORD:
        raise PromptCut(
            f"the server cut the prompt: it read {read:,} tokens of more than {sent:,} words;"
            " give the model a window of at least 8,192 tokens",
            tokens=read,
            hint="OLLAMA_CONTEXT_LENGTH=8192, llama-server -c 8192, vllm --max-model-len 8192.",
        )
