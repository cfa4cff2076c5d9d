"""Small charts out of characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

_BLOCKS = " ▁▂▃▄▅▆▇█"
_PLAIN = " ._-=+*#@"
T = TypeVar("T")


def thin(items: Sequence[T], most: int) -> list[T]:
    """At most so many of the items, evenly spaced, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    if most < 2:
        return list(items[-most:]) if most else []
    step = (len(items) - 1) / (most - 1)
    return [items[round(i * step)] for i in range(most)]


def spark(values: Sequence[float], width: int, *, plain: bool = False) -> str:
    """The values, from 0 to 1, as one line of at most `width` characters.

    Even a zero shows, as the lowest mark. plain: ASCII only.
    """
    marks = (_PLAIN if plain else _BLOCKS)[1:]
    return "".join(marks[_step(value, len(marks))] for value in thin(values, width))


def _step(value: float, steps: int) -> int:
    return min(steps - 1, max(0, int(value * steps)))


def columns(
    values: Sequence[float],
    width: int,
    height: int,
    *,
    top: float,
    mark: float | None = None,
    plain: bool = False,
) -> list[str]:
    """The values, from 0 to `top`, as columns on `height` lines, the upper one first.

    mark: a level to show as a dashed line behind them.
    """
    marks = _PLAIN if plain else _BLOCKS
    shown = thin(values, width)
    eighths = [round(min(1.0, max(0.0, v / top)) * height * 8) if top > 0 else 0 for v in shown]
    dashed = None
    if mark is not None and top > 0:
        dashed = min(height - 1, max(0, int(mark / top * height - 1e-9)))
    lines = []
    for row in range(height - 1, -1, -1):
        empty = ("-" if plain else "┄") if row == dashed else " "
        cells = (min(8, max(0, level - row * 8)) for level in eighths)
        line = "".join(marks[cell] if cell else empty for cell in cells)
        lines.append(line + (empty * (width - len(shown)) if row == dashed else ""))
    return [line.rstrip() for line in lines]
