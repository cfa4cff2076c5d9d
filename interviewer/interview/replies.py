"""What a typed line means before anybody grades it."""

from __future__ import annotations

import re
from typing import Literal

Command = Literal["repeat", "hint", "skip", "undo", "why", "dispute", "pause", "quit", "help"]
COMMANDS: dict[Command, str] = {
    "repeat": "show the question again, with what was said to it so far",
    "hint": "a nudge; the question then counts as answered with help",
    "skip": "pass on this question",
    "undo": "take your last answer back, while nothing was said to the next question",
    "why": "explain the last grade",
    "dispute": "settle the last grade by your own word",
    "pause": "stop here; 'interviewer resume' goes on",
    "quit": "end the session and write the report",
    "help": "show these commands",
}


def command(line: str) -> str | None:
    """The name of a command line such as "/hint"; None for an answer.

    A line of several words, or a path such as "/usr/bin", is an answer.
    """
    match = re.fullmatch(r"/([a-z]+)", line.strip().casefold())
    return match[1] if match else None
