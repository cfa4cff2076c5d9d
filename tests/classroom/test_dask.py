"""A class graded by a real cluster of Dask on this machine, one worker of which is killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from class_parts import (
    BANK,
    HEAD,
    ListShelf,
    answers,
    grades_of,
    job,
    make_deadly,
    row,
    scores,
    write_lines,
)
from samples import PYTHON

from interviewer.classroom.class_grading import DEADLY, ClassGrading, grade_into
from interviewer.classroom.class_values import GradesRow
from interviewer.classroom.dask_engine import DaskEngine
from interviewer.classroom.engines import HereEngine, make_engine
from interviewer.classroom.known_texts import KnownTexts
from interviewer.errors import InterviewerError

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(400)]
COUNT = 3000


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Three worker processes behind a scheduler, all on loopback. Two may die of a piece of work."""
    distributed = pytest.importorskip("distributed", reason="needs Dask (make test-cluster)")
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
        ) as found,
    ):
        yield found


def pids(cluster: Any) -> list[int]:
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_one_worker_is_killed_half_way(
    cluster: Any, home: dict[str, str], tmp_path: Path, tiny_folder: Path, call: Callable[..., Any]
) -> None:
    write_lines(tmp_path / "a.jsonl", answers(COUNT))
    given = ["grade", "a.jsonl", "--grader", "overlap", "--bank", tiny_folder]
    assert call(*given, "-o", "here", "--workers", 1).code == 0
    command = [PYTHON, "-m", "interviewer", *map(str, given), "-o", "there",
               "--backend", "dask", "--address", cluster.scheduler_address]  # fmt: skip
    victim = pids(cluster)[0]
    with subprocess.Popen(command, cwd=tmp_path, env=home) as run:
        end = time.monotonic() + 250
        there = tmp_path / "there"
        while not (there.exists() and there.read_bytes().count(b"\n") > COUNT // 3):
            assert time.monotonic() < end
            time.sleep(0.005)
        os.kill(victim, signal.SIGKILL)
        at = there.read_bytes().count(b"\n")
        assert run.wait(200) == 0
    assert COUNT // 3 < at < COUNT
    assert [made["id"] for made in grades_of(there)] == [f"r{n}" for n in range(COUNT)]
    assert there.read_bytes() == (tmp_path / "here").read_bytes()


def test_an_answer_that_kills_its_workers_is_told(cluster: Any, tmp_path: Path) -> None:
    texts = ["one", "die at once", "fail", *(f"text {n}" for n in range(20))]
    rows = [row(n, text) for n, text in enumerate(texts, start=1)]
    with (
        closing(DaskEngine(job(make=make_deadly), cluster.scheduler_address)) as engine,
        closing(KnownTexts(tmp_path / "known")) as known,
    ):
        made = scores(list(ClassGrading(engine, ListShelf(), known).rows(rows)))
    assert made[1] == DEADLY
    assert made[2] == "the grader failed on it: ZeroDivisionError: no such thing"
    assert all(isinstance(score, float) for at, score in enumerate(made) if at not in (1, 2))


def test_the_cluster_ends_and_the_same_file_is_gone_on_with_here(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs Dask (make test-cluster)")
    rows = [row(n, f"reference number {n}") for n in range(1, 1500)]
    done: list[int] = []

    def go_on(made: Iterator[GradesRow]) -> None:
        done.extend(row.line for row in made)

    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with closing(make_engine(job(BANK), 1, cluster=cluster.scheduler_address)) as engine:
        made = grade_into(tmp_path / "g", HEAD, iter(rows), engine)
        go_on(islice(made, 100))
        cluster.close(timeout=5)
        with pytest.raises(InterviewerError, match="cluster"):
            go_on(made)
    with closing(HereEngine(job(BANK))) as engine:
        go_on(grade_into(tmp_path / "g", HEAD, iter(rows), engine))
    assert done == list(range(1, 1500))


def test_nobody_is_at_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    from interviewer.classroom import dask_engine

    monkeypatch.setattr(dask_engine, "PATIENCE", 1.0)
    with pytest.raises(InterviewerError, match="no Dask scheduler"):
        DaskEngine(job(BANK), "tcp://127.0.0.1:9")
