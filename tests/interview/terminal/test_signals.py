"""A signal that asks the program to end: the terminal as it was, the session paused, the code told."""

from __future__ import annotations

import json
import signal
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_answers import HANG, honest
from fake_server import FakeServer
from player import ENTER, Player
from samples import BLUE, ICE, PYTHON, write_answers

from interviewer.session.events import Paused
from interviewer.session.log_file import read_log

ENDING = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]
COOKED = termios.ECHO | termios.ICANON


def flags(at: Player) -> int:
    return int(termios.tcgetattr(at.child.child_fd)[3]) & COOKED


@pytest.mark.parametrize("number", ENDING)
def test_while_the_prompt_waits(sit: Callable[..., Player], number: signal.Signals) -> None:
    at = sit("run", "--questions", "2-3", "--probes", 0)
    at.wait("Question 1 of 2").prompt()
    at.press("half a th").wait("half a th")
    assert flags(at) == 0
    at.child.kill(number)
    at.wait("Paused.", "interviewer resume", "Session log:")
    while flags(at) != COOKED:  # the terminal outlives the program by as long as it is held open
        time.sleep(0.01)
    assert at.leave() == 128 + number
    paused = read_log(at.log).events[-1]
    assert isinstance(paused, Paused)
    assert (paused.reason, paused.draft) == ("interrupt", "half a th")
    assert "Traceback" not in at.text
    assert at.log.with_suffix(".md").exists()
    again = sit("resume")
    again.wait("Welcome back", "half a th").press("ought", ENTER).wait("Question 2 of 2")
    again.prompt().press("/pause", ENTER).wait("Paused.")
    assert again.leave() == 0
    assert again.said == ["half a thought"]


def test_in_a_question_whether_to_quit(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3).wait("Question 1 of 1").prompt()
    at.press("/quit", ENTER).wait("[y/N]").prompt()
    at.child.kill(signal.SIGTERM)
    at.wait("Paused.")
    assert at.leave() == 128 + signal.SIGTERM
    assert at.session.closed is None


def test_a_terminal_that_goes_away(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3).wait("Question 1 of 1").prompt()
    at.press("One hun").wait("One hun")
    log, child = at.log, at.child
    child.ptyproc.fileobj.close()  # the kernel sends SIGHUP
    child.closed = child.ptyproc.closed = True
    while child.isalive():
        time.sleep(0.02)
    assert child.exitstatus == 128 + signal.SIGHUP
    paused = read_log(log).events[-1]
    assert isinstance(paused, Paused)
    assert paused.draft == "One hun"


def test_sigint_pauses_at_once(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3).wait("Question 1 of 1").prompt()
    at.press("One hun").wait("One hun")
    at.child.kill(signal.SIGINT)
    at.wait("Paused.")
    assert at.leave() == 130
    paused = read_log(at.log).events[-1]
    assert isinstance(paused, Paused)
    assert paused.draft == "One hun"


def ended(
    number: int, args: list[object], home: dict[str, str], cwd: Path, ready: Callable[[], bool]
) -> tuple[int, str]:
    """Start, send the signal once it is ready; the exit code and what it said."""
    with subprocess.Popen(
        [PYTHON, "-m", "interviewer", *map(str, args)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=home, cwd=cwd,
    ) as child:  # fmt: skip
        until = time.monotonic() + 60
        while not ready() and time.monotonic() < until and child.poll() is None:
            time.sleep(0.01)
        child.send_signal(number)
        out, _ = child.communicate(timeout=60)
    return child.returncode, out.decode()


@pytest.mark.parametrize(
    ("command", "number"),
    [
        *(("run", number) for number in ENDING),
        ("simulate", signal.SIGTERM),
        ("simulate", signal.SIGINT),
    ],
)
def test_while_a_judge_takes_its_time(
    home: dict[str, str], tiny_folder: Path, tmp_path: Path, command: str, number: signal.Signals
) -> None:
    """At `run` Ctrl-C goes on without the judge."""
    answers = write_answers(tmp_path / "answers.jsonl", [{"question": 1, "answer": BLUE}])
    more = ["--answers", answers] if command == "run" else ["--count", 1]
    with FakeServer([honest], default=HANG, schema="ignored") as server:
        code, out = ended(
            number,
            [command, "--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake", *more],
            home,
            tmp_path,
            lambda: len(server.requests) > 1,
        )  # fmt: skip
    if number == signal.SIGINT:
        assert code in (0, 1, 130)
        return
    assert code == 128 + number, out
    assert "Traceback" not in out
    assert "'interviewer resume' goes on" in out
    (log,) = (p for p in (tmp_path / "transcripts").glob("*.jsonl") if "calls" not in p.name)
    assert [e.event for e in read_log(log).events] == ["started", "asked", "answered", "paused"]


@pytest.mark.parametrize("number", [*ENDING, signal.SIGINT])
def test_while_the_program_gets_ready(
    home: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    """A server that does not answer the test of a judge stands for weights that load slowly."""
    with FakeServer(default=HANG, schema="ignored") as server:
        judge = ["--judge", "openai:fake", "--base-url", server.url]
        code, out = ended(
            number, ["grade", "53", "x", *judge], home, tmp_path, lambda: bool(server.requests)
        )
    assert code == 128 + number
    name = "Ctrl-C" if number == signal.SIGINT else number.name
    assert out.splitlines()[-1] == f"interviewer: stopped by {name}"
    assert "Traceback" not in out


def test_nohup_is_respected(home: dict[str, str], tmp_path: Path) -> None:
    with FakeServer([honest], default=honest, schema="ignored") as server:
        script = (
            f"trap '' HUP; {PYTHON} -m interviewer grade 53 x --judge openai:fake"
            f" --base-url {server.url} & sleep 0.5; kill -HUP $!; wait $!"
        )
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, env=home, cwd=tmp_path, timeout=60,
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr


# Forks once per event, moment and signal; the child sends itself the signal within the writing.
DRIVER = """\
import os, signal, sys, traceback
from pathlib import Path
from interviewer.session.log_file import LogFile
from interviewer.bank.bank_files import load_bank
from interviewer.common import signals
from interviewer.interview.script_terminal import ScriptTerminal, parse_script
from interviewer.common.system import SystemClock
from interviewer.interview.asking.order import make_plan
from interviewer.interview import sitting
from interviewer.interview.studio import Studio, start
from interviewer.grading.offline.baselines import OverlapGrader

folder, bank, answers, last = Path(sys.argv[1]), load_bank(Path(sys.argv[2])), sys.argv[3], sys.argv[4]

class Signalling:
    def __init__(self, log, at, moment, number):
        self.log, self.at, self.moment, self.number, self.count = log, at, moment, number, 0
    def append(self, event):
        if self.count == self.at and self.moment == "before":
            os.kill(os.getpid(), self.number)
        self.log.append(event)
        if self.count == self.at and self.moment == "after":
            os.kill(os.getpid(), self.number)
        self.count += 1

def hold(at, moment, number):
    grader = OverlapGrader()
    script = parse_script(Path(answers).read_text("utf-8"), answers)
    with signals.heeded(), LogFile.create(folder / f"{at:02}-{moment}-{int(number)}.jsonl") as file:
        log = Signalling(file, at, moment, number)
        studio = Studio(
            log, ScriptTerminal(script), SystemClock(), bank,
            lambda: grader, grader.identity,
        )
        session = sitting.conduct(studio, start(studio, make_plan([1, 2, 3]), "s", "t"))
        assert session.last_seq + 1 == log.count
        return signals.exit_code() or 0

for at in range(1, int(last)):
    for moment in ("before", "after"):
        for number in (signal.SIGTERM, signal.SIGINT):
            child = os.fork()
            if child == 0:
                code = 99
                try:
                    code = hold(at, moment, number)
                except BaseException:
                    traceback.print_exc()
                finally:
                    os._exit(code)
            _, status = os.waitpid(child, 0)
            expected = 128 + number if number != signal.SIGINT else 0
            assert os.waitstatus_to_exitcode(status) == expected, (at, moment, number, status)
"""


def test_at_every_event_the_log_stays_whole(
    call: Callable[..., Any], home: dict[str, str], tiny_folder: Path, tmp_path: Path
) -> None:
    answers = write_answers(
        tmp_path / "answers.jsonl",
        [
            {"question": 1, "answer": "/hint", "probes": ["it is the sea", "no more"]},
            {"question": 2, "answer": ICE},
            {"question": 3, "answer": "I don't know"},
        ],
    )
    ran = call("run", "--bank", tiny_folder, "--grader", "overlap", "--answers", answers)
    assert ran.code == 0
    (whole,) = Path("transcripts").glob("*.jsonl")
    names = [json.loads(line)["event"] for line in whole.read_bytes().splitlines()]
    folder = tmp_path / "signalled"
    folder.mkdir()
    done = subprocess.run(
        [PYTHON, "-c", DRIVER, folder, tiny_folder, answers, str(len(names))],
        capture_output=True, env=home, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    logs = sorted(folder.glob("*.jsonl"))
    assert len(logs) == 4 * (len(names) - 1)
    for log in logs:
        at = int(log.name[:2])
        events = [event.event for event in read_log(log).events]
        assert events[: at + 1] == names[: at + 1], log.name
        over = at == len(names) - 1
        assert events[at + 1 :] == ([] if over else ["paused"]), log.name
