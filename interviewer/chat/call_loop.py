"""Calls that take time, run aside and given up at their deadline.

The libraries that talk to servers bound each read, not the whole call, so a server that sends a
byte now and then would never end it. Here each call is a task of one event loop, which is cancelled
as a whole, its connection with it.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Coroutine
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
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        until = time.monotonic() + seconds + SPARE_SECONDS
        task = asyncio.run_coroutine_threadsafe(_bounded(make(pieces.put), seconds), self._loop)
        task.add_done_callback(lambda _: pieces.put(None))
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


async def _bounded(call: Coroutine[Any, Any, T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await call


def too_late(seconds: float) -> ModelTimeout:
    """The error of a call that took longer."""
    return ModelTimeout(
        f"no complete reply within {seconds:.3g} seconds",
        hint="Give it more with --deadline, or choose a smaller model.",
    )


@lru_cache(maxsize=1)
def call_loop() -> CallLoop:
    """The loop that all models of this process share."""
    return CallLoop()
