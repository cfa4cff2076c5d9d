"""An interview with the offline grader asks nothing of the network and leaves nothing behind."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from player import ENTER, Player
from samples import PYTHON, ROOT
from watch import calls, watching

from interviewer.common import libraries

PLACES = sorted({p.parent for p in ROOT.glob("[!.]*/*.py")})
ANSWERS = (
    "A shallow neural network that guesses a word from its neighbours.",
    "It compares two vectors by the angle between them.",
    "Every word has a dimension of its own and the order is lost.",
)
MINUTE = 60.0
PAUSE = 4.0
KEEPS_QUIET = (
    "CI", "TF_BUILD", "GITHUB_", "GITLAB_", "CIRCLECI", "TRAVIS", "JENKINS_", "BUILDKITE", "TEAMCITY_",
    "APPVEYOR",
)  # fmt: skip
"""Where one of these is set onnxruntime sends nothing by itself, and the control would see nothing."""
FIRST_UPLOAD = 90.0
"""onnxruntime 1.32 looks up its host 9 s after it was imported, and later on a busy machine."""


def imports_of(source: str) -> Iterator[tuple[int, str]]:
    """Every module imported, by statement or by name, with its line."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in ("import_module", "__import__", "importorskip"):
                yield node.lineno, str(node.args[0].value)


def talkative(source: str) -> list[tuple[int, str]]:
    found = imports_of(source)
    return [(line, name) for line, name in found if name.split(".")[0] in libraries.TALKATIVE]


def test_there_is_something_to_walk() -> None:
    assert {"interviewer", "benchmarks", "training", "docs", "tests"} <= {p.name for p in PLACES}


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_libraries_that_call_home_are_loaded_in_one_place(place: Path) -> None:
    paths = list(place.rglob("*.py"))
    found = {str(p): talkative(p.read_text("utf-8")) for p in paths}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import onnxruntime as ort",
        "def f():\n    from onnxruntime.quantization import QuantType",
        "import importlib\nimportlib.import_module('litellm')",
        "pytest.importorskip('huggingface_hub')",
    ],
)
def test_the_walk_sees_an_import(source: str) -> None:
    assert talkative(source) != []


def test_a_library_is_told_before_it_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in libraries.SILENCE:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "listening.py").write_text("import os\nheard = dict(os.environ)\n")
    assert libraries.load("listening").heard.items() >= libraries.SILENCE.items()


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty home and no word about telemetry."""
    (tmp_path / "home").mkdir()
    gone = ("INTERVIEWER_", "XDG_", "ORT_", *KEEPS_QUIET)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(gone)}
    for name in libraries.SILENCE:
        kept.pop(name, None)
    return {**kept, "HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}


def assert_only_ours(home: Path) -> None:
    """Nothing in that home but what stands in our cache folder."""
    found = files_in(home)
    assert found
    assert {name for name in found if not name.startswith(".cache/interviewer/")} == set()


def test_a_grade_asks_nothing_and_leaves_only_our_cache(
    tmp_path: Path, empty: dict[str, str]
) -> None:
    command = [PYTHON, "-m", "interviewer", "grade", "1", ANSWERS[0]]
    subprocess.run(command, cwd=tmp_path, env=empty, check=True, capture_output=True, timeout=100)
    assert_only_ours(tmp_path / "home")


def run_watched(tmp_path: Path, env: dict[str, str], code: str) -> list[str]:
    trace = tmp_path / "trace"
    command = [*watching(trace), PYTHON, "-c", code]
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, timeout=100)
    return calls(trace)


def test_the_watch_sees_a_call_made_in_c(tmp_path: Path, empty: dict[str, str]) -> None:
    ask = "import ctypes; ctypes.CDLL(None).gethostbyname(b'host.invalid')"
    assert any("connect(" in line for line in run_watched(tmp_path, empty, ask))
    assert run_watched(tmp_path, empty, "import socket; socket.socketpair()") == []


@pytest.mark.network
@pytest.mark.timeout(300)
def test_a_minute_of_interview_asks_nothing(tmp_path: Path, empty: dict[str, str]) -> None:
    trace = tmp_path / "trace"
    at = Player("run", home=empty, cwd=tmp_path, under=watching(trace))
    end = time.monotonic() + MINUTE
    turn = 0
    while time.monotonic() < end:
        at.prompt()
        time.sleep(PAUSE)
        at.press(ANSWERS[turn % len(ANSWERS)], ENTER)
        turn += 1
    at.prompt()
    time.sleep(PAUSE)
    at.press("/pause", ENTER).wait("Paused.")
    assert at.leave() == 0
    assert len(at.said) == turn >= 10
    assert calls(trace) == []
    assert_only_ours(tmp_path / "home")


@pytest.mark.network
def test_the_watch_sees_the_library_that_calls_home(tmp_path: Path, empty: dict[str, str]) -> None:
    """The same library loaded past `libraries`: the tests above would notice."""
    model = ROOT / "interviewer/grading/offline/weights/encoder.int8.onnx"
    code = (
        f"import onnxruntime, time; onnxruntime.InferenceSession({str(model)!r});"
        f"time.sleep({FIRST_UPLOAD})"
    )
    trace, end = tmp_path / "trace", time.monotonic() + FIRST_UPLOAD
    command = [*watching(trace), PYTHON, "-c", code]
    with subprocess.Popen(command, cwd=tmp_path, env=empty, start_new_session=True) as watched:
        while not (asked := "connect(" in read_if_there(trace)) and time.monotonic() < end:
            time.sleep(0.5)
        os.killpg(watched.pid, signal.SIGKILL)
    assert asked
    with pytest.raises(AssertionError):
        assert_only_ours(tmp_path / "home")


def read_if_there(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
