"""Messages as chat programs export or copy them, as "Name: text"."""

from __future__ import annotations

import re

from interviewer.bank.importing.pages.page import Page

_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}"
_NAME = r"(?P<name>[^:\[\]]{1,40}?)"
_EXPORTED = re.compile(
    rf"^\W{{0,2}}(?:{_DAY},?\s+{_CLOCK}|{_CLOCK},?\s+{_DAY})\]?\s+(?:[-–]\s+)?~?\s*{_NAME}:\s+(?P<text>\S.*)$"
)
"""WhatsApp: "[14:02, 3/5/2025] Tom: text" and "03/05/2025, 14:02 - Tom: text"."""
_HEAD = re.compile(
    rf"^\s*(?P<name>[A-Z][\w.'-]{{0,24}}(?: [\w.'-]{{1,24}})?)(?:\s{{2,}}|\s+[—–-]\s+|\s*\[)"
    rf"(?:(?:Today|Yesterday)(?:,| at)?\s+|{_DAY},?\s+)?{_CLOCK}\]?\s*$"
)
"""Slack and Discord: a line of its own with who and when, "Tom — Today at 2:03 PM"."""


def unwrap(page: Page) -> None:
    """Write who says it before each message."""
    heads = [at for at, line in enumerate(page.lines) if not page.code[at] and _HEAD.match(line)]
    for at in heads if len(heads) > 1 else []:
        found = _HEAD.match(page.lines[at])
        below = (i for i in range(at + 1, len(page.lines)) if page.lines[i].strip())
        to = next(below, None)
        if found and to is not None and to not in heads:
            page.lines[at] = ""
            page.lines[to] = f"{_named(found['name'])}: {page.lines[to].strip()}"
    for at, line in enumerate(page.lines):
        if not page.code[at] and (found := _EXPORTED.match(line)):
            page.lines[at] = f"{_named(found['name'])}: {found['text']}"


def _named(name: str) -> str:
    """The name as the one word of a speaker: its first word, or "Somebody" for a number."""
    word = re.sub(r"[^\w.'-]", "", name.split(maxsplit=1)[0] if name.split() else "")[:24]
    return word[:1].upper() + word[1:] if word[:1].isalpha() else "Somebody"
