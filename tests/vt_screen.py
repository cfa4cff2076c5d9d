"""What a terminal shows after it was sent text: the few control sequences that the program uses."""

from __future__ import annotations

import re
import unicodedata

_PIECE = re.compile(r"\x1b\[([?>=]?)([0-9;]*)([ -/]*[@-~])|\x1b\][^\x07]*\x07|\x1b.|[\s\S]")


class VtScreen:
    """A screen of so many columns and rows; what scrolls off its top is kept."""

    def __init__(self, columns: int, rows: int = 24):
        self._columns, self._rows = columns, rows
        self._grid: list[list[str]] = [[]]
        self._x = self._y = self._top = 0

    def feed(self, text: str) -> VtScreen:
        """Show the text."""
        for found in _PIECE.finditer(text):
            if found[3]:
                if not found[1]:
                    self._control(found[2], found[3])
            elif found[0][0] != "\x1b":
                self._show(found[0])
        return self

    @property
    def lines(self) -> list[str]:
        """The rows as they stand, those above the screen included."""
        return ["".join(cell for cell in row).rstrip() for row in self._grid]

    @property
    def cursor(self) -> tuple[int, int]:
        """Its row, counted as in `lines`, and its column."""
        return self._y, self._x

    def _show(self, char: str) -> None:
        if char == "\r":
            self._x = 0
        elif char == "\n":
            self._down()
        elif char == "\b":
            self._x = max(0, self._x - 1)
        elif char >= " ":
            width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
            if self._x + width > self._columns:
                self._x = 0
                self._down()
            row = self._grid[self._y]
            row.extend(" " * (self._x + width - len(row)))
            row[self._x : self._x + width] = [char, ""][:width]
            self._x += width

    def _down(self) -> None:
        self._y += 1
        while len(self._grid) <= self._y:
            self._grid.append([])
        self._top = max(self._top, self._y - self._rows + 1)

    def _control(self, numbers: str, name: str) -> None:
        counts = [int(n or 0) for n in numbers.split(";")]
        count = max(1, counts[0])
        match name:
            case "A":
                self._y = max(self._top, self._y - count)
            case "B":
                for _ in range(count):
                    self._down()
            case "C":
                self._x = min(self._columns - 1, self._x + count)
            case "D":
                self._x = max(0, self._x - count)
            case "H":
                self._y = self._top + count - 1
                self._x = max(1, *counts[1:2], 0) - 1
                while len(self._grid) <= self._y:
                    self._grid.append([])
            case "J" if counts[0] == 0:
                del self._grid[self._y][self._x :]
                del self._grid[self._y + 1 :]
            case "K" if counts[0] == 0:
                del self._grid[self._y][self._x :]
