"""The one place that writes to the screen. Whatever it is given is data and is cleaned on its way."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Protocol

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from interviewer.common import signals
from interviewer.common.text import Tone, json_text, one_line, printable
from interviewer.errors import InputError

MAX_WIDTH = 92
LEFT_FREE = 3
"""Lines of a screen that a page does not take up."""
BLINK = 0.3
"""Seconds of waiting that need no sign."""

STYLES: dict[Tone, str] = {
    "title": "bold",
    "question": "bold cyan",
    "probe": "cyan",
    "hint": "magenta",
    "good": "green",
    "half": "",
    "missing": "yellow",
    "note": "dim",
    "plain": "",
    "warning": "bold yellow",
    "path": "dim",
}
BEFORE = {"title", "question", "probe"}
INDENT: dict[Tone, int] = {"title": 0, "warning": 0, "plain": 0}

Styled = str | tuple[str, str]
"""A text, or a text with its style."""


def say(*lines: str, err: bool = False) -> None:
    """Write lines to standard output or standard error; a line break within one is a space."""
    import click  # noqa: PLC0415 - only commands write lines

    for line in lines:
        click.echo(single(line), err=err)


def say_json(value: Any) -> None:
    """Write JSON to standard output. value: JSON text, or plain data."""
    import click  # noqa: PLC0415

    click.echo(json_text(value))


def say_rows(text: str) -> None:
    """Write a table whose rows end in CRLF to standard output, as UTF-8 on every machine."""
    import click  # noqa: PLC0415

    rows = (printable(row) for row in text.split("\r\n"))
    click.echo("\r\n".join(rows).encode("utf-8"), nl=False)


def ask(question: str, *, choices: Sequence[str] = (), default: str | None = None) -> str:
    """What somebody at the keyboard types. Raises click.Abort at the end of input."""
    import click  # noqa: PLC0415

    kind = click.Choice(choices) if choices else None
    shown = bool(default)
    return str(click.prompt(single(question), type=kind, default=default, show_default=shown))


def retyped(question: str, text: str) -> str:
    """What somebody at the keyboard makes of the text, which stands there to be changed; without a
    keyboard, what is typed instead. Raises click.Abort at the end of input."""
    if not all(s is not None and s.isatty() for s in (sys.stdin, sys.stdout)):
        return ask(question)
    import click  # noqa: PLC0415
    from prompt_toolkit import PromptSession  # noqa: PLC0415

    line = PromptSession[str]()
    try:
        with signals.left_at_signals(line.app) as begin:
            return line.prompt(f"{single(question)}: ", default=single(text), pre_run=begin)
    except EOFError as ended:
        raise click.Abort from ended


def key(question: str, keys: Mapping[str, str]) -> str:
    """Which of the keys is pressed; without a keyboard, which of them a line of input begins with.

    keys: what each does. Raises click.Abort at the end of input.
    """
    import click  # noqa: PLC0415

    told = "  ".join(f"[{name}] {what}" for name, what in keys.items())
    shown = f"{single(f'{question} {told}').strip()} "
    while True:
        if sys.stdin is not None and sys.stdin.isatty():
            try:
                pressed = _pressed(shown, sys.stdin.fileno())
            except EOFError as ended:
                raise click.Abort from ended
            click.echo(pressed if pressed in keys else "")
        else:
            click.echo(shown, nl=False)
            line = sys.stdin.readline() if sys.stdin is not None else ""
            click.echo("")
            if not line:
                raise click.Abort from EOFError()
            pressed = line.strip()[:1].lower()
        if pressed in keys:
            return pressed


def _pressed(shown: str, keyboard: int) -> str:
    """The key that is pressed at the prompt. What was typed before is let go, and nothing after it.

    Raises EOFError for Ctrl-D, KeyboardInterrupt.
    """
    import click  # noqa: PLC0415

    try:
        import termios  # noqa: PLC0415
        import tty  # noqa: PLC0415
    except ImportError:  # no POSIX
        click.echo(shown, nl=False)
        return str(click.getchar()).lower()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setraw(keyboard)
        # Shown in this mode only: a key that is quick would be lost while it is changed.
        click.echo(shown, nl=False)
        got = os.read(keyboard, 32).decode("utf-8", "replace")[:1]
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    if got == "\x03":
        raise KeyboardInterrupt
    if got in ("", "\x04"):
        raise EOFError
    return got.lower()


def edited(text: str, ending: str) -> str | None:
    """The text as it comes back from $EDITOR; None where it was not saved there.

    ending: of the name of the file that is edited. Raises InputError where the editor fails.
    """
    import click  # noqa: PLC0415

    try:
        return click.edit(text, extension=ending)
    except click.ClickException as error:
        raise InputError(
            f"nothing was edited: {one_line(error.message)}",
            hint="EDITOR says which editor is used: EDITOR=nano.",
        ) from error


def single(text: str) -> str:
    """The printable text with spaces for line breaks and tabs; other spaces stay."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def make_console(stream: IO[str] | None = None) -> Console:
    """A console on `stream` (standard output if None) that never reads markup in what it shows."""
    console = CleanConsole(
        file=stream or sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False
    )
    console.width = min(console.width, MAX_WIDTH)
    return console


class CleanConsole(Console):
    """A console that takes out of everything it renders what could drive a terminal."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments with printable text; the console's own control codes are kept apart."""
        for segment in super().render(renderable, options):
            clean = segment.text if segment.control else printable(segment.text)
            yield segment if clean == segment.text else segment._replace(text=clean)


def show(console: Console, text: str, tone: Tone, *, indent: int | None = None) -> None:
    """One paragraph, of several lines if the text has them. indent: if not that of the tone."""
    marker = {"probe": "↳ ", "hint": "☞ "}.get(tone, "")
    show_parts(console, [marker + text], tone, indent=indent)


def show_line(
    console: Console,
    text: Styled,
    tone: Tone = "plain",
    *,
    indent: int | None = None,
    wrap: bool = True,
) -> None:
    """One line; a line break within the text is a space. wrap: break it where it is too long, which
    one with a path in it must not be."""
    words, style = text if isinstance(text, tuple) else (text, "")
    show_parts(console, [(single(words), style)], tone, indent=indent, wrap=wrap)


def show_parts(
    console: Console,
    parts: Iterable[Styled],
    tone: Tone,
    *,
    indent: int | None = None,
    wrap: bool = True,
) -> None:
    """One paragraph of parts, each in a style of its own within that of the tone."""
    if tone in BEFORE:
        console.print()
    left = INDENT.get(tone, 2) if indent is None else indent
    whole = not wrap or tone == "path"
    body = Text(" " * left if whole else "", style=STYLES[tone], overflow="fold")
    for part in parts:
        body.append_text(_text(part))
    if whole:
        console.print(body, soft_wrap=True)
    else:
        console.print(Padding(body, (0, 0, 0, left), expand=False))


def show_paged(console: Console, lines: Sequence[tuple[Tone, str]]) -> None:
    """Paragraphs, through the reader's pager if standard output is a terminal they do not fit on."""
    import os  # noqa: PLC0415 - at the end of an interview only

    import click  # noqa: PLC0415

    with console.capture() as captured:
        for tone, text in lines:
            show(console, text, tone)
    drawn = captured.get()
    if not console.is_terminal or drawn.count("\n") < console.height - LEFT_FREE:
        console.file.write(drawn)
        return
    # Colours as they are, no paging of what fits, and the text stays on the screen afterwards.
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(drawn)


def gap(console: Console) -> None:
    """An empty line."""
    console.print()


@dataclass(frozen=True)
class Column:
    """A column of a grid. width: exactly so many characters; least: at least so many."""

    heading: Styled = ""
    right: bool = False
    wrap: bool = True
    width: int | None = None
    least: int | None = None


def show_grid(
    console: Console,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Styled]],
    *,
    padding: tuple[int, int, int, int] = (0, 1, 0, 1),
) -> None:
    """A table without lines. padding: around cells: above, right, below, left."""
    from rich.table import Table  # noqa: PLC0415 - an interview shows none

    grid = Table(box=None, pad_edge=False, padding=padding, show_edge=False)
    for column in columns:
        grid.add_column(
            _cell(column.heading),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.wrap,
            width=column.width,
            min_width=column.least,
        )
    for row in rows:
        grid.add_row(*map(_cell, row))
    console.print(grid)


class Advance(Protocol):
    """Is told how much of how much is done, and what is being done if that changes."""

    def __call__(self, done: int, of: int, what: str = "") -> None:
        """Show it."""
        ...


@contextmanager
def progress_bar(what: str, *, least: int = 0, left: bool = False) -> Iterator[Advance]:
    """A bar on standard error where that is a terminal, gone when it is done; else nothing.

    least: shown only where there is at least so much to do. left: with the time left.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, of, what="": None
        return
    from rich.progress import (  # noqa: PLC0415 - only where there is much to wait for
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = [TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()]
    if left:
        columns.append(TimeRemainingColumn())
    with Progress(*columns, console=make_console(sys.stderr), transient=True) as bar:
        task = bar.add_task(one_line(what), total=None, visible=not least)

        def step(done: int, of: int, what: str = "") -> None:
            bar.update(
                task,
                completed=done,
                total=of,
                visible=of >= least,
                description=one_line(what) if what else None,
            )

        yield step


@contextmanager
def spinner(console: Console, what: str) -> Iterator[None]:
    """Something that turns, once it takes longer than a blink; gone without a trace afterwards.

    what: the words beside it; nothing is shown for "".
    """
    if not what:
        yield
        return
    turning = console.status(f"{single(what)} …", spinner="line")
    late = threading.Timer(BLINK, turning.start)
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()
        late.join()
        turning.stop()


def _cell(cell: Styled) -> Text:
    text = _text(cell)
    text.overflow = "fold"
    return text


def _text(part: Styled) -> Text:
    words, style = part if isinstance(part, tuple) else (part, "")
    return Text(printable(words), style)
