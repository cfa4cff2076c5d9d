"""What a typed line means before anybody grades it."""

from __future__ import annotations

import re
from typing import Literal

Command = Literal["repeat", "hint", "skip", "why", "pause", "quit", "help"]
COMMANDS: dict[Command, str] = {
    "repeat": "show the question again",
    "hint": "a nudge; the question then no longer counts as cold",
    "skip": "pass on this question",
    "why": "explain the last grade",
    "pause": "stop here; 'interviewer resume' goes on",
    "quit": "end the session and write the report",
    "help": "show these commands",
}

_FILLER = (
    r"(?:(?:um+|uh+|er+|hmm+|well|so|ok(?:ay)?|sorry|honestly|actually|just|really|i mean)[\s,.]*)*"
)
_UNKNOWN = re.compile(
    rf"^{_FILLER}(?:"
    r"(?:i\s+)?(?:do\s*n[o']?t|dont|do not|don’t)\s+(?:really\s+|actually\s+)?(?:know|remember|recall)"
    r"(?:\s+(?:this|that|it|the answer|this one|that one))?"
    r"|(?:i(?:'ve|’ve| have)?\s+)?(?:got\s+)?no\s+(?:idea|clue)"
    r"|i\s+(?:have\s+)?forgot(?:ten)?(?:\s+(?:this|that|it))?"
    r"|(?:i(?:'m|’m| am)\s+)?not\s+sure"
    r"|idk|dunno|pass|no clue|can(?:'|’|no)?t\s+(?:say|remember|recall)|i give up|nothing|\?+"
    rf")[\s,.!?…]*{_FILLER}(?:sorry)?[\s,.!?…]*$",
    re.IGNORECASE,
)


def command(line: str) -> str | None:
    """The name of a command line such as "/hint"; None for an answer.

    A line of several words, or a path such as "/usr/bin", is an answer.
    """
    match = re.fullmatch(r"/([a-z]+)", line.strip().casefold())
    return match[1] if match else None


def says_unknown(answer: str) -> bool:
    """Whether the whole answer only says that the candidate does not know."""
    return not answer.strip() or (len(answer) < 120 and bool(_UNKNOWN.match(answer.strip())))
