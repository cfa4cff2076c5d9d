"""Signals that ask the program to end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prompt_toolkit.application import Application

INTERRUPTED = 130
"""The exit code after Ctrl-C."""
_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")


class Ending(SystemExit):
    """The program has to end, through no fault of its own.

    It is a SystemExit, so that no library takes it for a failure. draft: what was typed and not yet
    submitted.
    """

    draft = ""


class Stopped(Ending):
    """A signal asked the program to end; its code is 128 and the number of the signal."""

    def __init__(self, number: int):
        super().__init__(128 + number)
        self.number = number

    @property
    def name(self) -> str:
        """ "SIGTERM" and the like."""
        return signal.Signals(self.number).name


def _nobody() -> None:
    pass


class _State:
    held = 0
    tell: Callable[[], None] = _nobody
    waiting: int | None = None
    received: int | None = None


@contextmanager
def heeded() -> Iterator[None]:
    """While it lasts, SIGTERM, SIGHUP and SIGQUIT raise Stopped and SIGINT KeyboardInterrupt.

    A signal that was ignored before stays so, as under nohup.
    """
    _State.held, _State.tell, _State.waiting, _State.received = 0, _nobody, None, None
    before: dict[int, Any] = {}
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, _on_signal)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        before[signal.SIGINT] = signal.signal(signal.SIGINT, _on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def held_back(tell: Callable[[], None] = _nobody) -> Iterator[None]:
    """Signals that come while it lasts are heeded when it is over. tell: called when one comes, so that
    what lasts ends soon."""
    before = _State.tell
    _State.held += 1
    _State.tell = tell
    try:
        yield
    finally:
        _State.held -= 1
        _State.tell = before
        if not _State.held and (number := _State.waiting) is not None:
            _State.waiting = None
            raise _raised(number)


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
        if is_waiting():
            end()

    with held_back(tell):
        yield begin


def is_waiting() -> bool:
    """Whether a signal came that is held back."""
    return _State.waiting is not None


def exit_code() -> int | None:
    """The exit code that the last signal which asked to end calls for; None without one."""
    return None if _State.received is None else 128 + _State.received


def _on_signal(number: int, frame: FrameType | None) -> None:
    if number != signal.SIGINT:
        _State.received = number
    if _State.held:
        _State.waiting = number
        _State.tell()
        return
    raise _raised(number)


def _raised(number: int) -> BaseException:
    return KeyboardInterrupt() if number == signal.SIGINT else Stopped(number)
