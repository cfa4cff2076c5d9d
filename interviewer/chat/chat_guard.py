"""A chat model that is tried again, waited for no longer than agreed, and not overspent on."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from interviewer.chat.budget import FREE, Budget, Price
from interviewer.chat.call_loop import too_late
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest, Usage
from interviewer.common.scrub import hide_values, scrub
from interviewer.errors import ModelBusy, ModelError, ModelTimeout, ModelUnavailable

FIRST_WAIT = 0.5
LONGEST_WAIT = 20.0


@dataclass(frozen=True)
class Surroundings:
    """What a guard needs of the world: seconds from some point, a pause, a number in [0, 1)."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


@dataclass(frozen=True)
class Limits:
    """deadline: seconds for one attempt. overall: seconds for a call with its waits and further
    attempts. attempts: how many at most.
    """

    deadline: float = 60.0
    overall: float = 60.0
    attempts: int = 6


class GuardedChat:
    """Implements `ports.ChatModel` around another one.

    A call that met ModelBusy is made again after a pause: as long as the server asks, or else a
    time that doubles, half of it drawn at random (equal jitter: M. Brooker, "Exponential Backoff
    And Jitter", 2015). Nothing is tried again once text of it was passed on.
    """

    def __init__(
        self,
        inner: ChatModel,
        limits: Limits | None = None,
        budget: Budget | None = None,
        price: Price = FREE,
        surroundings: Surroundings | None = None,
    ):
        self._inner = inner
        self._limits = limits or Limits()
        self._budget = budget
        self._price = price
        self._world = surroundings or Surroundings()
        self._free = threading.Lock()

    @property
    def name(self) -> str:
        return self._inner.name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply, within the overall time. Raises as the port says; BudgetExceeded before a call
        that might go beyond the budget."""
        overall = self._limits.overall
        if request.seconds is not None:
            overall = min(overall, request.seconds)
        until = self._world.monotonic() + overall
        if not self._free.acquire(timeout=overall):
            raise ModelTimeout(
                f"other calls of '{self.name}' took the {overall:.3g} seconds there were"
            )
        try:
            reply = self._attempts(request, on_text, until, overall)
            # What a server echoes must not be said to anybody, nor end in a transcript.
            return replace(reply, text=hide_values(reply.text))
        except ModelError as error:
            error.message = scrub(error.message)
            error.hint = scrub(error.hint) if error.hint else None
            raise
        finally:
            self._free.release()

    def _attempts(
        self,
        request: ChatRequest,
        on_text: Callable[[str], None] | None,
        until: float,
        overall: float,
    ) -> ChatReply:
        shown = _Relay(on_text)
        before: ModelBusy | None = None
        for attempt in range(1, self._limits.attempts + 1):
            left = until - self._world.monotonic()
            if left <= 0:
                raise _gave_up(before, attempt - 1) if before else too_late(overall)
            bounded = replace(request, seconds=min(self._limits.deadline, left))
            try:
                return self._paid(bounded, shown if on_text else None)
            except ModelTimeout:
                if before is None:
                    raise
                if not shown.any and left < overall / 2:  # too little was left to blame the time
                    raise _gave_up(before, attempt) from None
                raise too_late(overall) from None
            except ModelBusy as busy:
                pause = self._pause(attempt, busy)
                left = until - self._world.monotonic()
                if shown.any or attempt == self._limits.attempts or pause >= left:
                    raise _gave_up(busy, attempt, shown=shown.any) from None
                before = busy
            self._world.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _paid(self, request: ChatRequest, on_text: Callable[[str], None] | None) -> ChatReply:
        if self._budget is None:
            return self._inner.chat(request, on_text)
        reserved = self._budget.reserve(request, self._price)
        usage: Usage | None = Usage()
        try:
            reply = self._inner.chat(request, on_text)
            usage = reply.usage
            return reply
        except ModelUnavailable as error:
            if not (isinstance(error, ModelBusy) and error.begun):
                usage = None  # nothing was generated; what ends otherwise may have been
            raise
        finally:
            self._budget.settle(reserved, request, self._price, usage)

    def _pause(self, attempt: int, busy: ModelBusy) -> float:
        if busy.after is not None:
            return busy.after + self._world.random() * FIRST_WAIT
        bound = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (attempt - 1))
        return bound * (0.5 + 0.5 * self._world.random())


class _Relay:
    """Passes text on and remembers whether there was any."""

    def __init__(self, on_text: Callable[[str], None] | None):
        self._on_text = on_text
        self.any = False

    def __call__(self, text: str) -> None:
        if text and self._on_text is not None:
            self.any = True
            self._on_text(text)


def _gave_up(busy: ModelBusy, attempts: int, *, shown: bool = False) -> ModelBusy:
    if shown:
        return ModelBusy(busy.message, after=busy.after, begun=busy.begun, hint=busy.hint)
    tries = "once" if attempts == 1 else f"{attempts} times"
    asked = f"; it asks to wait {busy.after:.0f} seconds" if busy.after else ""
    return ModelBusy(
        f"{busy.message} (tried {tries}{asked})",
        after=busy.after,
        begun=busy.begun,
        hint=busy.hint or "Try later, give it longer with --deadline, or use the offline grader.",
    )
