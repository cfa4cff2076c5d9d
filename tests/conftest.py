"""A tiny bank as files, and the real program on it."""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from player import Player
from samples import BLUE, ICE, PYTHON, write_answers

from interviewer import cli
from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.common.system import APP, package_data
from interviewer.specs.banks import shipped_banks

pytest_plugins = ["left_out"]

settings.register_profile(
    "slow-machine", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("slow-machine")

# A job that a shell put in the background, or that nohup began, ignores these, and so would every program
# that the tests begin.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

FONTS = Path(__file__).resolve().parent / "data" / "fonts"


@pytest.fixture(scope="session", autouse=True)
def _one_font(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Browsers lay pages out with the one font that stands beside the tests: what is measured is the
    same on a machine with many fonts and on one with none."""
    folder = tmp_path_factory.mktemp("fonts")
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir></fontconfig>\n", "utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(config))
        yield


HEAD = """\
id: tiny
version: "1"
title: Tiny grill
sections:
  - {id: A, title: First things, file: a.yaml}
  - {id: Q, title: Quick fire, file: q.yaml}
tiers:
  - {questions: 1-2, name: Basics, failing: The basics are not there yet.}
aims:
  - {name: cold, questions: 1-3, target: 2}
"""

SECTION_A = """\
section: A
questions:
  - id: 1
    kind: why
    seconds: 5
    prompt: Why is the daytime sky blue?
    references:
      - Air scatters short wavelengths such as blue far more than long ones such as red.
    criteria:
      - id: scatter
        weight: 2
        statement: Air scatters sunlight.
        accepts: [molecules deflect light]
        rejects: [air absorbs sunlight]
      - id: wavelength
        statement: Short wavelengths are scattered more than long ones.
        accepts: [blue is scattered more than red]
        rejects: [red is scattered more than blue]
    misconceptions:
      - id: ocean
        statement: The sky mirrors the sea.
        accepts: [it reflects the ocean]
    probes:
      - {criterion: scatter, text: What happens to the light on its way down?}
      - {criterion: wavelength, text: What sets one colour apart from another here?}
      - {criterion: scatter, text: What would an astronaut above it all see instead?}
  - id: 2
    kind: why
    prompt: Why does ice float on water?
    references:
      - Frozen water expands into an open lattice, so it is less dense than the liquid.
    criteria:
      - id: density
        statement: Ice is less dense than liquid water.
        accepts: [it weighs less per volume]
        rejects: [ice is denser than water]
    probes:
      - {criterion: density, text: How would two equal cups compare on a scale?}
"""

SECTION_Q = """\
section: Q
questions:
  - id: 3
    kind: quick-fire
    prompt: At how many degrees Celsius does water boil at sea level?
    references: ["One hundred degrees."]
    criteria:
      - id: hundred
        statement: At 100 degrees.
        accepts: [a hundred]
        rejects: [ninety]
"""


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """The files of the tiny bank: two questions with probes and a quick-fire one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in (("bank.yaml", HEAD), ("a.yaml", SECTION_A), ("q.yaml", SECTION_Q)):
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def tiny(tiny_folder: Path) -> Bank:
    """The tiny bank."""
    return load_bank(tiny_folder)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled copies of the shipped banks, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "compiled"
    with (base / "compiling").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for name in shipped_banks():
                load_bank(package_data("rubrics") / name, base / "half")
            (base / "half").rename(folder)
    return folder


@pytest.fixture
def fresh_home(tmp_path: Path) -> dict[str, str]:
    """An environment whose caches, history and settings live in tmp_path, where nothing is yet."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("INTERVIEWER_", "XDG_"))}
    return {
        **keep,
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home" / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "home" / "config"),
        "XDG_DATA_HOME": str(tmp_path / "home" / "data"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "PAGER": "cat",
    }


@pytest.fixture
def home(fresh_home: dict[str, str], compiled: Path) -> dict[str, str]:
    """The same of a user who has begun with the shipped banks before, so that they need no parsing."""
    shutil.copytree(compiled, Path(fresh_home["XDG_CACHE_HOME"]) / APP)
    return fresh_home


Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def program(tmp_path: Path, home: dict[str, str]) -> Program:
    """Runs the real program in a process of its own, in tmp_path."""

    def run(*args: object, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [PYTHON, "-m", "interviewer", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**home, **env},
            timeout=100,
            check=False,
        )

    return run


@dataclass(frozen=True)
class Ran:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(
    tmp_path: Path,
    home: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Ran]:
    """Calls the command line in this process, in tmp_path: the same as `program`, but quicker."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "COLUMNS"):
        monkeypatch.setenv(name, home[name])
    for name in list(os.environ):
        if name.startswith("INTERVIEWER_"):
            monkeypatch.delenv(name)

    def run(*args: object, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(a) for a in args])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, said.out, said.err)

    return run


ANSWERS = [
    {"question": 1, "answer": "the sky is big", "probes": ["/hint", "molecules do", BLUE]},
    {"question": 2, "answer": ICE},
    {"question": 3, "answer": "I don't know"},
]


@pytest.fixture
def tiny_run(call: Callable[..., Ran], tiny_folder: Path) -> Callable[..., tuple[Ran, Path]]:
    """`run` on the tiny bank with the quick grader; returns what it gave and the log."""

    def run(*args: object, stdin: str = "") -> tuple[Ran, Path]:
        before = set(Path("transcripts").glob("*.jsonl"))
        ran = call("run", "--bank", tiny_folder, "--grader", "overlap", *args, stdin=stdin)
        (log,) = set(Path("transcripts").glob("*.jsonl")) - before
        return ran, log

    return run


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An --answers file for the whole tiny bank."""
    return write_answers(tmp_path / "answers.jsonl", ANSWERS)


@pytest.fixture
def sit(home: dict[str, str], tmp_path: Path, tiny_folder: Path) -> Iterator[Callable[..., Player]]:
    """Starts the program on the tiny bank; whoever is left is sent home at the end."""
    players: list[Player] = []

    def start(command: str, *args: object, **options: Any) -> Player:
        grader = ["--grader", "overlap"] if command == "run" else []
        args = (command, "--bank", tiny_folder, *grader, *args)
        players.append(Player(*args, home=home, cwd=tmp_path, **options))
        return players[-1]

    yield start
    for player in players:
        player.child.close(force=True)
