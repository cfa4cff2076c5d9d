"""Real processes, killed half-way: nothing is lost, and nothing is graded twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from class_parts import answers, grades_of, write_lines
from samples import PYTHON

COUNT = 2000


@pytest.fixture
def start(
    home: dict[str, str], tmp_path: Path, tiny_folder: Path
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a grading of COUNT answers into a file of that name."""
    write_lines(tmp_path / "a.jsonl", answers(COUNT))
    running: list[subprocess.Popen[bytes]] = []

    def run(target: str, *args: str) -> subprocess.Popen[bytes]:
        command = [PYTHON, "-m", "interviewer", "grade", "a.jsonl", "-o", target, "--grader",
                   "overlap", "--bank", str(tiny_folder), *args]  # fmt: skip
        running.append(subprocess.Popen(command, env=home, cwd=tmp_path, stderr=subprocess.PIPE))
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def wait_for_lines(path: Path, count: int) -> None:
    end = time.monotonic() + 60
    while not (path.exists() and path.read_bytes().count(b"\n") >= count):
        assert time.monotonic() < end
        time.sleep(0.005)


def workers_of(pid: int) -> list[int]:
    """The processes that grade for that one."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(place.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            command = place.joinpath("cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"spawn_main" in command:
            found.append(int(place.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux (run it there)")
def test_a_run_and_its_workers_are_killed(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    assert start("whole").wait(60) == 0
    due = (tmp_path / "whole").read_bytes()
    assert [r["id"] for r in grades_of(tmp_path / "whole")] == [f"r{n}" for n in range(COUNT)]

    first = start("killed", "--workers", "2")
    wait_for_lines(tmp_path / "killed", 500)
    left = workers_of(first.pid)
    assert len(left) == 2
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = (tmp_path / "killed").read_bytes()
    assert 500 < done.count(b"\n") < COUNT
    assert due.startswith(done[: done.rfind(b"\n") + 1])
    end = time.monotonic() + 20
    while any(Path("/proc", str(pid)).exists() for pid in left):
        assert time.monotonic() < end, "a worker outlived whoever it worked for"
        time.sleep(0.02)

    again = start("killed", "--workers", "2")
    wait_for_lines(tmp_path / "killed", done.count(b"\n") + 300)
    os.kill(workers_of(again.pid)[0], signal.SIGKILL)
    assert again.wait(60) == 0
    assert (tmp_path / "killed").read_bytes() == due
    assert not list(tmp_path.glob(".killed*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_in_a_line(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, number: signal.Signals
) -> None:
    run = start("g", "--workers", "2")
    wait_for_lines(tmp_path / "g", 100)
    run.send_signal(number)
    said = run.communicate(timeout=60)[1].decode().strip()
    assert run.returncode == (130 if number == signal.SIGINT else 128 + number)
    assert said.startswith("interviewer: stopped by")
    assert "\n" not in said
    assert (tmp_path / "g").read_bytes().endswith(b"\n")
