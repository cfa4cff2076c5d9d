"""Takes the recordings in docs/images/: sessions in a real terminal, typed by this script.

Each is played through a pseudo-terminal, read by a terminal emulator (pyte), and drawn as SVG.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pyte
from rich.console import Console
from rich.text import Text

IMAGES = Path(__file__).parent / "images"
COLUMNS, ROWS = 88, 40
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
COLOURS = {"brown": "yellow", "brightbrown": "bright_yellow"}
PROMPT, CHOICE = "› ", "] "


@dataclass(frozen=True)
class Recording:
    """One session. said: what is typed at each prompt, in turn; a key at each choice. shows: what must be
    on the screen, for which the picture is there."""

    arguments: tuple[str, ...]
    said: tuple[str, ...]
    keys: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


RECORDINGS = {
    "session.svg": Recording(
        ("run", "--questions", "3,26", "--brief", "--deeper", "0"),
        (
            "you can shuffle the sentence and get exactly the same vector, the order is gone",
            "what do you mean by bag-of-words?",
            "nothing at all, each word is a separate axis, so the two come out as unrelated",
            "it pulls the embedding of an image towards that of its own caption and pushes it away"
            " from the other captions in the batch",
            "a softmax with cross-entropy, once over the texts for each image and once the other way",
            "every image of the batch with every text of it",
        ),
    ),
    "tough.svg": Recording(
        ("run", "--questions", "41", "--style", "tough", "--brief", "--deeper", "0"),
        (
            "because hybrid is just better",
            "one finds exact words such as product codes, the other finds what means the same",
            "they fail on different queries",
        ),
    ),
    "dispute.svg": Recording(
        ("run", "--questions", "1,2", "--probes", "0", "--brief", "--deeper", "0"),
        (
            "how often it is in there, scaled by how unusual it is overall",
            "/dispute",
            "because a word that is everywhere tells you nothing about the one text",
        ),
        ("y", "n", "n", "n", "n", "n", "n"),
        ("you settle the grade", "Self-graded"),
    ),
}


class Emulator:
    """The program in a pseudo-terminal, and what stands on its screen."""

    def __init__(self, arguments: tuple[str, ...], folder: str):
        self.screen = pyte.HistoryScreen(COLUMNS, ROWS, history=2000, ratio=0.5)
        self._stream = pyte.Stream(self.screen)
        home = {"HOME": folder, "XDG_CACHE_HOME": f"{folder}/c", "XDG_CONFIG_HOME": f"{folder}/s"}
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
        self._child = pexpect.spawn(
            sys.executable, ["-m", "interviewer", *arguments], cwd=folder, encoding="utf-8",
            env={**env, **home, "TERM": "xterm-256color", "PYTHONPATH": str(Path.cwd())},
            dimensions=(ROWS, COLUMNS), timeout=60,
        )  # fmt: skip

    def settle(self, quiet: float = 0.8) -> bool:
        """Read until it waits for keys and nothing comes for so many seconds; False at its end."""
        last = time.monotonic()
        while time.monotonic() - last < quiet or not (self.chooses or self.prompts):
            try:
                text = self._child.read_nonblocking(4096, timeout=0.2)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return False
            if "\x1b[6n" in text:  # the terminal is asked where its cursor is
                self._child.send(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")
            self._stream.feed(text)
            last = time.monotonic()
        return True

    def type(self, text: str) -> None:
        """Type it."""
        self._child.send(text)

    @property
    def prompts(self) -> bool:
        """Whether a line is awaited."""
        above = self.screen.display[: self.screen.cursor.y + 1]
        return any(line.startswith("›") for line in above[-4:])

    @property
    def chooses(self) -> bool:
        """Whether a single key is awaited rather than a line."""
        y = self.screen.cursor.y
        around = " ".join(self.screen.display[max(0, y - 2) : y + 1])
        return bool(re.search(r"\[[a-z]\] |\[y/", around))

    def lines(self) -> Iterator[Text]:
        """All that was shown, oldest first."""
        rows = [*self.screen.history.top, *(self.screen.buffer[y] for y in range(ROWS))]
        for row in rows:
            line = Text()
            for x in range(COLUMNS):
                char = row[x]
                line.append(char.data, _style(char))
            line.rstrip()
            yield line


def _style(char: pyte.screens.Char) -> str:
    colour = COLOURS.get(char.fg, char.fg)
    if re.fullmatch(r"[0-9a-f]{6}", colour):
        colour = f"#{colour}"
    parts = [] if colour == "default" else [colour]
    return " ".join([*parts, *(["bold"] if char.bold else [])])


def record(what: Recording) -> list[Text]:
    """The session as lines."""
    said, keys = list(what.said), list(what.keys)
    with tempfile.TemporaryDirectory() as folder:
        seat = Emulator(what.arguments, folder)
        while seat.settle():
            if seat.chooses and keys:
                seat.type(keys.pop(0))
            elif said:
                seat.type(said.pop(0))
                seat.settle(0.3)
                seat.type("\r")
            else:
                seat.type("/skip\r")
        lines = [line for line in seat.lines() if folder not in line.plain]
    while lines and not lines[-1].plain.strip():
        lines.pop()
    screen = " ".join(" ".join(line.plain.split()) for line in lines)
    if missing := [words for words in what.shows if words not in screen]:
        raise SystemExit(f"not on the screen: {', '.join(missing)}\n{screen}")
    return lines


def draw(lines: list[Text], target: Path, title: str) -> None:
    """The lines as a picture that asks nothing of the network."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for line in lines:
        console.print(line, no_wrap=True, crop=False)
    target.write_text(FONTS.sub("", console.export_svg(title=title)), "utf-8")


def main() -> None:
    """Take every recording."""
    for name, what in RECORDINGS.items():
        draw(record(what), IMAGES / name, " ".join(("interviewer", *what.arguments)))
        print(f"{IMAGES / name}: {(IMAGES / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
