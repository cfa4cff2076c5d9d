"""Text as a reader would take it who sees through disguises: for matching patterns, never for show."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TAGS = range(0xE0020, 0xE007F)
"""Unicode tag characters, which show nothing and stand for ASCII."""

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏոԛԝАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıɡ",
    "aeopcyxijsdhlnqwABEKMHOPCTXYIJSABEZHIKMNOPTYXoig",
)
"""Cyrillic, Greek and other letters that look like Latin ones."""

_LEET = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"\b(?=\w*[a-z@$])[\w@$]*[013457@$][\w@$]*", re.IGNORECASE)
_ROT13 = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "nopqrstuvwxyzabcdefghijklmNOPQRSTUVWXYZABCDEFGHIJKLM",
)
_ENCODED = re.compile(
    r"(?<![\w+/=])(?=[\w+/]*[a-z])(?=[\w+/]*[A-Z])(?=[\w+/]*\d)[A-Za-z0-9+/]{24,}={0,2}(?![\w+/=])"
    r"|(?<!\w)(?:[0-9a-fA-F]{2}){14,}(?!\w)"
)


def plain(text: str) -> str:
    """Compatibility forms, marks, look-alikes and what is not seen, all as plain characters."""
    if text.isascii():
        return text
    out = []
    for char in unicodedata.normalize("NFKD", text):
        if ord(char) in _TAGS:
            out.append(chr(ord(char) - 0xE0000))
        elif unicodedata.category(char) not in ("Cf", "Mn", "Me", "Cc") or char in "\n\t":
            out.append(char)
    return "".join(out).translate(_LOOKALIKES)


@lru_cache(maxsize=512)
def views(text: str) -> tuple[str, ...]:
    """The text as it stands, plain, and with digits read as the letters they look like."""
    shown = plain(text)
    read = _MIXED.sub(lambda m: m[0].translate(_LEET), shown)
    return tuple(dict.fromkeys((text, shown, read)))


@lru_cache(maxsize=512)
def letters(text: str) -> tuple[str, ...]:
    """The letters alone, forwards, backwards and turned by thirteen: gaps and hyphens are gone."""
    out: list[str] = []
    for view in views(text)[1:] or (text,):
        bare = "".join(c for c in view.lower() if c.isalpha())
        out += [bare, bare[::-1], bare.translate(_ROT13)]
    return tuple(dict.fromkeys(out))


def is_encoded(text: str) -> bool:
    """Whether the text holds what looks like base64 or hexadecimal, which nobody says aloud."""
    return bool(_ENCODED.search(text))
