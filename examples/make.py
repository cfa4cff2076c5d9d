"""Writes replay.txt, regrade.txt and compare.txt from a copy of session.jsonl.

Run from anywhere with the program installed; 'make examples' does so. The committed session itself
is left alone. SECOND grades it again: every shipped grader but 'offline', whose own session it is,
makes for a comparison.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECOND = "offline:first"
COMMANDS = {
    "replay.txt": ["replay", "session.jsonl"],
    "regrade.txt": ["regrade", "session.jsonl", "--grader", SECOND],
    "compare.txt": ["compare", "session.jsonl", "session.jsonl@1"],
}


def main() -> None:
    """Run each command on the copy and keep what it printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("session.jsonl", "session.md"):
            shutil.copy(HERE / part, folder / part)
        run(folder, "replay", "session.jsonl", "--strict")
        for target, command in COMMANDS.items():
            lines = run(folder, *command).splitlines()
            text = "".join(
                f"{line.rstrip()}\n" for line in [f"$ interviewer {' '.join(command)}", *lines]
            )
            (HERE / target).write_text(text, "utf-8")
        run(folder, "replay", "session.jsonl", "--strict")


def run(folder: Path, *command: str) -> str:
    """What the program prints in that folder; its errors go to standard error and end this."""
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", *command],
        cwd=folder,
        env={**os.environ, "COLUMNS": "92", "PYTHONUTF8": "1", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode("utf-8")


if __name__ == "__main__":
    main()
