"""Keys kept out of everything that is shown or written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

HIDDEN = "[key]"
SHORTEST = 6
"""Shorter values are place-holders; hiding "x" would garble every text."""

_ENDINGS = ("_API_KEY", "_TOKEN", "_SECRET", "_SECRET_KEY", "_ACCESS_KEY", "_PASSWORD")
_BEARER = re.compile(r"(bearer\s+)(?!\[key\])[^\s\"',;]+", re.IGNORECASE)
_LOOKS_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|rk|gsk|hf|xai|key)[-_][A-Za-z0-9_\-]{12,}")
_USER = re.compile(r"(?<=://)[^/@\s]+@")


def key_names(environ: Mapping[str, str] | None = None) -> Iterator[str]:
    """The names of the environment's variables that hold a key."""
    environ = os.environ if environ is None else environ
    for name, value in environ.items():
        if name.upper().endswith(_ENDINGS) and value:
            yield name


def scrub(text: str, environ: Mapping[str, str] | None = None) -> str:
    """The text with keys replaced by "[key]".

    Keys are the values of variables that end in _API_KEY, _TOKEN and the like, bearer tokens, user
    names and passwords in addresses, and whatever has the usual form of a key.
    """
    text = _BEARER.sub(rf"\1{HIDDEN}", hide_values(text, environ))
    return _USER.sub("", _LOOKS_LIKE_A_KEY.sub(HIDDEN, text))


def hide_values(text: str, environ: Mapping[str, str] | None = None) -> str:
    """The text with the environment's own keys replaced, and nothing that merely looks like one."""
    environ = os.environ if environ is None else environ
    values = {environ[name] for name in key_names(environ)}
    for value in sorted(values, key=len, reverse=True):
        if len(value) >= SHORTEST:
            text = text.replace(value, HIDDEN)
    return text


def scrub_data(data: Any) -> Any:
    """JSON data with every text in it scrubbed, its shape kept."""
    if isinstance(data, str):
        return scrub(data)
    if isinstance(data, Mapping):
        return {name: scrub_data(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [scrub_data(value) for value in data]
    return data


def holds_key(text: str) -> bool:
    """Whether the text has the form of a key."""
    return _LOOKS_LIKE_A_KEY.search(text) is not None
