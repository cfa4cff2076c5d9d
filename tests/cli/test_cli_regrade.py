"""`interviewer regrade` and `compare` on real logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_answers import honest, refusal
from fake_server import FakeServer
from samples import PYTHON

from interviewer.session.log_file import LogFile, read_log
from interviewer.session.runs import run_of, runs

Call = Callable[..., Any]
AGAIN = ("--grader", "overlap")

# Regrades the log argv[1]; kills itself with SIGKILL in the middle of writing event argv[2].
DRIVER = """\
import os, signal, sys
from pathlib import Path
from interviewer.session.log_file import LogFile
from interviewer.common.system import SystemClock
from interviewer.regrade.rubric import Rubric
from interviewer.session.events import EVENT
from interviewer.regrade.regrading import Desk, regrade
from interviewer.grading.offline.baselines import OverlapGrader

class Dying:
    def __init__(self, log):
        self.log, self.left = log, int(sys.argv[2])
    def append(self, event):
        if self.left == 0:
            os.write(self.log._handle, EVENT.dump_json(event)[:40])
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        self.log.append(event)

log, read = LogFile.reopen(Path(sys.argv[1]))
rubric = Rubric.of_session(read.session)
regrade(Desk(Dying(log), OverlapGrader(), rubric, SystemClock()), read.session)
"""


@pytest.fixture
def log(tiny_run: Call, answers: Path) -> Path:
    """A finished session on the tiny bank, with its transcript."""
    found: Path = tiny_run("--answers", answers)[1]
    return found


def test_regrade_appends_and_says_what_changed(call: Call, log: Path, tiny_folder: Path) -> None:
    before = log.read_bytes()
    tiny_folder.rename(tiny_folder.parent / "elsewhere")
    ran = call("regrade", log, "--grader", "cosine")
    assert ran.code == 0, ran.err
    assert log.read_bytes().startswith(before)
    assert "Grade run 1: 4 of 4 answers, " in ran.out
    assert "By cosine 1 encoder@" in ran.out
    assert "Before: overlap 1" in ran.out
    assert "without exemplars: bank" in ran.out
    assert "Question 1: 0.00 -> 0." in ran.out
    assert "Cold: 1 of 3 (95% 1-1) -> " in ran.out
    assert "Tier 'Basics': 1 of 2, held -> " in ran.out
    assert call("replay", "--strict", log).code == 0  # the transcript names the run, too
    assert "Grade run 1:" in log.with_suffix(".md").read_text("utf-8")
    again = call("regrade", log, *AGAIN)
    assert "Nothing changed." in again.out
    assert [r.number for r in runs(read_log(log).session)] == [0, 1, 2]
    assert read_log(log).session.cold_count == 1


def test_regrade_works_on_a_paused_session_which_goes_on(
    call: Call, tiny_run: Call, tiny_folder: Path, answers: Path
) -> None:
    log = tiny_run("--questions", "1-2", "--answers", "-", stdin="")[1]
    nothing = call("regrade", log, *AGAIN)
    assert (nothing.code, "holds no answer" in nothing.err) == (2, True)
    assert "'interviewer resume' goes on" in nothing.err
    ended = tiny_run("--questions", "1", "--answers", "-", stdin="/quit\n")[1]
    nothing = call("regrade", ended, *AGAIN)
    assert (nothing.code, "resume" in nothing.err) == (2, False)
    log = tiny_run("--questions", "2-3", stdin="It floats")[1]
    assert call("regrade", log, *AGAIN).code == 0
    resumed = call("resume", log, "--bank", tiny_folder, "--answers", answers)
    assert resumed.code == 0
    run = run_of(read_log(log).session, 1)
    assert run is not None
    assert run.complete
    assert read_log(log).session.closed is not None


@pytest.mark.parametrize("events", range(5))
def test_a_run_killed_half_way_is_completed_by_the_same_command(
    call: Call, log: Path, events: int
) -> None:
    import subprocess

    before = log.read_bytes()
    code = subprocess.run([PYTHON, "-c", DRIVER, log, str(events)], check=False, timeout=100)
    assert code.returncode == -9
    left = read_log(log)
    assert left.torn
    begun = run_of(left.session, 1)
    assert (begun is None) == (events == 0)
    assert begun is None or (begun.graded, begun.complete) == (events - 1, False)
    assert call("replay", log).code == 0
    ran = call("regrade", log, *AGAIN)
    assert ran.code == 0
    assert "kept beside the log" in ran.err
    assert ("Run 1 was cut off; it is completed." in ran.out) == (events > 0)
    assert log.with_suffix(".torn").exists()
    session = read_log(log).session
    assert [(r.number, r.graded, r.complete) for r in runs(session)] == [(0, 4, True), (1, 4, True)]
    assert log.read_bytes().startswith(before)


def test_a_judge_that_refuses_leaves_a_run_to_complete(call: Call, log: Path) -> None:
    with FakeServer(default=refusal(403, "not for you"), schema="ignored") as server:
        judge = ("--grader", "openai:fake", "--base-url", server.url)
        for tried in range(2):
            ran = call("regrade", log, *judge)
            assert ran.code == 1
            assert "run 1 could not grade any answer: " in ran.err
            assert "the same command tries again" in ran.err
            again = "Run 1 could not grade 4 answers; another try is made."
            assert (again in ran.out) == bool(tried)
        assert "0 of 4 answers" in log.with_suffix(".md").read_text("utf-8")
        server.default = honest
        ran = call("regrade", log, *judge)
    assert ran.code == 0, ran.err
    assert [(r.number, r.graded) for r in runs(read_log(log).session)] == [(0, 4), (1, 4)]


def test_regrade_by_a_later_bank_lists_what_differs(
    call: Call, log: Path, tiny_folder: Path
) -> None:
    path = tiny_folder / "a.yaml"
    text = path.read_text("utf-8").replace("        weight: 2\n", "        weight: 4\n")
    text = text.replace("Ice is less dense than liquid water.", "Ice has the lower density.")
    path.write_text(text, "utf-8")
    ran = call("regrade", log, *AGAIN, "--bank", tiny_folder)
    assert ran.code == 0
    assert "Question 1: criterion reweighted, 2 -> 4: Air scatters" in ran.out
    assert "Question 2: criterion reworded: Ice has the lower density." in ran.out
    session = read_log(log).session
    run = run_of(session, 1)
    assert run is not None
    assert run.bank != session.started.bank.digest
    assert {e.bank for e in session.reruns} == {run.bank}
    seen = run.session.record(1)
    assert seen is not None
    assert seen.question.criterion("scatter").weight == 4
    path.write_text(text.replace("[it weighs less per volume]", "[it is lighter]"), "utf-8")
    assert "criterion reworded: Ice has" in call("regrade", log, *AGAIN, "--bank", tiny_folder).out


def test_regrade_wants_the_bank_of_the_session(call: Call, log: Path) -> None:
    ran = call("regrade", log, *AGAIN, "--bank", "multimodal-embeddings")
    assert ran.code == 2
    assert "is on the bank 'tiny', not on 'multimodal-embeddings'" in ran.err
    assert call("regrade", log, "--grader", "nobody").code == 2
    assert call("regrade").code == 2


def test_one_bad_file_does_not_stop_the_others(call: Call, log: Path) -> None:
    bad = log.with_name("bad.jsonl")
    bad.write_text("broken\n")
    ran = call("regrade", bad, "nowhere.jsonl", log, *AGAIN)
    assert ran.code == 1
    assert "bad.jsonl:1: this line is no event" in ran.err
    assert "nowhere.jsonl: the session cannot be continued: No such file" in ran.err
    assert "2 sessions of 3 could not be regraded" in ran.err
    assert "Grade run 1: 4 of 4 answers" in ran.out
    with LogFile.reopen(log)[0]:
        held = call("regrade", log, *AGAIN)
    assert (held.code, "open in another terminal" in held.err) == (1, True)


def test_compare_sets_two_runs_side_by_side(call: Call, log: Path) -> None:
    call("regrade", log, "--grader", "cosine")
    ran = call("compare", log, f"{log}@1")
    assert ran.code == 0
    assert "run 0 by overlap 1" in ran.out
    assert "run 1 by cosine 1" in ran.out
    row = next(line for line in ran.out.splitlines() if line.startswith("Question 1: Why is"))
    assert row.rstrip().endswith("≠")
    assert "Question 1, follow-up 1: " in ran.out
    assert "Answered cold  " in ran.out
    assert "QWK" in ran.out
    data = json.loads(call("compare", log, f"{log}@1", "--json").out)
    assert data["right"]["grader"]["spec"] == "cosine"
    assert data["agreement"]["answers"] == 4
    assert data["answers"][0]["claims"][0]["id"] == "scatter"
    assert "Air scatters sunlight " in ran.out
    assert "wavelength" not in ran.out.replace("Short wavelengths", "")


def test_compare_shows_the_differences_alone(call: Call, log: Path) -> None:
    call("regrade", log, "--grader", "cosine")
    every = json.loads(call("compare", log, f"{log}@1", "--json").out)["answers"]
    data = json.loads(call("compare", log, f"{log}@1", "--differences", "--json").out)["answers"]
    assert 0 < len(data) < len(every)
    assert all(a["differs"] or any(c["differs"] for c in a["claims"]) for a in data)
    out = call("compare", log, f"{log}@1", "--differences").out
    assert out.count("Question ") == len(data)
    assert "Answered cold  " in out
    call("regrade", log, "--grader", "overlap")
    alike = call("compare", log, f"{log}@2", "--differences").out
    assert "The two differ in no answer." in alike
    assert "Question " not in alike


def test_compare_sets_two_sessions_side_by_side(call: Call, log: Path, tiny_run: Call) -> None:
    other = tiny_run("--questions", "2-3", stdin="It floats")[1]
    data = json.loads(call("compare", log, other, "--json").out)
    assert [(a["question"], a["turn"]) for a in data["answers"]] == [(2, 0), (3, 0)]
    assert data["only_left"] == [1]
    narrow = call("compare", log, other)
    assert f"Only {log} asked: 1." in narrow.out


def test_compare_refuses_what_cannot_be_compared(
    call: Call, log: Path, tiny_run: Call, tiny_folder: Path
) -> None:
    same = call("compare", log, f"{log}@0")
    assert (same.code, "are the same grading" in same.err) == (2, True)
    none = call("compare", log, f"{log}@7")
    assert (none.code, f"There is {log}@0." in none.err) == (2, True)
    assert call("compare", log, "nowhere.jsonl").code == 1
    head = tiny_folder / "bank.yaml"
    head.write_text(head.read_text("utf-8").replace("id: tiny", "id: other"), "utf-8")
    other = tiny_run("--questions", "2", stdin="It floats")[1]
    ran = call("compare", log, other)
    assert ran.code == 2
    assert "is on the bank 'tiny'" in ran.err
    assert "Only sessions on one bank" in ran.err


def test_a_file_with_an_at_sign_is_a_file(call: Call, log: Path) -> None:
    odd = log.with_name("a@1")
    odd.write_bytes(log.read_bytes())
    ran = call("compare", log, odd)
    assert "are the same grading" in ran.err
