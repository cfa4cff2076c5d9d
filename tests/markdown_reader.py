"""Markdown read back by a parser of CommonMark with GitHub's tables and strikethrough."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_WORDS = ("text", "text_special")


def tokens(text: str, *, quotes: bool = True) -> Iterator[Token]:
    """Every token, those inside of others too. quotes: those of block quotes as well."""
    depth = 0
    for token in PARSER.parse(text):
        depth += token.nesting if token.type.startswith("blockquote") else 0
        if quotes or not depth:
            yield token
            yield from token.children or ()


def skeleton(text: str, *, quotes: bool = True) -> list[str]:
    """What the text is made of, words left out."""
    return [t.type for t in tokens(text, quotes=quotes) if t.type not in _WORDS]


def words(text: str) -> str:
    """What is read on the page."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(t.type, t.content if t.type in _WORDS else "") for t in tokens(text))


QUOTED = {
    *("blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"),
    *("inline", "hardbreak"),
}
"""All that an answer in a block quote is made of."""


def in_quotes(text: str) -> set[str]:
    """What its block quotes are made of."""
    depth, found = 0, set()
    for token in PARSER.parse(text):
        opens = token.type.startswith("blockquote")
        depth += token.nesting if opens else 0
        if depth or opens:
            found |= {t.type for t in (token, *(token.children or ())) if t.type not in _WORDS}
    return found
