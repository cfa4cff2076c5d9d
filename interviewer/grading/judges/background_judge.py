"""A judge in a thread of its own: answers go in by one queue, and grades come out by another."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from interviewer.errors import ModelError
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import GraderIdentity
from interviewer.grading.late import LateGrade

MOST_WAITING = 16
"""Answers that wait for the judge at once, besides the one that it reads."""


class BackgroundJudge:
    """Implements `late.LateJudge` with one thread, which begins with the first answer.

    grader: gives the judge, waiting for it to load if need be. identity: known before it loads. show:
    tells whoever waits of something before the first answer is handed over.
    polite: whether the judge begins to read an answer only while the candidate is listened to: its
    model has one ear, and words what the interviewer says too. Use `with`: on the way out the calls
    under way are ended.
    """

    def __init__(
        self,
        grader: Callable[[], Grader],
        identity: GraderIdentity,
        *,
        patience: float,
        deadline: float,
        show: Callable[[str], None],
        polite: bool = False,
        most: int = MOST_WAITING,
    ):
        self.patience = 0.0 if polite else patience
        self.deadline = deadline
        self._grader = grader
        self._identity = identity
        self._show = show
        self._polite = polite
        self._may_read = threading.Event()
        self._waiting: queue.Queue[tuple[int, GradeRequest, float] | None] = queue.Queue(most)
        self._come: queue.SimpleQueue[LateGrade | BaseException] = queue.SimpleQueue()
        self._told: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._end_calls: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._work, name="late-judge", daemon=True)
        if not polite:
            self._may_read.set()

    def refer(self, answer: int, request: GradeRequest) -> bool:
        """Hand an answer over; False where too many wait already."""
        try:
            self._waiting.put_nowait((answer, request, time.monotonic()))
        except queue.Full:
            return False
        if not self._thread.ident:
            self._thread.start()
        return True

    def arrived(self, seconds: float = 0.0) -> list[LateGrade]:
        """The grades that came, waited for so long where there are none. Raises what went wrong in
        the judge's thread and is no failure of a model."""
        found: list[LateGrade] = []
        while True:
            try:
                one = self._come.get(timeout=seconds) if seconds > 0 else self._come.get_nowait()
            except queue.Empty:
                return found
            if isinstance(one, BaseException):
                raise one
            found.append(one)
            seconds = 0.0

    def tell(self, message: str) -> None:
        """Keep a notice of the judge until it is asked for: while somebody types, nothing is shown."""
        if self._thread.ident:
            self._told.put(message)
        else:
            self._show(message)

    def notices(self) -> list[str]:
        """What was told since this was asked last."""
        found: list[str] = []
        while True:
            try:
                found.append(self._told.get_nowait())
            except queue.Empty:
                return found

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Lasts while the candidate is listened to."""
        self._may_read.set()
        try:
            yield
        finally:
            if self._polite:
                self._may_read.clear()

    def __enter__(self) -> BackgroundJudge:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._may_read.set()
        self._end_calls()
        with suppress(queue.Empty):
            while True:
                self._waiting.get_nowait()
        self._waiting.put_nowait(None)  # only this thread puts, so that there is room

    def _work(self) -> None:
        from interviewer.chat.call_loop import Calls  # noqa: PLC0415 - not before the first answer

        calls = Calls()
        calls.take()
        self._end_calls = calls.end
        while (one := self._waiting.get()) is not None:
            self._may_read.wait()
            if self._ended.is_set():
                return
            try:
                self._come.put(self._graded(*one))
            except BaseException as error:  # raised where the grades are asked for
                self._come.put(error)

    def _graded(self, answer: int, request: GradeRequest, begun: float) -> LateGrade:
        try:
            grader = self._grader()
            grade, by, why = grader.grade(request), grader.identity, ""
        except ModelError as error:
            grade, by, why = None, self._identity, error.message
        return LateGrade(answer, grade, by, max(0.0, time.monotonic() - begun), why)
