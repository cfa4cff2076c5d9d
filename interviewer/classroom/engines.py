"""Where work is done: here, in threads, in other processes. The port to these and to a cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Protocol

from interviewer.classroom import workers
from interviewer.classroom.workers import Job, Work, WorkResult
from interviewer.grading.grader import Grader

PIECE = 8
"""Answers in a piece of work for another process: a second's worth by the offline grader."""


class WorkerLost(Exception):
    """Whoever did the work died, and the work with it.

    tried: whether several workers did, one after the other.
    """

    def __init__(self, *, tried: bool):
        super().__init__()
        self.tried = tried


class Pending(Protocol):
    """Work that is under way."""

    @property
    def lost(self) -> bool:
        """Whether it is known already that whoever did it died."""
        ...

    def result(self) -> list[WorkResult]:
        """What came of it, in its order; waits for it. Raises WorkerLost, and what the making of a
        grader raises."""
        ...


class Engine(Protocol):
    """Does pieces of work somewhere, several at a time.

    width: how many pieces keep it busy. size: how many answers a piece should hold.
    """

    width: int
    size: int

    def submit(self, work: Work) -> Pending:
        """Begin a piece. After WorkerLost it works again as before."""
        ...

    def alone(self, work: Work) -> list[WorkResult]:
        """Do the work where nothing else is done, so that whoever dies of it is told by it.

        Raises WorkerLost."""
        ...

    def close(self) -> None:
        """Let go of everything; what is under way is dropped."""
        ...


class _Later:
    """Implements `Pending` for work that nobody can die of alone."""

    lost = False

    def __init__(self, do: Callable[[], list[WorkResult]]):
        self._do = do

    def result(self) -> list[WorkResult]:
        return self._do()


class HereEngine:
    """Implements `Engine` in this process, one answer after the other."""

    width = 1
    size = PIECE

    def __init__(self, job: Job):
        self._job = job
        workers.know(job)

    def submit(self, work: Work) -> Pending:
        return _Later(lambda: self.alone(work))

    def alone(self, work: Work) -> list[WorkResult]:
        return workers.grade_work(self._job.name, work)

    def close(self) -> None:
        workers.forget(self._job.name)


class ThreadEngine:
    """Implements `Engine` in threads of this process, each with a grader of its own.

    For graders that wait for a language model: a server gets at most as many calls at a time as
    there are threads, since each model that a grader holds makes one call at a time.
    """

    size = 1

    def __init__(self, job: Job, threads: int):
        self.width = threads
        self._job = job
        self._own = threading.local()
        self._making = threading.Lock()
        self._pool = ThreadPoolExecutor(threads, "grader")

    def submit(self, work: Work) -> Pending:
        return _Later(self._pool.submit(self.alone, work).result)

    def alone(self, work: Work) -> list[WorkResult]:
        return workers.grade_by(self._grader(), self._job.bank, work)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _grader(self) -> Grader:
        if not hasattr(self._own, "grader"):
            with self._making:
                self._own.grader = self._job.make()
        grader: Grader = self._own.grader
        return grader


class ProcessEngine:
    """Implements `Engine` in processes of this machine, begun afresh (`spawn`) and not forked.

    A process that dies takes the pool with it, which is then made anew.
    """

    def __init__(self, job: Job, processes: int):
        self.width = 2 * processes
        self.size = PIECE
        self._job = job
        self._processes = processes
        self._pool = self._begin(processes)
        self._spare: ProcessPoolExecutor | None = None

    def submit(self, work: Work) -> Pending:
        try:
            return _InPool(self._pool.submit(workers.grade_work, self._job.name, work))
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._begin(self._processes)
            return _InPool(self._pool.submit(workers.grade_work, self._job.name, work))

    def alone(self, work: Work) -> list[WorkResult]:
        self._spare = self._spare or self._begin(1)
        try:
            return _InPool(self._spare.submit(workers.grade_work, self._job.name, work)).result()
        except WorkerLost:
            self._spare.shutdown(wait=False)
            self._spare = None
            raise

    def close(self) -> None:
        for pool in (self._pool, self._spare):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)

    def _begin(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            processes, get_context("spawn"), initializer=workers.begin, initargs=(self._job,)
        )


class _InPool:
    def __init__(self, future: Future[list[WorkResult]]):
        self._future = future

    @property
    def lost(self) -> bool:
        future = self._future
        return future.done() and isinstance(future.exception(), BrokenProcessPool)

    def result(self) -> list[WorkResult]:
        try:
            return self._future.result()
        except BrokenProcessPool as broken:
            raise WorkerLost(tried=False) from broken


def make_engine(
    job: Job, workers: int, *, cluster: str | None = None, waits: bool = False
) -> Engine:
    """The engine for that job. cluster: the address of a Dask scheduler, None for this machine.

    waits: the grader waits for a language model, so that threads do. Raises as `DaskEngine` does.
    """
    if cluster is not None:
        from interviewer.classroom.dask_engine import DaskEngine  # noqa: PLC0415 - it needs this module

        return DaskEngine(job, cluster)
    if waits:
        return ThreadEngine(job, workers)
    return ProcessEngine(job, workers) if workers > 1 else HereEngine(job)
