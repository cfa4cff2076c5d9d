"""READMEs and other Markdown with HTML in it: folds, underlined headings, links within the page."""

from __future__ import annotations

import re

from interviewer.bank.importing.pages.page import ANSWER, Page

_SUMMARY = re.compile(r"<summary\b[^<>]{0,200}>(.{0,1000}?)</summary>", re.IGNORECASE | re.DOTALL)
_OPENS = re.compile(r"<details\b", re.IGNORECASE)
_CLOSES = re.compile(r"</details\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LONGEST_SUMMARY, _LONGEST_FOLD = 6, 500
"""Lines."""
_ASIDE = re.compile(
    r"^(?:an?\s+)?(?:hint|tip|example|more|details|code|source|further reading|table of contents|contents|toc)s?\b"
    r"[^?]{0,20}$",
    re.IGNORECASE,
)
"""What is written on a fold that holds neither a question nor its answer."""
_UNDER = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_UNDERLINED = re.compile(r"^\s{0,3}(?![-*+>#|=]|\d+[.)]\s)\S.{0,98}$")
_NUMBERED_HEADING = re.compile(r"^\s{0,3}(\d{1,4}[.)])\s+(#{1,6})\s+(\S.*)$")
_ASKED = re.compile(r"^\s*#{0,6}\s*(?:question|q)\s*#?\s*([0-9]{1,4})?\s*[:.]?\s*$", re.IGNORECASE)
_ANSWERED = re.compile(
    r"^\s*#{0,6}\s*(?:answer|ans|solution)\s*#?\s*[0-9]{0,4}\s*[:.]?\s*$", re.IGNORECASE
)
_LABELS = 2
"""Of a kind from which on a document is taken to be written so."""
_ORG = re.compile(r"^(\*{1,6})\s+(\S.*)$")
_WITHIN = re.compile(
    r"^\s*(?:[-*+]\s+|\d{1,4}[.)]\s+)?[*_]{0,2}\[(?!\^)[^\[\]\n]{1,300}\]\(#[^()\n]{0,300}\)[*_]{0,2}\s*$"
)


def unwrap(page: Page) -> None:
    """Take off what such a page puts around the words; a fold becomes "Q:" or "A:" by what is written on it."""
    _folds(page)
    _labels(page)
    _org(page)
    for at, line in enumerate(page.lines):
        if page.code[at] or not line.strip():
            continue
        if _WITHIN.match(line):
            page.leave(at, "a link within the page")
        elif found := _NUMBERED_HEADING.match(line):
            page.lines[at] = f"{found[2]} {found[1]} {found[3]}"
        elif (level := _underlined(page, at)) is not None:
            page.lines[at] = f"{'#' * level} {line.strip()}"
            page.lines[at + 1] = ""


def _labels(page: Page) -> None:
    """ "Question 1" and "Answer" on lines of their own as "Q1:" and "A:" before what follows."""
    open_ = [at for at, inside in enumerate(page.code) if not inside]
    asked = [(at, found) for at in open_ if (found := _ASKED.match(page.lines[at]))]
    answered = [at for at in open_ if _ANSWERED.match(page.lines[at])]
    if min(len(asked), len(answered)) < _LABELS:
        return
    for at in answered:
        page.lines[at] = "A:"
    for at, found in asked:
        page.lines[at] = ""
        below = range(at + 1, min(at + 4, len(page.lines)))
        if to := next((i for i in below if page.lines[i].strip() and i not in answered), 0):
            page.lines[to] = f"Q{found[1] or ''}: {page.lines[to].strip()}"
            page.ends.add(to)


def _org(page: Page) -> None:
    """The headings of Org, "** Why?", as those of Markdown."""
    heads = [at for at, inside in enumerate(page.code) if not inside and _ORG.match(page.lines[at])]
    if sum(page.lines[at].startswith("**") for at in heads) < _LABELS:
        return
    for at in heads:
        page.lines[at] = _ORG.sub(lambda found: f"{'#' * len(found[1])} {found[2]}", page.lines[at])


def _underlined(page: Page, at: int) -> int | None:
    """The level of a heading whose rule stands on the line below it; None for another line."""
    line = page.lines[at]
    if at + 1 == len(page.lines) or (at and page.lines[at - 1].strip()):
        return None
    found = _UNDER.match(page.lines[at + 1])
    if not found or len(found[1]) < 3 or not _UNDERLINED.match(line) or line.rstrip()[-1] in ".;,":
        return None
    if found[1][0] == "=":
        return 1
    # A rule of three behind a longer line parts it from what follows.
    return 2 if 2 * len(found[1]) >= len(line.strip()) else None


def _folds(page: Page) -> None:
    for at in range(len(page.lines)):
        if page.code[at] or "<" not in page.lines[at]:
            continue
        line = _whole_summary(page, at)
        found = _SUMMARY.search(line)
        said = _written_on(found[1]) if found else ""
        if found and _ASIDE.match(said):
            page.leave(at, f"folded away under '{said}'", _end_of_fold(page, at))
            continue
        if _CLOSES.search(line):
            page.ends.add(at + 1)
        rest = _CLOSES.sub(" ", line[found.end() :] if found else line).rstrip()
        if found and ANSWER.match(said):
            page.lines[at] = f"A: {rest.strip()}"
        elif found:
            page.ends.add(at)
            before = _TAG.sub("", line[: found.start()]).strip()
            page.lines[at] = " ".join(f"Q: {before} {said} {rest}".split())
        else:
            page.lines[at] = rest


def _written_on(summary: str) -> str:
    """What is written on a fold, without tags; code in backticks."""
    code = summary.replace("<code>", "`").replace("</code>", "`")
    return " ".join(_TAG.sub(" ", code).split())


def _whole_summary(page: Page, at: int) -> str:
    """The line, with those behind it in which what is written on a fold goes on."""
    line = page.lines[at]
    if "<summary" not in line.lower() or "</summary" in line.lower():
        return line
    for end in range(at + 1, min(at + _LONGEST_SUMMARY, len(page.lines))):
        line = f"{line} {page.lines[end].strip()}"
        page.lines[end] = ""
        if "</summary" in line.lower():
            break
    return line


def _end_of_fold(page: Page, at: int) -> int:
    depth = 1
    for end in range(at, min(at + _LONGEST_FOLD, len(page.lines))):
        depth += len(_OPENS.findall(page.lines[end])) if end > at else 0
        depth -= len(_CLOSES.findall(page.lines[end]))
        if depth <= 0:
            return end + 1
    return at + 1
