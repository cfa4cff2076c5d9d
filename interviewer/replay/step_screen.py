"""Stepping through a replay with keys, by prompt_toolkit."""

from __future__ import annotations

from collections.abc import Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style
from rich.console import Console

from interviewer.common.console import make_console
from interviewer.interview.keyboard.leaving import add_leaving
from interviewer.replay.replay_view import show_scene
from interviewer.replay.scenes import Scene
from interviewer.replay.screen import Move, Place

_STYLE = Style.from_dict({"bottom-toolbar": "noreverse #888888"})
_DIGITS = 6


class StepScreen:
    """Implements `screen.ReplayScreen` for a person at a keyboard.

    Space, enter and right go on, left goes back, a number with enter or g jumps to that question,
    g alone to the beginning, q quits.
    """

    def __init__(
        self,
        *,
        console: Console | None = None,
        source: Input | None = None,
        output: Output | None = None,
    ):
        self._console = console or make_console()
        self._session: PromptSession[Move] = PromptSession(
            key_bindings=_keys(),
            style=_STYLE,
            erase_when_done=True,
            input=source,
            output=output,
            mouse_support=False,
        )

    def show(self, scene: Scene) -> None:
        """Add a scene below the others."""
        show_scene(self._console, scene)

    def redraw(self, scenes: Sequence[Scene]) -> None:
        """Show these scenes on a screen of their own."""
        self._console.clear()
        for scene in scenes:
            show_scene(self._console, scene)

    def move(self, place: Place) -> Move:
        """The next move; the end of input quits, Ctrl-C raises KeyboardInterrupt."""
        output = self._session.output
        try:
            return self._session.prompt(
                "", bottom_toolbar=lambda: toolbar(place, output.get_size().columns)
            )
        except EOFError:
            return Move("quit")


def toolbar(place: Place, width: int) -> str:
    """One line on where the replay stands, shortened to the width of the terminal."""
    at = f"{place.number}/{place.total}"
    question = f"question {place.question}" if place.question else ""
    keys = "space next · ← back · number ⏎ jump · q quit"
    for parts in (
        (question, at, place.note, keys),
        (question, at, place.note, "space ← q"),
        (place.note or question, at),
    ):
        line = " " + "  ·  ".join(part for part in parts if part)
        if len(line) <= width:
            return line
    return f" {at}"


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        typed = event.current_buffer.text
        event.app.exit(result=Move("jump", int(typed)) if typed else Move("next"))

    @keys.add("g")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Move("jump", int(event.current_buffer.text or "0")))

    @keys.add(" ")
    @keys.add("right")
    @keys.add("down")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Move("next"))

    @keys.add("left")
    @keys.add("up")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Move("back"))

    @keys.add("q")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Move("quit"))

    add_leaving(keys)

    @keys.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if event.data in set("0123456789") and len(buffer.text) < _DIGITS:
            buffer.insert_text(event.data)

    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        """A paste is no move."""

    return keys
