"""Makes everything in transcripts/examples/ but answers.jsonl, by the program as it stands.

A session on those answers with its transcript, its replay, a second grading and the comparison, and
the transcripts of six simulated candidates. Run from anywhere with the program installed;
'make transcripts' does so. Give a folder to write somewhere else.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from interviewer import cli
from interviewer.simulate.personas import PERSONAS

HERE = Path(__file__).resolve().parent.parent / "transcripts" / "examples"
ANSWERS = HERE / "answers.jsonl"
SECOND = "cosine"
"""Grades the session again: every shipped grader but 'offline' makes for a comparison."""

LOG = "session.jsonl"
COMMANDS = {
    "replay.txt": ["replay", LOG],
    "regrade.txt": ["regrade", LOG, "--grader", SECOND],
    "compare.txt": ["compare", LOG, f"{LOG}@1"],
}
SIMULATED = ["--count", "8", "--order", "shuffle", "--seed", "1"]


def make(target: Path) -> None:
    """Write every example there, each under its own name."""
    (target / "personas").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        log = _hold("run", "--answers", str(ANSWERS), "--seed", "1")
        for made in (log, log.with_suffix(".md")):
            shutil.copyfile(made, target / f"session{made.suffix}")
            made.rename(f"session{made.suffix}")
        _call("replay", LOG, "--strict")
        for file, command in COMMANDS.items():
            lines = [f"$ interviewer {' '.join(command)}", *_call(*command).splitlines()]
            text = "".join(f"{line.rstrip()}\n" for line in lines)
            (target / file).write_text(text, "utf-8")
        for persona in PERSONAS:
            log = _hold("simulate", "--persona", persona, *SIMULATED)
            shutil.copyfile(log.with_suffix(".md"), target / "personas" / f"{persona}.md")


def _hold(*command: str) -> Path:
    """The log of the session that the command holds."""
    before = set(Path("held").glob("*.jsonl"))
    _call(*command, "--transcripts", "held")
    (log,) = set(Path("held").glob("*.jsonl")) - before
    return log


def _call(*command: str) -> str:
    """What the program prints; its errors go to standard error and end this."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            cli.main(list(command))
        except SystemExit as left:
            if left.code:
                raise
    return out.getvalue()


if __name__ == "__main__":
    for variable in [name for name in os.environ if name.startswith("INTERVIEWER_")]:
        del os.environ[variable]
    os.environ |= {"COLUMNS": "92", "NO_COLOR": "1", "TZ": "UTC"}
    make(Path(sys.argv[1]).resolve() if sys.argv[1:] else HERE)
