"""A chat model that is given more room where its thinking took all there was."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

from interviewer.chat.manners.capability_store import Learnt
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest, Usage
from interviewer.errors import (
    BadReply,
    BudgetExceeded,
    ModelBusy,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    ReplyCut,
)

ROOMS = (1536, 4096, 12288, 28672)
"""Tokens for thinking on top of a reply, tried one after the other. The first two fit a window of
8,192 together with a judge's prompt."""

WHOLE = "its whole reply went into thinking"


class GrowingChat:
    """Implements `messages.ChatModel` around a guarded one, whose budget holds for every try.

    A reply that broke off before anything could be read of it is asked for again with more room, as
    long as the overall time and the budget allow, and what was enough is remembered. One that broke
    off within the JSON that was asked for, without any thinking, gets more room once: it may be one
    that never ends. A reply of one token, asked for its alternatives, is left as it is.

    overall: seconds for all tries of a call. monotonic: seconds from some point.
    """

    def __init__(
        self,
        inner: ChatModel,
        learnt: Learnt,
        overall: float = 60.0,
        monotonic: Callable[[], float] = time.monotonic,
    ):
        self._inner = inner
        self._learnt = learnt
        self._overall = overall
        self._monotonic = monotonic

    @property
    def name(self) -> str:
        return self._inner.name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The first reply that is whole, with what all tries took; the longest one that is not, where
        something can be read of it. Raises as the port says."""
        if request.top_logprobs:
            return self._inner.chat(request, on_text)
        seconds = self._overall if request.seconds is None else request.seconds
        until = self._monotonic() + min(self._overall, seconds)
        known = self._learnt.manner.thinking_tokens
        best: ChatReply | None = None
        spent: list[Usage] = []
        cut: ReplyCut | None = None
        for room in (known, *(room for room in ROOMS if room > known)):
            asked = replace(request, max_tokens=request.max_tokens + room)
            if best is not None or cut is not None:
                asked = replace(asked, seconds=max(0.1, until - self._monotonic()))
            try:
                reply = self._inner.chat(asked, on_text)
            except ReplyCut as error:
                cut = error
                spent.append(Usage(tokens_in=error.taken[0], tokens_out=error.taken[1]))
                continue
            except ModelError as error:
                if best is not None:
                    return _together(best, spent)
                if cut is not None:
                    _explain(error)
                raise
            spent.append(reply.usage)
            if not (reply.cut and request.schema is not None):
                if room > known and (reply.thought or cut is not None):
                    self._remember(room)
                return _together(reply, spent)
            if best is not None and not reply.thought:
                return _together(reply, spent)
            best = reply
        if best is not None:
            return _together(best, spent)
        assert cut is not None
        raise BadReply(f"{WHOLE}, {ROOMS[-1]:,} tokens and more", hint=cut.hint)

    def _remember(self, room: int) -> None:
        self._learnt.change(lambda known: known.model_copy(update={"thinking_tokens": room}))


def _together(reply: ChatReply, spent: list[Usage]) -> ChatReply:
    return replace(reply, usage=sum(spent[1:], spent[0]))


def _explain(error: ModelError) -> NoReturn:
    """Raise the error that ended the growing with what made it necessary."""
    if isinstance(error, BudgetExceeded):
        raise BudgetExceeded(f"{WHOLE}, and {error.message}", hint=error.hint) from None
    if isinstance(error, ModelTimeout):
        raise ModelTimeout(
            f"{WHOLE}, and a longer one did not come in time",
            hint="Give it more with --deadline, or choose a model that thinks less.",
        ) from None
    if isinstance(error, ModelUnavailable) and not isinstance(error, ModelBusy):
        raise BadReply(f"{WHOLE}, and a longer one is refused: {error.message}") from None
    raise error
