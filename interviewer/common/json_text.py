"""JSON from outside, read strictly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

MAX_DEPTH = 32
"""Of lists and objects in one another. What is read later walks them, and some of it by recursion."""

_MAX_DIGITS = 400
"""Of a whole number; the largest float has 309."""


def loads(text: str | bytes) -> Any:
    """The value. Raises ValueError for what is no JSON, an object with one key twice, a whole number
    of over 400 digits, and values nested more than 32 deep. NaN and Infinity are let through.
    """
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except RecursionError:
        raise ValueError(f"nested more than {MAX_DEPTH} deep") from None
    if _too_deep(text, found):
        raise ValueError(f"nested more than {MAX_DEPTH} deep")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key '{twice[:60]}' stands twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _too_deep(text: str | bytes, found: Any) -> bool:
    shown = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if shown.count(b"[") + shown.count(b"{") <= MAX_DEPTH:  # the usual case, seen without a walk
        return False
    level = [found]
    for _ in range(MAX_DEPTH):
        level = [child for value in level for child in _children(value)]
    return any(isinstance(value, dict | list) for value in level)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
