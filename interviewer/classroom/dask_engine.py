"""Work done by a cluster that is there already: Dask's, through its own client."""

from __future__ import annotations

import time
from contextlib import suppress
from importlib import import_module
from typing import Any

from interviewer.classroom import workers
from interviewer.classroom.engines import PIECE, Pending, WorkerLost
from interviewer.classroom.workers import Job, Work, WorkResult
from interviewer.errors import InterviewerError, UsageError

PATIENCE = 20.0
"""Seconds in which a scheduler has to answer, and to name a worker."""
WITHOUT = 90.0
"""Seconds without any worker, as while all of them begin anew, before the cluster is given up."""
_LOOK = 5.0
_AGAIN = "What is graded is kept; the same command goes on from there."


class DaskEngine:
    """Implements `Engine` on the cluster whose scheduler listens at that address.

    Its workers must have this package in the same version. They learn of the job through a plugin,
    so that a worker that comes later learns of it too; one that dies has its work done by another.
    Raises UsageError without the extra, InterviewerError where no cluster or no worker is there.
    """

    def __init__(self, job: Job, address: str):
        self.size = PIECE
        self._job = job
        self._address = address
        self._dask = _distributed()
        try:
            self._client: Any = self._dask.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise InterviewerError(
                f"no Dask scheduler answers at '{address}': {error}",
                hint="'dask scheduler' starts one and tells its address, such as tcp://HOST:8786.",
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._client.register_plugin(_plugin(self._dask, job), name=job.name)
        except (OSError, TimeoutError) as error:
            self._client.close()
            raise InterviewerError(
                f"the cluster at '{address}' has no worker",
                hint=f"'dask worker {address}' starts one; it needs this package too.",
            ) from error
        self.width = 2 * max(1, len(self._client.ncores()))

    def submit(self, work: Work) -> Pending:
        # Not `pure`, which would name the work by its content: equal texts are told apart already.
        future = self._client.submit(workers.grade_work, self._job.name, list(work), pure=False)
        return _InCluster(future, self._client, self._dask)

    def alone(self, work: Work) -> list[WorkResult]:
        return self.submit(work).result()

    def close(self) -> None:
        with suppress(Exception):  # it may be gone; its own end is all there is to do for it
            self._client.unregister_worker_plugin(self._job.name)
        self._client.close()


class _InCluster:
    lost = False

    def __init__(self, future: Any, client: Any, dask: Any):
        self._future = future
        self._client = client
        self._dask = dask

    def result(self) -> list[WorkResult]:
        alone = time.monotonic()
        while True:
            try:
                found: list[WorkResult] = self._future.result(timeout=_LOOK)
                return found
            except self._dask.KilledWorker as killed:
                raise WorkerLost(tried=True) from killed
            except (self._dask.TimeoutError, TimeoutError) as waited:
                if self._anybody():
                    alone = time.monotonic()
                elif time.monotonic() - alone > WITHOUT:
                    raise InterviewerError(
                        "the cluster has no worker any more", hint=_AGAIN
                    ) from waited
            except (self._dask.CancelledError, OSError) as gone:
                raise InterviewerError(f"the cluster is gone: {gone}", hint=_AGAIN) from gone

    def _anybody(self) -> bool:
        return bool(self._client.scheduler_info(n_workers=1)["workers"])


def _plugin(dask: Any, job: Job) -> Any:
    """What tells each worker of the job. A class made here travels by value, as it must: the
    library it extends is not always there."""

    class Knowing(dask.WorkerPlugin):  # type: ignore[misc]
        def setup(self, worker: Any) -> None:
            workers.know(job)

        def teardown(self, worker: Any) -> None:
            workers.forget(job.name)

    return Knowing()


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UsageError(
            "a Dask cluster needs the extra 'cluster'",
            hint="Install it here and on its workers: pip install 'interviewer[cluster]'.",
        ) from error
