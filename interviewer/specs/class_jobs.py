"""Specs of who grades a class, to the head of its grades and the engine that does it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.bank.questions import Bank
from interviewer.classroom import class_grading, engines
from interviewer.classroom.class_values import ClassHead, CollectedRow, GradesRow
from interviewer.classroom.engines import Engine
from interviewer.classroom.workers import Job
from interviewer.errors import UsageError
from interviewer.specs import graders

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer
    from interviewer.specs.judge_specs import Judging

FEW = 64
"""Answers that are graded before other processes would be ready."""
CALLS = 4
"""Calls at a time to a server of language models."""


@dataclass(frozen=True)
class ClassJob:
    """Who grades answers to which bank, by specs. judging: None where no model is asked. layer: what was
    learned for the bank, which the offline grader uses."""

    spec: str
    bank: Bank
    embedder: str = "onnx"
    judging: Judging | None = None
    layer: Layer | None = None

    @property
    def waits(self) -> bool:
        """Whether the grader waits for a language model."""
        return graders.asks_model(self.spec)

    def head(self) -> ClassHead:
        """The head of its grades. Raises UsageError for a spec that is none."""
        identity = graders.grader_identity(
            self.spec, self.embedder, judging=self.judging, layer=self.layer
        )
        return ClassHead.of(self.bank, identity)

    def grade(
        self,
        rows: Iterator[CollectedRow],
        target: Path,
        workers: int | None,
        *,
        cluster: str | None = None,
        held: Callable[[int], None] = lambda _: None,
    ) -> Generator[GradesRow, None, None]:
        """Grade the rows into the target, and give each that is new there.

        Nothing is done before the first row is asked for, and the workers end when the generator is
        closed. workers, cluster: as `engine` takes them. held: told how many rows were graded
        before. Raises what `head`, `engine` and `grade_into` raise.
        """
        head = self.head()
        first = list(islice(rows, FEW + 1))
        with closing(self.engine(workers, few=len(first) <= FEW, cluster=cluster)) as engine:
            yield from class_grading.grade_into(target, head, chain(first, rows), engine, held)

    def engine(self, wanted: int | None, *, few: bool, cluster: str | None = None) -> Engine:
        """What does the work.

        wanted: how many workers, None for what suits. few: there is little to do. cluster: the
        address of a Dask scheduler. Raises UsageError and what `DaskEngine` raises.
        """
        if cluster is not None and self.waits:
            raise UsageError(
                "judges that ask a language model are not sent to a cluster",
                hint="Grade on this machine; the number of workers says how many calls are made"
                " at a time.",
            )
        judging = self.judging
        if judging is not None:  # the answers are graded at once, not the claims of each
            judging = replace(judging, models=replace(judging.models, calls=1))
        make = partial(
            graders.make_grader, self.spec, self.bank, embedder=self.embedder, judging=judging,
            layer=self.layer,
        )  # fmt: skip
        job = Job(f"{self.spec}-{secrets.token_hex(8)}", self.bank, make)
        workers = self._workers(wanted, few=few)
        return engines.make_engine(job, workers, cluster=cluster, waits=self.waits)

    def _workers(self, wanted: int | None, *, few: bool) -> int:
        if self.waits:
            replayed = self.judging is not None and self.judging.models.replay is not None
            # A file is loaded by each grader that asks it, and records are given in their order.
            return 1 if "gguf:" in self.spec or replayed else wanted or CALLS
        if wanted is None:
            wanted = 1 if few else _processors()
        return wanted


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
