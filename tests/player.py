"""Somebody at a real pseudo-terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pexpect
from samples import PYTHON

from interviewer.session.events import Answered
from interviewer.session.log_file import read_log, session_files
from interviewer.session.record import Session

ENTER, ALT_ENTER, CTRL_C, CTRL_D = "\r", "\x1b\r", "\x03", "\x04"


ROWS = 24
QUIET = 0.5
"""Seconds: less than the clock in the toolbar takes to move."""

WHERE_AM_I = "\x1b[6n"  # a terminal answers this with the cursor's place


ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78MDE])")


class Player:
    """Sits at a terminal of `columns`, reads what is shown and presses keys.

    under: a command that runs the program.
    """

    def __init__(
        self,
        *args: object,
        home: dict[str, str],
        cwd: Path,
        columns: int = 90,
        under: Sequence[str] = (),
    ):
        self.cwd = cwd
        self.seen = ""
        env = {k: v for k, v in home.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
        command = [*under, PYTHON, "-m", "interviewer", *map(str, args)]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env={**env, "TERM": "xterm-256color"},
            cwd=str(cwd),
            dimensions=(ROWS, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=60,
        )
        self.child.delaybeforesend = 0.02

    def wait(self, *words: str) -> Player:
        """Read until the words were shown, one after the other."""
        for word in words:
            pattern = re.compile(r"[\s\x1b\[\]0-9;?a-zA-Z]*?".join(map(re.escape, word.split())))
            while self.child.expect([re.compile(re.escape(WHERE_AM_I)), pattern]) == 0:
                self.seen += self.child.before
                self.child.send("\x1b[1;1R")
            self.seen += self.child.before + self.child.after
        return self

    def prompt(self) -> Player:
        """Read until the program waits for keys."""
        return self.wait("›")

    def settle(self) -> Player:
        """Read until nothing more is shown for a while."""
        while self.child.expect([re.compile(r"(?s).+"), pexpect.TIMEOUT], timeout=QUIET) == 0:
            shown = self.child.after
            self.seen += shown.replace(WHERE_AM_I, "")
            self.press(*["\x1b[1;1R"] * shown.count(WHERE_AM_I))
        return self

    def press(self, *keys: str) -> Player:
        for key in keys:
            self.child.send(key)
        return self

    def paste(self, text: str) -> Player:
        """As a terminal does it: line breaks come as returns, between brackets."""
        return self.press("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def leave(self) -> int:
        """Read to the end; the exit code."""
        while self.child.expect([re.compile(re.escape(WHERE_AM_I)), pexpect.EOF]) == 0:
            self.seen += self.child.before
            self.child.send("\x1b[1;1R")
        self.seen += self.child.before
        self.child.close()
        assert self.child.signalstatus is None
        return int(self.child.exitstatus)

    @property
    def text(self) -> str:
        return " ".join(ANSI.sub("", self.seen).split())

    @property
    def log(self) -> Path:
        (log,) = session_files(self.cwd / "transcripts")
        return log

    @property
    def session(self) -> Session:
        return read_log(self.log).session

    @property
    def said(self) -> list[str]:
        return [e.text for e in read_log(self.log).events if isinstance(e, Answered)]
