"""The interactive terminal: prompt_toolkit for input, rich for output."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.auto_suggest import DummyAutoSuggest
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style
from rich.console import Console

from interviewer.common.caches import make_folder
from interviewer.common.console import gap, make_console, show, show_paged, spinner
from interviewer.common.signals import Ending, left_at_signals
from interviewer.common.text import Tone, duration, one_line, printable
from interviewer.interview.keyboard.dotted import Dotted
from interviewer.interview.keyboard.leaving import add_leaving
from interviewer.interview.keyboard.typed_ahead import typed_ahead
from interviewer.interview.keyboard.word_wrap import WordWrap
from interviewer.interview.terminal import Reply, Status

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse #888888", "prompt": "bold", "late": "bold"})
_PROMPT = "› "
_AGAIN = "Ctrl-C again pauses; any key stays"


class PromptTerminal:
    """Implements `terminal.Terminal` for a person at a keyboard."""

    live = True

    def __init__(
        self,
        *,
        history: Path | None = None,
        console: Console | None = None,
        source: Input | None = None,
        output: Output | None = None,
    ):
        self._console = console or make_console()
        self._draft = ""
        self._warned = False
        self._status: Status | None = None
        self._asked_at = 0.0
        self._session: PromptSession[str] = PromptSession(
            multiline=True,
            key_bindings=self._keys(),
            history=_history(history),
            auto_suggest=DummyAutoSuggest(),
            bottom_toolbar=self._toolbar,
            prompt_continuation=lambda width, number, soft: " " * width,
            input_processors=[Dotted(), WordWrap(margin=len(_PROMPT))],
            style=_STYLE,
            refresh_interval=1.0,
            enable_suspend=True,
            input=source,
            output=output,
            mouse_support=False,
        )
        self._session.default_buffer.on_text_changed += self._stay
        self._session.default_buffer.on_cursor_position_changed += self._stay

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Show a paragraph."""
        show(self._console, text, tone)

    def page(self, lines: Sequence[tuple[Tone, str]]) -> None:
        """Show many paragraphs through the reader's pager if they do not fit on the screen."""
        show_paged(self._console, lines)

    def ask(self, status: Status) -> Reply:
        """Wait for a reply; a time limit in `status` ends the wait with what was typed so far."""
        self._take_early(status)
        self._status, self._warned = status, False
        self._asked_at = time.monotonic()
        gap(self._console)
        default, self._draft = self._draft, ""
        try:
            with left_at_signals(self._session.app) as begin:
                text = self._session.prompt(_PROMPT, default=default, pre_run=begin)
        except EOFError:
            return self._reply("end", self._session.default_buffer.text)
        except KeyboardInterrupt:
            return self._reply("interrupt", self._session.default_buffer.text)
        except Ending as end:
            end.draft = self._session.default_buffer.text
            raise
        except _TimeUp as late:
            return self._reply("timeout", late.text)
        return self._reply("text", text)

    def _take_early(self, status: Status) -> None:
        """Keys pressed before the prompt are no reply: what came before a new question is told and
        let go, and anything else stands in the prompt, for the candidate to submit."""
        early = typed_ahead(self._session.input).strip()
        new = self._status is None or self._status.question != status.question
        if early and new:
            words = f"Typed before the question was there, and not taken: “{one_line(early, 300)}”"
            show(self._console, words, "warning")
        elif early:
            show(self._console, "Typed early; Enter submits it.", "note")
            self._draft = f"{self._draft} {early}".strip()

    def ready(self, words: str) -> Reply:
        """Wait for Enter; every other key, and what was pressed before, is let go."""
        typed_ahead(self._session.input)
        show(self._console, words, "note")
        waiting = PromptSession[str](
            key_bindings=_enter_alone(),
            erase_when_done=True,
            input=self._session.input,
            output=self._session.output,
        )
        try:
            with left_at_signals(waiting.app) as begin:
                waiting.prompt("", pre_run=begin)
        except EOFError:
            return Reply("end")
        except KeyboardInterrupt:
            return Reply("interrupt")
        return Reply("text")

    def confirm(self, question: str) -> bool:
        """A yes or no on one key; anything but y is no."""
        typed_ahead(self._session.input)
        show(self._console, f"{question} [y/N]", "warning")
        asking = PromptSession[str](input=self._session.input, output=self._session.output)
        try:
            with left_at_signals(asking.app) as begin:
                answer = asking.prompt(_PROMPT, pre_run=begin)
        except (EOFError, KeyboardInterrupt):
            return False
        return answer.strip().casefold() in ("y", "yes")

    def choose(self, question: str, keys: Mapping[str, str]) -> str | None:
        """The key that is pressed, in either case; None for Ctrl-C and Ctrl-D, others do nothing, and
        neither does what was pressed before."""
        typed_ahead(self._session.input)
        listed = "  ".join(f"[{key}] {what}" for key, what in keys.items())
        show(self._console, f"{question}  {listed}", "warning")
        pressed: Application[str | None] = Application(
            layout=Layout(Window(FormattedTextControl(_PROMPT), height=1)),
            key_bindings=_one_of(keys),
            input=self._session.input,
            output=self._session.output,
            erase_when_done=True,
        )
        with left_at_signals(pressed) as begin:
            found = pressed.run(pre_run=begin)
        show(self._console, keys[found] if found else "(left)", "note")
        return found

    def busy(self, what: str) -> AbstractContextManager[None]:
        """A spinner, once it takes longer than a blink; gone without a trace afterwards."""
        return spinner(self._console, what)

    def restore_draft(self, draft: str) -> None:
        """Put back what was typed before a pause; the next prompt begins with it."""
        self._draft = printable(draft)

    def _reply(self, kind: Any, text: str) -> Reply:
        return Reply(kind, text, time.monotonic() - self._asked_at)

    def _stay(self, _: object) -> None:
        """Going on with the answer takes a first Ctrl-C back."""
        self._warned = False

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            if buffer.document.char_before_cursor == "\\" and not buffer.document.text_after_cursor:
                buffer.delete_before_cursor()
                buffer.insert_text("\n")
            else:
                buffer.validate_and_handle()

        @keys.add("escape", "enter")
        @keys.add("c-j")
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

        @keys.add("c-c")
        def _(event: KeyPressEvent) -> None:
            if self._warned:
                event.app.exit(exception=KeyboardInterrupt)
            else:
                self._warned = True
                event.app.invalidate()

        @keys.add("c-d")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=EOFError)

        return keys

    def _toolbar(self) -> Any:
        status = self._status
        if status is None:
            return ""
        if self._warned:
            return [("class:late", f" {_AGAIN}")]
        waited = time.monotonic() - self._asked_at
        if status.limit is not None and waited >= status.limit:
            get_app().exit(exception=_TimeUp(self._session.default_buffer.text))
        return toolbar(status, waited, self._session.output.get_size().columns)


def _one_of(keys: Iterable[str]) -> KeyBindings:
    bound = KeyBindings()

    def press(key: str) -> None:
        @bound.add(key)
        @bound.add(key.upper())
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=key)

    for key in keys:
        press(key)

    @bound.add("c-c")
    @bound.add("c-d")
    @bound.add("<sigint>")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    return bound


class _TimeUp(Exception):
    def __init__(self, text: str):
        super().__init__("time is up")
        self.text = text


def _enter_alone() -> KeyBindings:
    """Keys of which Enter alone does anything, beside those that leave."""
    keys = KeyBindings()

    @keys.add(Keys.Any)
    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        """It is no answer."""

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="")

    add_leaving(keys)
    return keys


def toolbar(status: Status, waited: float, width: int) -> str:
    """One line about the session, shortened to the width of the terminal."""
    clock = duration(status.elapsed + waited)
    if status.limit is not None:
        clock = f"{duration(max(0.0, status.limit - waited))} left"
    # None so far would read as a bad mark.
    cold = f"{status.cold} without help" if status.cold else ""
    number = f"{status.number}/{status.total}"
    name = one_line(status.section)
    named = f"question {number}{', taken further' if status.further else ''}"
    for parts in (
        (named, name, clock, cold.replace(" ", " answered ", 1), "/help"),
        (named, name, clock, cold, "/help"),
        (named, clock, cold),
        (number, clock, cold),
    ):
        line = " " + "  ·  ".join(part for part in parts if part)
        if len(line) <= width:
            return line
    return " " + number


def _history(path: Path | None) -> FileHistory | InMemoryHistory:
    if path is None:
        return InMemoryHistory()
    try:
        make_folder(path)
        path.touch(mode=0o600, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return _TypedBefore(str(path))


class _TypedBefore(FileHistory):
    """Answers typed before. What cannot be kept is not worth losing an answer over."""

    def store_string(self, string: str) -> None:
        with suppress(OSError, UnicodeError):
            super().store_string(string)
