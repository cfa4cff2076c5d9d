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
from interviewer.errors import ModelBusy, ModelError, ModelTimeout, ModelUnavailable, ReplyCut

FIRST_WAIT = 0.5
LONGEST_WAIT = 20.0
LOADING_TIMES = 5.0
"""How much longer than any other the first call waits for a model that is being loaded."""
LOADING_WAIT = 2.0
"""Seconds between two looks at it."""

FIRST_REST = 60.0
LONGEST_REST = 600.0
"""Seconds for which a model that failed is left alone: doubled each time it fails again."""


@dataclass(frozen=True)
class Surroundings:
    """What a guard needs of the world: seconds from some point, a pause, a number in [0, 1)."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


@dataclass(frozen=True)
class Limits:
    """deadline: seconds for one attempt. overall: seconds for a call with its waits and further
    attempts. attempts: how many at most. failures: after so many calls in a row that came to nothing
    the model is not called for a while; None to call it always. calls: how many at once.
    """

    deadline: float = 60.0
    overall: float = 60.0
    attempts: int = 6
    failures: int | None = None
    calls: int = 1


class GuardedChat:
    """Implements `messages.ChatModel` around another one.

    A call that met ModelBusy is made again after a pause: as long as the server asks, or else a
    time that doubles, half of it drawn at random (equal jitter: M. Brooker, "Exponential Backoff
    And Jitter", 2015). Nothing is tried again once text of it was passed on. A model that failed too
    often in a row rests, and calls of it fail at once; then it is tried with a single attempt (the
    circuit breaker of M. Nygard, "Release It!", 2007).

    While a server says that the model is still being loaded, the first call that has no time of its
    own waits longer for it, and `notice` is told so, once. asleep: whether the server has yet to load
    the model, which some do at the first call, and stop doing when that is given up.
    """

    def __init__(
        self,
        inner: ChatModel,
        limits: Limits | None = None,
        budget: Budget | None = None,
        price: Price = FREE,
        surroundings: Surroundings | None = None,
        notice: Callable[[str], None] | None = None,
        asleep: Callable[[], bool] | None = None,
    ):
        self._notice = notice
        self._asleep = asleep
        self._loaded = False
        self._inner = inner
        self._limits = limits or Limits()
        self._rest = _Rest(self._limits.failures)
        self._budget = budget
        self._price = price
        self._world = surroundings or Surroundings()
        self._free = threading.Semaphore(self._limits.calls)

    @property
    def name(self) -> str:
        return self._inner.name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply, within the overall time. Raises as the port says; BudgetExceeded before a call
        that might go beyond the budget."""
        overall = self._limits.overall
        if request.seconds is not None:
            overall = min(overall, request.seconds)
        begun = self._world.monotonic()
        until = begun + overall
        if not self._free.acquire(timeout=overall):
            raise ModelTimeout(
                f"other calls of '{self.name}' took the {overall:.3g} seconds there were"
            )
        try:
            self._rest.check(self.name, self._world.monotonic())
            reply = self._attempts(request, on_text, until, overall)
            self._loaded = True
            self._rest.worked()
            # What a server echoes must not be said to anybody, nor end in a transcript.
            return replace(reply, text=hide_values(reply.text))
        except ModelError as error:
            if isinstance(error, ModelUnavailable | ModelTimeout) and not isinstance(
                error, _Resting
            ):
                self._rest.failed(begun, self._world.monotonic())
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
        attempts = 1 if self._rest.again else self._limits.attempts
        attempt = tried = 0
        waits = request.seconds is None and not self._loaded
        patience = self._limits.deadline
        if waits and self._asleep is not None:
            before_asking = self._world.monotonic()
            asleep = self._asleep()
            until += self._world.monotonic() - before_asking  # it is no part of the call
            if asleep:
                until += self._wait_longer(overall)
                patience = overall * LOADING_TIMES
        while attempt < attempts:
            attempt, tried = attempt + 1, tried + 1
            left = until - self._world.monotonic()
            if left <= 0:
                raise _gave_up(before, tried - 1) if before else too_late(overall)
            bounded = replace(request, seconds=min(patience, left))
            try:
                return self._paid(bounded, shown if on_text else None)
            except ModelTimeout:
                if before is None:
                    raise
                if not shown.any and left < overall / 2:  # too little was left to blame the time
                    raise _gave_up(before, tried) from None
                raise too_late(overall) from None
            except ModelBusy as busy:
                pause = self._pause(attempt, busy)
                if busy.loading and waits:
                    if not self._loaded:
                        until += self._wait_longer(overall)
                    attempt, pause = attempt - 1, min(pause, LOADING_WAIT)
                left = until - self._world.monotonic()
                if shown.any or attempt >= attempts or pause >= left:
                    raise _gave_up(busy, tried, shown=shown.any) from None
                before = busy
            self._world.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _wait_longer(self, overall: float) -> float:
        """The seconds by which the first call may take longer, which is told."""
        self._loaded = True
        if self._notice is not None:
            most = f"{overall * LOADING_TIMES:.0f} s at most"
            self._notice(f"{self.name} is still being loaded; it is waited for, {most}")
        return overall * (LOADING_TIMES - 1)

    def _paid(self, request: ChatRequest, on_text: Callable[[str], None] | None) -> ChatReply:
        if self._budget is None:
            return self._inner.chat(request, on_text)
        reserved = self._budget.reserve(request, self._price)
        usage: Usage | None = Usage()
        try:
            reply = self._inner.chat(request, on_text)
            usage = reply.usage
            return reply
        except ReplyCut as cut:
            usage = Usage(tokens_in=cut.taken[0], tokens_out=cut.taken[1])
            raise
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


class _Rest:
    """Counts calls that came to nothing, and says when the model is to be left alone.

    Of calls made at once that all failed, one is counted. again: whether the next call is the one
    that finds out whether it works again.
    """

    def __init__(self, most: int | None):
        self._most = most
        self._in_a_row = 0
        self._until = 0.0
        self._last: float | None = None
        self._lock = threading.Lock()

    @property
    def again(self) -> bool:
        return self._most is not None and self._in_a_row >= self._most

    def check(self, name: str, now: float) -> None:
        """Raise ModelUnavailable while the model rests."""
        if self.again and now < self._until:
            raise _Resting(
                f"'{name}' failed {self._in_a_row} times in a row and is left alone for"
                f" {self._until - now:.0f} s",
                hint="'interviewer doctor' says what is wrong with it.",
            )

    def worked(self) -> None:
        self._in_a_row = 0

    def failed(self, begun: float, now: float) -> None:
        with self._lock:
            if self._last is not None and begun < self._last:
                return
            self._last = now
            self._in_a_row += 1
            if self._most is not None and self.again:
                more = self._in_a_row - self._most
                self._until = now + min(LONGEST_REST, FIRST_REST * 2.0**more)


class _Resting(ModelUnavailable):
    """A call that was not made."""


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
    asked = f"; it asks to wait {busy.after:.0f} seconds" if (busy.after or 0) >= 1 else ""
    return ModelBusy(
        f"{busy.message} (tried {tries}{asked})",
        after=busy.after,
        begun=busy.begun,
        hint=busy.hint or "Try later, give it longer with --deadline, or use the offline grader.",
    )
