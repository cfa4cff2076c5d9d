"""Obsidian and Notion: properties, callouts, cards, links between notes.

Callouts: https://help.obsidian.md/callouts. Cards: those of the Spaced Repetition plugin, `Q::A`, `Q:::A`, and
`?` or `??` on a line between the two.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from interviewer.bank.importing.pages.page import ANSWER, Page

_PROPERTY = re.compile(r"^(?:[\w -]{1,40}:(?:\s|$)|\s+\S|-\s)")
_MOST_PROPERTIES = 60
_FIELD = re.compile(r"^\s*(?:[-*]\s+)?\[?([\w-]{1,30})::\s+\S.*$")
_CARD = re.compile(r"^\s*(?:[-*]\s+)?(?P<q>[^:`].{0,500}?)\s?:::?\s?(?P<a>[^:\s].*)$")
_TURN = re.compile(r"^\s*\?\??\s*$")
_CALLOUT = re.compile(
    r"^\s{0,3}(?P<depth>>(?:\s?>)*)\s?\[!(?P<kind>[\w-]{1,30})\][-+]?\s*(?P<title>.*)$"
)
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_ASKS = {"question", "faq", "help"}
_ANSWERS = {"success", "check", "done", "answer", "solution"}
_COMMENT = re.compile(r"<!--.{0,500}?-->|%%.{1,500}?%%")
_LINK = re.compile(r"(!?)\[\[(?![\s\d'\"-])(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
"""A link to a note, and no list of lists."""
_BLOCK = re.compile(r"\s+\^(?=[\w-]*[a-z])[\w-]{3,40}\s*$", re.IGNORECASE)
_TAGS = re.compile(r"(?:(?<=\S)\s+#[a-z][\w/-]*)+\s*$", re.IGNORECASE)
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,400}?)(?<=\S)==")
_HASH = re.compile(r"^(#\s+.{1,200}?)\s+[0-9a-f]{20,32}\s*$")
"""Behind the title of a page that Notion exported."""
_PAIRS = 2
"""Lines with a question, "::" and an answer from which on these are taken for cards."""


def unwrap(page: Page) -> None:
    """Take off what these programs put around the words; callouts and cards become "Q:" and "A:"."""
    cards = any("flashcards" in line for line in page.lines)
    _properties(page)
    _comments(page)
    _callouts(page)
    _cards(page, cards=cards)
    vault = cards or bool(page.ends) or any(map(_LINK.search, page.lines))
    for at, line in enumerate(page.lines):
        if not page.code[at] and line:
            bare = _HASH.sub(r"\1", _LINK.sub(_linked, line))
            page.lines[at] = (
                _MARKED.sub(r"\1", _TAGS.sub("", _BLOCK.sub("", bare))) if vault else bare
            )


def _linked(found: re.Match[str]) -> str:
    return "[image]" if found[1] else found[2]


def _properties(page: Page) -> None:
    if not page.lines or page.lines[0].strip() != "---":
        return
    for end in range(1, min(len(page.lines), _MOST_PROPERTIES)):
        line = page.lines[end]
        if line.strip() in {"---", "..."}:
            if end > 1:
                page.leave(0, "properties of the page", end + 1)
            return
        if line.strip() and not _PROPERTY.match(line):
            return


def _comments(page: Page) -> None:
    closing = [at for at, line in enumerate(page.lines) if "-->" in line] + [len(page.lines)]
    for at, line in enumerate(page.lines):
        if page.code[at] or ("<!--" not in line and "%%" not in line):
            continue
        bare = _COMMENT.sub("", line)
        if "<!--" in bare:
            end = closing[bisect_right(closing, at)]
            if end < len(page.lines) and not bare.partition("<!--")[0].strip():
                page.leave(at, "a comment", end + 1)
                continue
        if bare != line:
            page.leave(at, "a comment", kept=bare)


def _callouts(page: Page) -> None:
    """A callout that asks is a question up to its end; one within it is part of its answer."""
    at = 0
    while at < len(page.lines):
        found = None if page.code[at] else _CALLOUT.match(page.lines[at])
        if not found:
            at += 1
            continue
        end = at + 1
        while (
            end < len(page.lines) and _QUOTE.match(page.lines[end]) and not _opens(page.lines[end])
        ):
            end += 1
        _callout(page, at, end, found)
        at = end


def _opens(line: str) -> bool:
    found = _CALLOUT.match(line)
    return found is not None and found["depth"].count(">") == 1


def _callout(page: Page, at: int, end: int, found: re.Match[str]) -> None:
    title = found["title"].strip()
    if _hides(found):
        page.ends.add(end)
        for inner in range(at + 1, end):
            page.lines[inner] = _QUOTE.sub("", page.lines[inner])
        page.lines[at] = f"A: {'' if ANSWER.match(title) else title}"
        return
    page.ends |= {at, end}
    if found["kind"].casefold() not in _ASKS and "?" not in title:
        page.leave(at, "a callout that asks nothing", end)
        return
    page.lines[at] = f"Q: {title}" if title else ""
    for inner in range(at + 1, end):
        line = _QUOTE.sub("", page.lines[inner])
        if within := _CALLOUT.match(line):
            said = within["title"].strip()
            line = f"A: {'' if ANSWER.match(said) else said}" if _hides(within) else said
        elif not title and line.strip():
            title = line.strip()
            line = f"Q: {title}"
        page.lines[inner] = line


def _hides(found: re.Match[str]) -> bool:
    """Whether the callout holds an answer."""
    return found["kind"].casefold() in _ANSWERS or bool(ANSWER.match(found["title"].strip()))


def _cards(page: Page, *, cards: bool) -> None:
    """cards: whether the page is tagged as one of cards."""
    open_ = [at for at, inside in enumerate(page.code) if not inside]
    pairs = [(at, found) for at in open_ if (found := _CARD.match(page.lines[at]))
             and not _FIELD.match(page.lines[at])]  # fmt: skip
    told = [at for at, found in pairs if found["q"].rstrip().endswith("?")]
    if cards or len(told) >= _PAIRS:
        for at, found in pairs:
            asked, answer = found["q"].strip(), found["a"].strip()
            page.lines[at] = f"Q: {asked}{' ' if asked.endswith('?') else ': '}{answer}"
            page.ends |= {at, at + 1}
    fields = [at for at in open_ if _FIELD.match(page.lines[at])]
    for at in fields if told or any(map(_LINK.search, page.lines)) else []:
        page.leave(at, "a property")
    blank = [at for at, line in enumerate(page.lines) if not line.strip()] + [len(page.lines)]
    for at in open_:
        if at and _TURN.match(page.lines[at]) and page.lines[at - 1].strip():
            page.lines[at - 1] = f"Q: {page.lines[at - 1].strip()}"
            page.lines[at] = "A:"
            page.ends |= {at - 1, blank[bisect_right(blank, at)]}
