"""The interview without a person at a keyboard: answers from a file or a pipe, plain output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, ValidationError

from interviewer.bank.questions import QuestionId
from interviewer.common import json_text
from interviewer.common.base import DAY, IsNumber, Said, Value, problem, writable
from interviewer.common.console import make_console, show
from interviewer.common.text import Tone
from interviewer.errors import InputError, Where
from interviewer.interview.terminal import Reply, Status

MOST_SHOWN = 2000
"""Characters of an answer from a file that are shown as the session goes."""


class ScriptedAnswer(Value):
    """One line of an --answers file."""

    question: QuestionId
    answer: Said
    probes: tuple[Said, ...] = ()
    seconds: Annotated[float, Field(ge=0, le=DAY, allow_inf_nan=False), IsNumber] = 0.0


MAX_BYTES = 64_000_000


@dataclass
class Script:
    """Answers still to be given.

    by_question: answers and probe replies by question number. in_order: answers to whatever is
    asked next. seconds: how long the first answer to a question is said to have taken.
    """

    by_question: dict[int, list[str]] = field(default_factory=dict)
    in_order: list[str] = field(default_factory=list)
    numbered: bool = False
    seconds: dict[int, float] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many questions there are answers to."""
        return len(self.by_question) if self.numbered else len(self.in_order)

    def next(self, question: int) -> str | None:
        """The next answer to that question; None when there is no more to say at all."""
        if self.numbered:
            left = self.by_question.get(question, [])
            return left.pop(0) if left else ""
        return self.in_order.pop(0) if self.in_order else None


def parse_script(text: str, name: str) -> Script:
    """JSON lines if the first line begins with a brace, otherwise one answer a paragraph.

    Raises InputError with the line of the first one that cannot be read.
    """
    text = writable(text.removeprefix("\ufeff"))
    if not text.lstrip().startswith("{"):
        return Script(in_order=list(_paragraphs(text)))
    answers: dict[int, list[str]] = {}
    seconds: dict[int, float] = {}
    # Not splitlines(): JSON strings may hold characters that it takes for line ends.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            one = ScriptedAnswer.model_validate(json_text.loads(line))
        except ValueError as error:
            raise InputError(
                f"this line is no answer: {_brief(error)}",
                where=Where(name, number),
                hint='A line looks like {"question": 1, "answer": "...", "probes": ["..."]}.',
            ) from error
        if one.question in answers:
            raise InputError(
                f"question {one.question} is answered twice", where=Where(name, number)
            )
        answers[one.question] = [one.answer, *one.probes]
        seconds[one.question] = one.seconds
    return Script(by_question=answers, numbered=True, seconds=seconds)


def _brief(error: Exception) -> str:
    return problem(error) if isinstance(error, ValidationError) else str(error)


def _paragraphs(text: str) -> Iterable[str]:
    for block in text.replace("\r\n", "\n").split("\n\n"):
        if block.strip():
            yield block.strip()


def _shown(text: str) -> str:
    if not text.strip():
        return "> (no answer)"
    if len(text) <= MOST_SHOWN:
        return f"> {text}"
    return f"> {text[:MOST_SHOWN]}… ({len(text):,} characters in all)"


class ScriptTerminal:
    """Implements `terminal.Terminal`; the transcript is the same as at a keyboard."""

    live = False

    def __init__(self, script: Script):
        self._script = script
        self._console = make_console()
        self._answer = ""

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show a paragraph, after what was answered before it."""
        self._show_answer()
        show(self._console, text, tone)

    def page(self, lines: Sequence[tuple[Tone, str]]) -> None:
        """Show them all."""
        for tone, text in lines:
            self.say(text, tone)

    def _show_answer(self) -> None:
        answer, self._answer = self._answer, ""
        if answer:
            show(self._console, answer, "plain")

    def ask(self, status: Status) -> Reply:
        """The next answer of the script; the end of input when it is used up.

        It is shown with what follows it, when it is on record.
        """
        self._show_answer()
        text = self._script.next(status.question)
        if text is None:
            return Reply("end")
        self._answer = _shown(text)
        return Reply("text", text, self._script.seconds.pop(status.question, 0.0))

    def ready(self, words: str) -> Reply:
        """A file is always ready."""
        return Reply("text")

    def confirm(self, question: str) -> bool:
        """Yes: a script that says /quit means it."""
        return True

    def choose(self, question: str, keys: Mapping[str, str]) -> str | None:
        """None: a script presses no keys."""
        return None

    def busy(self, what: str) -> AbstractContextManager[None]:
        """Nothing is shown: whoever reads a plain output does not watch it."""
        return nullcontext()
