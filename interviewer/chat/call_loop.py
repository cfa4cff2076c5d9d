"""Calls that take time, run aside, several at once, and given up at their deadline.

The libraries that talk to servers bound each read, not the whole call, so a server that sends a
byte now and then would never end it. Here each call is a task of one event loop, which is cancelled
as a whole, its connection with it.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

from interviewer.errors import ModelTimeout

T = TypeVar("T")
Emit = Callable[[str], None]

SPARE_SECONDS = 2.0
"""How long after the deadline the loop itself is trusted to end the call."""


class CallLoop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, name="model-calls", daemon=True)
        thread.start()

    def run(
        self,
        make: Callable[[Emit], Coroutine[Any, Any, T]],
        seconds: float,
        on_text: Callable[[str], None] | None = None,
    ) -> T:
        """What the coroutine returns; what it emits goes to `on_text`, in the caller's thread.

        Raises ModelTimeout after `seconds`, and what the coroutine raises. Whatever ends this
        early, such as KeyboardInterrupt, ends the call too.
        """
        group: Calls | None = getattr(_here, "group", None)
        if group is not None and group.ended:
            raise CancelledError
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        until = time.monotonic() + seconds + SPARE_SECONDS
        task = asyncio.run_coroutine_threadsafe(_bounded(make(pieces.put), seconds), self._loop)
        task.add_done_callback(lambda _: pieces.put(None))
        if group is not None:
            group.add(task)
        try:
            while (piece := pieces.get(timeout=max(0.0, until - time.monotonic()))) is not None:
                if on_text is not None:
                    on_text(piece)
            return task.result()
        except (queue.Empty, TimeoutError):
            raise too_late(seconds) from None
        finally:
            task.cancel()

    def end_calls(self) -> None:
        """End every call under way; on return their connections are closed, or will not be.

        Whoever waits for such a call gets concurrent.futures.CancelledError.
        """

        async def end() -> None:
            calls = asyncio.all_tasks() - {asyncio.current_task()}
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(end(), self._loop).result(SPARE_SECONDS)


class Calls:
    """The calls of one piece of work, which end together. ended: whether they have been."""

    def __init__(self) -> None:
        self._tasks: list[Future[Any]] = []
        self._lock = threading.Lock()
        self.ended = False

    def add(self, task: Future[Any]) -> None:
        """A call under way."""
        with self._lock:
            self._tasks.append(task)
            if self.ended:
                task.cancel()

    def take(self) -> None:
        """The calls of the thread that says so belong to it from here on."""
        _here.group = self

    def end(self) -> None:
        """End the calls under way; no other begins."""
        with self._lock:
            self.ended = True
            for task in self._tasks:
                task.cancel()


_here = threading.local()
"""`group`: that of the thread, where it has one."""


def at_once(works: Sequence[Callable[[], T]], calls: int) -> list[T]:
    """What each of the works returns, in their order, with so many of them under way at once.

    They are begun in their order; with one at once they are done in the thread of the caller. What
    one raises is raised here. Whatever ends this early, such as KeyboardInterrupt, ends the model
    calls under way, and no other begins; nobody waits for a thread that sleeps.
    """
    if min(calls, len(works)) < 2:
        return [work() for work in works]
    group = Calls()
    left = iter(enumerate(works))
    lock = threading.Lock()
    done: queue.SimpleQueue[tuple[int, T | None, BaseException | None]] = queue.SimpleQueue()

    def go_on() -> None:
        group.take()
        while not group.ended:
            with lock:
                at, work = next(left, (-1, None))
            if work is None:
                return
            try:
                done.put((at, work(), None))
            except BaseException as error:  # raised where it is waited for
                done.put((at, None, error))

    found: dict[int, Any] = {}
    try:
        for _ in range(min(calls, len(works))):
            # Of daemons the end of the program does not wait.
            threading.Thread(target=go_on, name="at-once", daemon=True).start()
        while len(found) < len(works):
            at, result, error = done.get()
            if error is not None:
                raise error
            found[at] = result
    finally:
        group.end()
    return [found[at] for at in range(len(works))]


async def _bounded(call: Coroutine[Any, Any, T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await call


def too_late(seconds: float) -> ModelTimeout:
    """The error of a call that took longer."""
    return ModelTimeout(
        f"no complete reply within {seconds:.3g} seconds",
        hint="Give it more with --deadline, or choose a smaller model.",
    )


_making = threading.Lock()


def call_loop() -> CallLoop:
    """The loop that all models of this process share."""
    with _making:  # a client belongs to one loop, also where two threads ask for the first time
        return _only_loop()


@lru_cache(maxsize=1)
def _only_loop() -> CallLoop:
    return CallLoop()
