"""What a run of the tests left out is said at its end, with the way to run it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from left_out import COMMANDS, lines_of
from samples import PYTHON, ROOT

CASES = """\
import pytest
@pytest.mark.network
def test_long(): pass
@pytest.mark.skipif(True, reason="needs a horse (buy one)")
@pytest.mark.parametrize("n", range(2))
def test_ride(n): pass
def test_walk(): pass
"""


def test_the_lines() -> None:
    reasons = ["needs a horse (buy one)", "Skipped: needs a horse (buy one)", "a"]
    assert lines_of({"network": 3, "models": 0}, reasons) == [
        "3 'network': make test-network",
        "1 skipped: a",
        "2 skipped: needs a horse (buy one)",
    ]
    assert lines_of({}, []) == []


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_says_what_it_left_out(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_some.py").write_text(CASES)
    command = [PYTHON, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")]
    for plugin in ("left_out", "xdist", "pytest_timeout"):  # others take long to load
        command += ["-p", plugin]
    done = subprocess.run(
        [*command, "-n", workers, "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "tests"),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.splitlines()[-3:-1] == [
        "not run: 1 'network': make test-network",
        "not run: 2 skipped: needs a horse (buy one)",
    ]
    assert "1 passed" in done.stdout.splitlines()[-1]


def test_every_target_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in COMMANDS.values():
        assert f"\n{command.removeprefix('make ')}:" in makefile
