"""Every command with an output that nobody reads, that is full or closed; and with little memory."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import BLUE, ICE, PYTHON, write_answers

from interviewer.cli import _COMMANDS
from interviewer.common.system import is_short_of_memory

Call = Callable[..., Any]

# Imports once, then forks for every case: a child puts its handles as they are to be and runs the
# command line in a copy of the folder. Prints the exit codes and what came on standard error.
DRIVER = """\
import importlib, json, os, shutil, sys, tempfile
from pathlib import Path
from interviewer import cli

for module, _, _ in cli._COMMANDS.values():
    importlib.import_module(module)
work, cases, out = Path(sys.argv[1]), json.loads(sys.argv[2]), []

def become(mode):
    null = os.open(os.devnull, os.O_RDWR)
    handles = {0: null, 1: null}
    if mode == "left":
        read, handles[1] = os.pipe()
        os.close(read)
    elif mode == "full":
        handles[1] = os.open("/dev/full", os.O_WRONLY)
    for at, handle in handles.items():
        os.dup2(handle, at)
    if mode == "closed":
        os.close(0)
        os.close(1)
        sys.stdin = sys.stdout = None

for mode, args in cases:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors:
        shutil.copytree(work, folder, dirs_exist_ok=True)
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            os.dup2(errors.fileno(), 2)
            become(mode)
            code = 99
            try:
                cli.main(args)
            except SystemExit as left:
                code = left.code
            finally:
                for stream in (sys.stdout, sys.stderr):
                    stream and stream.flush()
                os._exit(code)  # to take everything down again would take longer than the rest
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        errors.seek(0)
        out.append([mode, args[0], code, errors.read().decode()])
print(json.dumps(out))
"""
MODES = ["usual", "left", "full", "closed"]


@pytest.fixture
def folder(call: Call, tiny_folder: Path, tmp_path: Path) -> Path:
    """A folder with the tiny bank, a finished session and one that is not."""
    answers = write_answers(
        tmp_path / "answers.jsonl",
        [{"question": 1, "answer": BLUE}, {"question": 2, "answer": ICE}],
    )
    run = ("run", "--bank", tiny_folder, "--grader", "overlap", "--answers", answers)
    assert call(*run).code == 0
    work = tmp_path / "work"
    work.mkdir()
    (log,) = Path("transcripts").glob("*.jsonl")
    assert call("regrade", log, "--grader", "overlap", "--bank", tiny_folder).code == 0
    shutil.copy(log, work / "done.jsonl")
    (work / "transcripts").mkdir()
    shutil.copy(log, work / "transcripts" / "a.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)
    (work / "transcripts" / "b.jsonl").write_bytes(b"".join(lines[:2]))
    shutil.copytree(tiny_folder, work / "tiny")
    shutil.copy(answers, work / "answers.jsonl")
    (work / "document.txt").write_text("1. What is a? It is b.\n")
    (work / "gold.jsonl").write_text(
        json.dumps({"id": "a", "question": 1, "answer": f"Well, {BLUE}", "score": 1.0}) + "\n"
    )
    collected = ("grade", answers, "-o", work / "grades.jsonl", "--bank", tiny_folder)
    assert call(*collected, "--grader", "overlap").code == 0
    return work


COMMANDS: dict[str, str] = {
    "--help": "",
    "run": "--bank tiny --grader overlap --answers answers.jsonl",
    "resume": "transcripts/b.jsonl --bank tiny --answers answers.jsonl",
    "simulate": "--bank tiny --grader overlap --count 1",
    "replay": "done.jsonl",
    "regrade": "done.jsonl --bank tiny --grader overlap",
    "compare": "done.jsonl done.jsonl@1",
    "appeal": "done.jsonl 1 --reason because",
    "gold": "add done.jsonl 1 --rater R --accept-others",
    "report": "done.jsonl",
    "list": "",
    "progress": "",
    "drill": "--bank tiny --list",
    "plan": "--bank tiny --date 2199-01-01",
    "export": "csv - --bank tiny",
    "grade": "--bank tiny --grader overlap 1 -",
    "report-class": "grades.jsonl",
    "check": "--bank tiny --grader overlap --gold gold.jsonl",
    "models": "",
    "doctor": "",
    "trial": "--table",
    "calibrate": "overlap",
    "bank": "show --bank tiny",
    "import": "document.txt --replace",
}
MAY_FAIL = ("doctor", "models", "trial", "calibrate")
"""They tell of this machine, or want a model."""


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == {*_COMMANDS, "--help"}


def test_every_command_ends_in_a_line_whatever_its_streams(
    folder: Path, home: dict[str, str]
) -> None:
    cases = [(mode, [name, *args.split()]) for name, args in COMMANDS.items() for mode in MODES]
    done = subprocess.run(
        [PYTHON, "-c", DRIVER, str(folder), json.dumps(cases)],
        capture_output=True,
        env=home,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert len(found) == len(cases)
    usual = {name: code for mode, name, code, _ in found if mode == "usual"}
    for mode, name, code, errors in found:
        assert "Traceback" not in errors, (mode, name, errors)
        assert "Exception ignored" not in errors, (mode, name, errors)
        if mode == "full" and usual[name] == 0:
            assert code == 1, (mode, name)
            assert errors.count("standard output cannot be written: No space left") == 1, name
        else:
            assert code == usual[name], (mode, name, errors)
        assert usual[name] == 0 or name in MAY_FAIL, (name, errors)


@pytest.mark.parametrize("redirect", [">&-", "<&-", "2>&-", "| head -1", ">/dev/full"])
@pytest.mark.parametrize("command", ["--help", "grade 1 - --bank tiny --grader overlap", "replay"])
def test_the_same_from_a_shell(
    folder: Path, home: dict[str, str], command: str, redirect: str
) -> None:
    script = f"set -o pipefail; {PYTHON} -m interviewer {command} {redirect}"
    done = subprocess.run(
        ["bash", "-c", script], stdin=subprocess.DEVNULL, capture_output=True, cwd=folder, env=home,
        timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if "full" in redirect else 0), done.stderr
    assert done.stderr.count(b"\n") == (1 if "full" in redirect else 0), done.stderr


@pytest.mark.parametrize("thousands", [60, 150, 200, 300, 400])
def test_little_memory_is_told_in_words(
    home: dict[str, str], tmp_path: Path, thousands: int
) -> None:
    size = thousands * 1000 * 1024

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))

    done = subprocess.run(
        [PYTHON, "-m", "interviewer", "grade", "53", "Sparse plus dense."],
        capture_output=True, cwd=tmp_path, env=home, timeout=100, check=False, preexec_fn=limit,
    )  # fmt: skip
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert done.returncode in (0, 1), said  # not 130: nobody interrupted it
    if done.returncode:
        assert "not enough memory" in said or "Memory allocation" in said
        assert said.count("\n") <= 2


@pytest.mark.parametrize(
    ("error", "short"),
    [
        (MemoryError(), True),
        (OSError(12, "Cannot allocate memory"), True),
        (ImportError("x.so: failed to map segment from shared object"), True),
        (RuntimeError("can't start new thread"), True),
        (RuntimeError("std::bad_alloc"), True),
        (RuntimeError("something else"), False),
        (OSError(28, "No space left on device"), False),
        (ValueError("an answer on bad_alloc"), False),
    ],
)
def test_what_counts_as_a_want_of_memory(error: Exception, short: bool) -> None:
    assert is_short_of_memory(error) is short
    outer = ValueError("outer")
    outer.__cause__ = error
    assert is_short_of_memory(outer) is short
