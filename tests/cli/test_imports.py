"""What is not imported on the way to the first question."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import PYTHON

HEAVY = [
    *("litellm", "openai", "torch", "sentence_transformers", "sklearn", "transformers", "jinja2"),
]
OURS = [
    "interviewer.bank.importing.drafting",
    "interviewer.bank.importing.cutting",
    "interviewer.chat.manners.capability_store",
]
"""Rooms of our own that an interview from a whole bank, without a model, has no use for."""

# Runs the command line, then writes the names of all loaded modules to argv[1].
DRIVER = """\
import atexit, sys
target, sys.argv[1:] = sys.argv[1], sys.argv[2:]
def note():
    with open(target, "w") as file:
        file.write("\\n".join(sorted(sys.modules)))
atexit.register(note)
from interviewer.cli import main
main()
"""


def modules_after(
    tmp_path: Path, home: dict[str, str], *args: object, stdin: bytes = b""
) -> tuple[set[str], str]:
    target = tmp_path / "modules.txt"
    done = subprocess.run(
        [PYTHON, "-c", DRIVER, str(target), *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=tmp_path,
        env=home,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    names = set(target.read_text("utf-8").split())
    loaded = names | {name.split(".")[0] for name in names}
    assert "interviewer" in loaded
    return loaded, done.stdout.decode()


def test_help_imports_nothing_heavy(tmp_path: Path, home: dict[str, str]) -> None:
    loaded, out = modules_after(tmp_path, home, "--help")
    assert "Commands" in out
    assert not loaded & {*HEAVY, "numpy", "onnxruntime", "prompt_toolkit", "rich", "pydantic"}


@pytest.mark.parametrize("stdin", [b"", b"It multiplies two counts."], ids=["silent", "answered"])
def test_the_first_question_imports_nothing_heavy(
    tmp_path: Path, home: dict[str, str], stdin: bytes
) -> None:
    loaded, out = modules_after(tmp_path, home, "run", "--count", "1", stdin=stdin)
    assert "Question 1 of 1" in out
    assert not loaded & {*HEAVY, *OURS}


def test_the_first_question_waits_for_no_patterns_of_what_may_be_said() -> None:
    code = "import interviewer.interview.sitting as s, sys; print(*sys.modules)"
    loaded = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "interviewer.interview.hearing" in loaded.split()
    assert "interviewer.interview.talk.utterance_rules" not in loaded.split()


def test_the_driver_would_notice(tmp_path: Path, home: dict[str, str]) -> None:
    fake = tmp_path / "site"
    fake.mkdir()
    (fake / "litellm.py").write_text("")
    (fake / "sitecustomize.py").write_text("import litellm")
    loaded, _ = modules_after(tmp_path, {**home, "PYTHONPATH": str(fake)}, "--help")
    assert "litellm" in loaded


@pytest.mark.parametrize("command", ["list", "replay", "report", "progress"])
def test_past_sessions_load_no_grader(
    tmp_path: Path, home: dict[str, str], tiny_run: Callable[..., Any], command: str
) -> None:
    tiny_run(stdin="No idea")
    loaded, _ = modules_after(tmp_path, home, command)
    assert not loaded & {*HEAVY, "onnxruntime", "tokenizers", "prompt_toolkit"}


def test_an_interview_begins_without_what_its_end_needs() -> None:
    told = "import sys, interviewer.cli.interviews.run; print(*sorted(sys.modules))"
    loaded = subprocess.run([PYTHON, "-c", told], capture_output=True, check=True).stdout.decode()
    assert "interviewer.interview.sitting" in loaded
    assert not {"interviewer.report", "sqlite3", "jinja2"} & set(loaded.split())


def test_ctrl_c_while_the_program_loads_leaves_no_traceback(home: dict[str, str]) -> None:
    code = (
        "import sys\nclass Pressed:\n    def find_spec(self, name, *_):\n"
        "        if name == 'interviewer.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\nfrom interviewer.__main__ import start\nstart()\n"
    )
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, env=home, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
