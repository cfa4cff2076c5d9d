"""SIGKILL at every event boundary and at random moments: `resume` goes on with nothing lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import PYTHON, write_answers

from interviewer.session.log_file import read_log
from interviewer.session.record import Session

# Holds a scripted session with the real parts. Forks once per event and moment: the child kills
# itself with SIGKILL just before, in the middle of, or just after writing that event.
DRIVER = """\
import os, signal, sys
from pathlib import Path
from interviewer.session.log_file import LogFile
from interviewer.bank.bank_files import load_bank
from interviewer.interview.script_terminal import ScriptTerminal, parse_script
from interviewer.common.system import SystemClock
from interviewer.interview.asking.order import make_plan
from interviewer.session.events import EVENT
from interviewer.interview import sitting
from interviewer.interview.studio import Studio, start
from interviewer.grading.offline.baselines import OverlapGrader

folder, bank, answers, last = Path(sys.argv[1]), load_bank(Path(sys.argv[2])), sys.argv[3], sys.argv[4]

class Dying:
    def __init__(self, log, at, moment):
        self.log, self.at, self.moment, self.count = log, at, moment, 0
    def append(self, event):
        if self.count == self.at and self.moment != "after":
            if self.moment == "within":
                line = EVENT.dump_json(event)
                os.write(self.log._handle, line[: len(line) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        self.log.append(event)
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

def hold(at, moment):
    grader = OverlapGrader()
    script = parse_script(Path(answers).read_text("utf-8"), answers)
    with LogFile.create(folder / f"{at:02}-{moment}.jsonl") as file:
        studio = Studio(
            Dying(file, at, moment), ScriptTerminal(script), SystemClock(), bank,
            lambda: grader, grader.identity,
        )
        sitting.conduct(studio, start(studio, make_plan([1, 2, 3]), "s", "t"))

for at in range(int(last)):
    for moment in ("before", "within", "after"):
        child = os.fork()
        if child == 0:
            hold(at, moment)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, (at, moment, status)
"""

ANSWERS: list[dict[str, Any]] = [
    {
        "question": 1,
        "answer": "/hint",
        "probes": ["because of the sea 👩‍🔬", "/why", "light bends\nin two lines", "no more \\"],
    },
    {"question": 2, "answer": "it swims", "probes": ["lattice, less dense"]},
    {"question": 3, "answer": "One hundred degrees."},
]
NOT_COMPARED = {"seq", "at", "seconds", "session", "answer", "program"}


def story(log: Path) -> list[dict[str, Any]]:
    """The events of a log without what may differ: pauses, numbers and times."""
    kept = []
    for line in log.read_text("utf-8").splitlines():
        event = json.loads(line)
        if event["event"] not in ("paused", "resumed"):
            kept.append({k: v for k, v in event.items() if k not in NOT_COMPARED})
    return kept


def replies_in(session: Session) -> dict[int, int]:
    """How many lines of the script each question used up, /why aside."""
    return {
        r.question.id: sum(t.reply is not None for t in r.turns) + len(r.hints)
        for r in session.records
    }


def rest_of(log: Path, to: Path) -> Path:
    """The answers that a killed session had not yet put on record."""
    used = replies_in(read_log(log).session) if log.read_bytes().count(b"\n") else {}
    left = []
    for one in ANSWERS:
        lines = [one["answer"], *one["probes"]] if "probes" in one else [one["answer"]]
        spoken = [line for line in lines if line != "/why"]
        todo = spoken[used.get(one["question"], 0) :]
        if todo:
            left.append({"question": one["question"], "answer": todo[0], "probes": todo[1:]})
    return write_answers(to, left)


@pytest.fixture
def reference(call: Callable[..., Any], tiny_folder: Path, tmp_path: Path) -> Path:
    """The log of the session that nobody interrupts."""
    answers = write_answers(tmp_path / "answers.jsonl", ANSWERS)
    ran = call("run", "--bank", tiny_folder, "--grader", "overlap", "--answers", answers)
    assert ran.code == 0
    (log,) = (tmp_path / "transcripts").glob("*.jsonl")
    names = [e["event"] for e in story(log)]
    assert names.count("probed") == 3
    assert names.count("hinted") == 1
    assert names[-1] == "closed"
    return Path(log)


@pytest.fixture
def resume(call: Callable[..., Any], tiny_folder: Path, tmp_path: Path) -> Callable[[Path], None]:
    """Resumes a killed session with the rest of its answers."""

    def go_on(log: Path) -> None:
        answers = rest_of(log, tmp_path / "rest.jsonl")
        ran = call("resume", log, "--bank", tiny_folder, "--answers", answers)
        assert ran.code == 0, ran.err
        assert "Traceback" not in ran.err

    return go_on


def test_killed_at_every_event_boundary(
    reference: Path,
    resume: Callable[[Path], None],
    home: dict[str, str],
    tiny_folder: Path,
    tmp_path: Path,
) -> None:
    whole = story(reference)
    killed = tmp_path / "killed"
    killed.mkdir()
    done = subprocess.run(
        [PYTHON, "-c", DRIVER, killed, tiny_folder, tmp_path / "answers.jsonl", str(len(whole))],
        capture_output=True,
        env=home,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr.decode()
    logs = sorted(killed.glob("*.jsonl"))
    assert len(logs) == 3 * len(whole)
    begun = 0
    for log in logs:
        at, moment = int(log.stem[:2]), log.stem[3:]
        held = log.read_bytes()
        assert held.count(b"\n") == at + (moment == "after")
        if held.count(b"\n") == 0 or (at == len(whole) - 1 and moment == "after"):
            continue  # nothing was said yet, or the session is over
        begun += 1
        resume(log)
        assert log.read_bytes().startswith(held[: held.rfind(b"\n") + 1]), "what was there stays"
        told = story(log)
        assert told[0]["event"] == whole[0]["event"]
        assert told[1:] == whole[1:], f"killed {moment} event {at}"
        assert log.with_suffix(".torn").exists() is (moment == "within")
    assert begun == len(logs) - 3  # before and within the first event, and after the last


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_a_random_moment(
    reference: Path,
    resume: Callable[[Path], None],
    home: dict[str, str],
    tiny_folder: Path,
    tmp_path: Path,
    seed: int,
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "killed"
    child = subprocess.Popen(
        [
            *(PYTHON, "-m", "interviewer", "run", "--bank", tiny_folder, "--grader", "overlap"),
            *("--transcripts", folder, "--answers", tmp_path / "answers.jsonl"),
        ],
        stdout=subprocess.DEVNULL,
        env=home,
        cwd=tmp_path,
    )
    lines = chance.randint(1, len(story(reference)) - 1)
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        logs = list(folder.glob("*.jsonl"))
        if logs and logs[0].read_bytes().count(b"\n") >= lines:
            break
        time.sleep(0.0005)
    time.sleep(chance.random() * 0.004)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait(60) in (-signal.SIGKILL, 0)
    (log,) = folder.glob("*.jsonl")
    held = read_log(log)
    assert len(held.events) >= lines
    if held.session.closed is None:
        resume(log)
    assert read_log(log).events[: len(held.events)] == held.events
    assert story(log)[1:] == story(reference)[1:]


def test_killed_again_and_again(
    reference: Path, resume: Callable[[Path], None], tmp_path: Path
) -> None:
    """Cut after every event in turn, resumed with one answer at a time."""
    lines = reference.read_bytes().splitlines(keepends=True)
    log = tmp_path / "again.jsonl"
    log.write_bytes(lines[0])
    for _ in range(len(lines)):
        if read_log(log).session.closed is not None:
            break
        before = log.read_bytes().count(b"\n")
        resume(log)
        after = log.read_bytes().splitlines(keepends=True)
        # only the events up to the next two made it to the disk
        log.write_bytes(b"".join(after[: before + 2]))
    resume_needed = read_log(log).session.closed is None
    if resume_needed:
        resume(log)
    assert story(log)[1:] == story(reference)[1:]
