"""What leaves whatever waits for keys: keys, and signals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from interviewer.common import signals


def add_leaving(keys: KeyBindings) -> None:
    """Ctrl-C raises KeyboardInterrupt where the keys are read, Ctrl-D EOFError."""

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)


@contextmanager
def left_at_signals(app: Application[Any]) -> Iterator[Callable[[], None]]:
    """While it lasts, a signal ends the application, and is raised when it has ended; gives what the
    application has to be run with, as `pre_run`.

    A signal that is raised while the application runs may strike a task in the background; of that the
    library would tell at a prompt of its own, and leave the terminal raw.
    """

    def end() -> None:
        if app.is_running and not app.is_done:
            app.exit(exception=EOFError)

    def tell() -> None:
        if app.loop is not None:
            app.loop.call_soon_threadsafe(end)

    def begin() -> None:
        if signals.is_waiting():
            end()

    with signals.held_back(tell):
        yield begin
