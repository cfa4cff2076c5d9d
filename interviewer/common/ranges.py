"""Numbers of questions in short: 1-3,7."""

from __future__ import annotations

import re

_RANGE = re.compile(r"^(\d+)(?:-(\d+))?$")


def parse_numbers(text: str) -> tuple[int, ...]:
    """ "1-3,7" as (1, 2, 3, 7), each number once. Raises ValueError with the offending part."""
    numbers: dict[int, None] = {}
    for part in text.replace(" ", "").split(","):
        match = _RANGE.match(part)
        if not match:
            raise ValueError(f"'{part}' is neither a number nor a range such as 1-15")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last - first > 10_000:
            raise ValueError(f"'{part}' is not a range from low to high")
        numbers.update(dict.fromkeys(range(first, last + 1)))
    return tuple(numbers)
