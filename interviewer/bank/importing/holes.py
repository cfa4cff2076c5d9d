"""Where a formula or picture was lost on the way into a text, seen by what it left behind."""

from __future__ import annotations

import re

_HOLES: tuple[tuple[str, str], ...] = (
    (r"(?:^|(?<=\s))[.,;:](?=\s|$)(?!\.)", "nothing before a '{}'"),
    (r"\(\s+(?=\S)", "nothing after a '('"),
    (r"(?<=\S)\s+\)", "nothing before a ')'"),
    (r"\(\s*\)", "empty brackets"),
    (r"(?<=[a-z]\s)-(?=[a-z]{2})", "nothing before a '-'"),
    (r"(?<![=:\s])\s+\?", "nothing before a '?'"),
    (r"\$\$\s*\$\$|(?<!\$)\$\s+\$(?!\$)", "an empty formula"),
    (r"!\[[^\]]{0,200}\]\([^)]{0,500}\)|\[(?:image|formula|equation|figure)\]", "a picture"),
    (r"\ufffd", "an unreadable character"),
)
_FOUND = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in _HOLES)
_AROUND = 24


_WIDE = re.compile(r"\s{40,}")


def squeezed(text: str) -> str:
    """The text with long runs of white space cut short: patterns take time square in their length."""
    return _WIDE.sub(lambda found: found[0][:40], text)


def holes(text: str) -> list[str]:
    """What seems to be lost in the text, each with the words around it."""
    text = squeezed(text)
    found: list[tuple[int, str]] = []
    for pattern, words in _FOUND:
        for match in pattern.finditer(text):
            sign = match[0].strip()
            start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
            near = " ".join(text[start:end].split())
            found.append((match.start(), f"{words.format(sign)}: … {near} …"))
    return [words for _, words in sorted(found)]


def mended(text: str) -> str:
    """The text without the signs that hang in the air around a hole."""
    text = squeezed(text)
    text = re.sub(r"!\[[^\]]{0,200}\]\([^)]{0,500}\)|\$\$\s*\$\$|\(\s*\)|\ufffd", " ", text)
    text = re.sub(r"\(\s+", "(", text)
    text = re.sub(r"\s+\)", ")", text)
    text = re.sub(r"^\s*[.,;:](?!\.)\s*", "", text)
    return " ".join(re.sub(r"\s+([.,;:?])(?=\s|$)(?!\.)", r"\1", text).split())
