"""The port to where a candidate reads and speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from interviewer.common.text import Tone


@dataclass(frozen=True)
class Reply:
    """What came from the candidate.

    kind: "text"; "command" (text holds its name); "end" of input (Ctrl-D); "interrupt" (Ctrl-C);
    "timeout" (text holds what was typed so far).
    seconds: from the prompt shown to the reply.
    """

    kind: Literal["text", "command", "end", "interrupt", "timeout"]
    text: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Status:
    """What a toolbar shows while a reply is awaited.

    number: how many questions were put so far, of `total`. question: its number in the bank.
    cold: answered cold so far, None to keep it back. elapsed, limit: seconds. further: whether it is a
    deeper question.
    """

    number: int
    total: int
    question: int
    section: str
    elapsed: float
    cold: int | None
    limit: int | None = None
    probe: bool = False
    further: bool = False


class Terminal(Protocol):
    """Where the candidate reads and speaks. Text given to it is data: it shows it escaped.

    live: whether somebody sits there who can take up what is said in between; a file cannot.
    """

    @property
    def live(self) -> bool: ...

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show a paragraph."""
        ...

    def page(self, lines: Sequence[tuple[Tone, str]]) -> None:
        """Show many paragraphs, a screen at a time where somebody reads."""
        ...

    def ask(self, status: Status) -> Reply:
        """Wait for a reply to what was said last."""
        ...

    def ready(self, words: str) -> Reply:
        """Say those words and wait for Enter; asked for only where somebody sits there. The reply
        is "text" without one, "end" or "interrupt"."""
        ...

    def confirm(self, question: str) -> bool:
        """A yes or no; False when nobody is there to say."""
        ...

    def choose(self, question: str, keys: Mapping[str, str]) -> str | None:
        """One of the keys, each of which stands for what the mapping says; None to leave it, also
        when nobody is there."""
        ...

    def busy(self, what: str) -> AbstractContextManager[None]:
        """Show that something takes its time, while the context lasts; "" for nothing to show."""
        ...
