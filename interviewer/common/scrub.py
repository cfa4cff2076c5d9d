"""Keys kept out of everything that is shown or written."""

from __future__ import annotations

import base64
import html
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from interviewer.common.text import UNSEEN

HIDDEN = "[key]"
SHORTEST = 6
"""Shorter values are place-holders; hiding "x" would garble every text."""

SHORTEST_NAME = 3
"""Of a name or password in an address, which is hidden as a whole word of an error."""

_ENDINGS = ("_API_KEY", "_TOKEN", "_SECRET", "_SECRET_KEY", "_ACCESS_KEY", "_PASSWORD")
_ADDRESSES = ("_BASE_URL", "_PROXY")
_BEARER = re.compile(r"(bearer\s+)(?!\[key\])[^\s\"',;]+", re.IGNORECASE)
_BASIC = re.compile(
    r"(basic\s+)(?!\[key\]|realm=|(?-i:[A-Za-z][a-z]*)(?![\w+/=-]))[^\s\"',;]+", re.IGNORECASE
)
"""A word such as in "a basic idea" or "Basic authentication" is no credential."""

_LOOKS_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|rk|gsk|hf|xai|key)[-_][A-Za-z0-9_\-]{12,}")
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_NAMED_TOKEN = 10
"""Of a piece of a path that speaks of secrets; "token" and "tokenizer" are names."""

_SECRET_NAME = re.compile(r"key|token|secret|passw|auth|sig|code|credential", re.IGNORECASE)
_TOKEN_IN_PATH = re.compile(
    r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{16,}"  # letters and digits mixed
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|(?=\w*[a-z])(?=\w*[A-Z])\w{20,}"
)
_ESCAPES = (
    r"\\(?:u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2}|[nrt])|%(?:0[9ad]|20)"
    r"|&(?:#x?[0-9a-f]+|nbsp|shy|zwj|zwnj);"
)
_WITHIN = re.compile(rf"[\s{UNSEEN}]+|{_ESCAPES}", re.IGNORECASE)
"""What may stand between the characters of a key without hiding it from somebody who reads."""

_UNSEEN = re.compile(f"[{UNSEEN}]+")
_ESCAPE = re.compile(_ESCAPES, re.IGNORECASE)
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="
_given: set[str] = set()
_names: set[str] = set()


class _Dress(NamedTuple):
    """A way to write a key, without gaps and in lower case. whole: with all base64 around it."""

    text: str
    whole: bool = False


def key_names(environ: Mapping[str, str] | None = None) -> Iterator[str]:
    """The names of the environment's variables that hold a key."""
    environ = os.environ if environ is None else environ
    for name, value in environ.items():
        if name.upper().endswith(_ENDINGS) and value:
            yield name


def keep_out(address: str) -> None:
    """Hide from now on, in this process, the secrets of an address that is about to be called.

    Its user name, and a password that is short, may be words of an answer: they are hidden in
    errors alone, as whole words.
    """
    _given.update(secrets_in(address))
    _names.update(names_in(address))


def secrets_in(address: str) -> frozenset[str]:
    """The password, alone and with the name as it is sent; secrets of the query, tokens of the
    path."""
    try:
        parts = urlsplit(address)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:
        return frozenset()
    found = {password, parts.password or ""}
    if user or password:
        found.add(f"{user}:{password}")
    found |= {value for name, value in parse_qsl(parts.query) if _SECRET_NAME.search(name)}
    found |= {piece for piece in parts.path.split("/") if is_token(piece)}
    return frozenset(found - {""})


def names_in(address: str) -> frozenset[str]:
    """The user name, and the password if it is short."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return frozenset()
    found = {unquote(parts.username or "")}
    password = unquote(parts.password or "")
    found |= {password} if len(password) < SHORTEST else set()
    return frozenset(name for name in found if len(name) >= SHORTEST_NAME)


def is_token(piece: str) -> bool:
    """Whether a piece of a path looks like a secret rather than a name."""
    named = re.search(r"secret|token|api_?key|passw", piece, re.IGNORECASE)
    return bool(
        (named and len(piece) >= _NAMED_TOKEN) or _TOKEN_IN_PATH.search(piece) or holds_key(piece)
    )


def scrub(text: str, environ: Mapping[str, str] | None = None) -> str:
    """The text with keys replaced by "[key]".

    Keys are the values of variables that end in _API_KEY, _TOKEN and the like, bearer tokens, what
    "Basic" stands before, user names, passwords and tokens in addresses, and whatever has the usual
    form of a key.
    """
    text = _usual_forms(hide_values(text, environ))
    for name in _names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
    return text


def _usual_forms(text: str) -> str:
    text = _BASIC.sub(rf"\1{HIDDEN}", _BEARER.sub(rf"\1{HIDDEN}", text))
    return _USER.sub("", _LOOKS_LIKE_A_KEY.sub(HIDDEN, text))


def hide_values(text: str, environ: Mapping[str, str] | None = None) -> str:
    """The text with known keys replaced, and nothing that merely looks like one.

    Known are those of the environment and of addresses called. They are found in either case,
    reversed, in hexadecimal, base64 and percent-encoding, and with white space or invisible
    characters within.
    """
    environ = os.environ if environ is None else environ
    forms = _forms(tuple(sorted({v for v in _values(environ) if len(v) >= SHORTEST})))
    if not forms or not text:
        return text
    bare = _bare(text)
    found = [form for form in forms if form.text in bare]
    return _without(text, found) if found else text


def _values(environ: Mapping[str, str]) -> Iterator[str]:
    yield from (environ[name] for name in key_names(environ))
    for name, value in environ.items():
        if name.upper().endswith(_ADDRESSES):
            yield from secrets_in(value)
    yield from _given


@lru_cache(maxsize=64)
def _forms(values: tuple[str, ...]) -> tuple[_Dress, ...]:
    """Every way to write those values that is looked for."""
    found: dict[str, _Dress] = {}
    for value in values:
        data = value.encode("utf-8", "surrogateescape")
        plain = (
            *(value, value[::-1], data.hex(), data.hex()[::-1]),
            *(quote(value, safe="", errors="replace"), quote(value, errors="replace")),
            *(quote_plus(value, errors="replace"), "".join(f"%{byte:02x}" for byte in data)),
            *(html.escape(value), json.dumps(value)[1:-1], repr(value)[1:-1]),
        )
        encoded = chain.from_iterable(_base64(data, before) for before in range(3))
        for form in (*map(_Dress, plain), *(_Dress(text, whole=True) for text in encoded)):
            text = _bare(form.text)
            if len(text) >= SHORTEST:
                found.setdefault(text, form._replace(text=text))
    return tuple(found.values())


def _base64(data: bytes, before: int) -> tuple[str, str]:
    """What of the base64 of something that holds `data` depends on it alone, in both alphabets.

    before: how many bytes stand before it, modulo 3.
    """
    first, end = -(-before * 8 // 6), (before + len(data)) * 8 // 6
    text = base64.b64encode(bytes(before) + data).decode("ascii")[first:end]
    return text, text.translate(str.maketrans("+/", "-_"))


def _bare(text: str) -> str:
    """The text without what matches `_WITHIN`, in lower case; in steps, which are quick."""
    text = _UNSEEN.sub("", "".join(text.split()))
    return _lower(_ESCAPE.sub("", text) if any(c in text for c in "\\%&") else text)


def _lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _without(text: str, forms: list[_Dress]) -> str:
    """The text with every occurrence of the forms replaced."""
    kept: list[int] = []
    last = 0
    for gap in _WITHIN.finditer(text):
        kept.extend(range(last, gap.start()))
        last = gap.end()
    kept.extend(range(last, len(text)))
    bare = _lower("".join(text[at] for at in kept))
    spans: list[tuple[int, int]] = []
    for form in forms:
        at = bare.find(form.text)
        while at >= 0:
            start, end = kept[at], kept[at + len(form.text) - 1] + 1
            while form.whole and start > 0 and text[start - 1] in _BASE64:
                start -= 1
            while form.whole and end < len(text) and text[end] in _BASE64:
                end += 1
            spans.append((start, end))
            at = bare.find(form.text, at + 1)
    out, last = [], 0
    for start, end in sorted(spans):
        if start >= last:
            out += [text[last:start], HIDDEN]
        last = max(last, end)
    return "".join([*out, text[last:]])


def scrub_data(data: Any) -> Any:
    """JSON data with the keys hidden in every text, its shape kept."""
    if isinstance(data, str):
        return _usual_forms(hide_values(data))
    if isinstance(data, Mapping):
        return {scrub_data(name): scrub_data(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [scrub_data(value) for value in data]
    return data


def holds_key(text: str) -> bool:
    """Whether the text has the form of a key."""
    return _LOOKS_LIKE_A_KEY.search(text) is not None
