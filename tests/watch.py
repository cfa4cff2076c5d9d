"""Watches the system calls of a process: what it asks of the network, threads of C included."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

CALL = re.compile(r"\d+ +(?:<\.\.\. )?(?:socket|connect)\b")


@cache
def _alone() -> tuple[str, ...]:
    """A network of its own without a way out, where the kernel allows one."""
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which("unshare") is None:
        return ()
    done = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if done.returncode == 0 else ()


def watching(trace: Path) -> tuple[str, ...]:
    """What stands before a command to write its network calls to that file.

    Skips the test where processes cannot be watched.
    """
    if shutil.which("strace") is None:
        if os.environ.get("INTERVIEWER_NEED_STRACE"):
            pytest.fail("strace is not installed")
        pytest.skip("needs strace (apt-get install strace)")
    if subprocess.run(["strace", "-f", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to trace a process (docker run --cap-add SYS_PTRACE)")
    return (*_alone(), "strace", "-f", "-e", "trace=socket,connect", "-o", str(trace))


def calls(trace: Path) -> list[str]:
    """Every socket made and every connection tried; a pair of pipe ends is no such call."""
    return [line for line in trace.read_text("utf-8").splitlines() if CALL.match(line)]
