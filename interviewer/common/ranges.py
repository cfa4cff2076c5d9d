"""Numbers of questions in short: 1-3, 7."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_NUMBER = 100_000
"""Of a question. What counts up to the highest number must come to an end."""

_RANGE = re.compile(r"^([0-9]+)(?:-([0-9]+))?$")


def parse_numbers(text: str) -> tuple[int, ...]:
    """ "1-3,7" as (1, 2, 3, 7), each number once. Raises ValueError with the offending part."""
    numbers: dict[int, None] = {}
    total = 0
    for part in text.replace(" ", "").split(","):
        match = _RANGE.match(part)
        if not match:
            raise ValueError(f"'{part[:40]}' is neither a number nor a range such as 1-15")
        first, last = _whole(match[1]), _whole(match[2] or match[1])
        if last < first:
            raise ValueError(f"'{part[:40]}' is not a range from low to high")
        if last > MAX_NUMBER:
            raise ValueError(f"'{part[:40]}' is too long: {MAX_NUMBER} is the highest number")
        total += last - first + 1
        if total > MAX_NUMBER:
            raise ValueError(f"up to '{part[:40]}' there are more than {MAX_NUMBER} numbers")
        numbers.update(dict.fromkeys(range(first, last + 1)))
    return tuple(numbers)


def _whole(digits: str) -> int:
    """The number, or one beyond the highest where there are too many digits to be one below."""
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(MAX_NUMBER)) else MAX_NUMBER + 1


def in_short(numbers: Iterable[int]) -> str:
    """ "1-3, 7" for 1, 2, 3, 7 in any order: what `parse_numbers` reads."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)
