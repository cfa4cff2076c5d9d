"""Text from outside in Markdown: escaped where it would be markup, and nowhere else.

Markup is what CommonMark, GitHub's tables, strikethrough and bare links, and GitHub's emoji and
formulas make of it. A text stands between other words of its line, so its edges count as if
anything stood there.
"""

from __future__ import annotations

import re

from interviewer.common.text import one_line, printable

_START = re.compile(
    r"""
      \#{1,6}(?=\s|$)                        # a heading
    | [-+*](?=\s|$) | \d{1,9}(?=[.)](?:\s|$))  # a list
    | >                                      # a quote
    | \[                                     # a task, a footnote, the address of a link
    | [-=_*](?=[-=_*\s]*$)                   # a rule, the line below a heading
    | [-:|](?=[-:|\s]*$)                     # the second line of a table
    """,
    re.VERBOSE,
)
_INSIDE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)                # what escapes
    | `
    | (?<!\s)\*++ | \*++(?!\s)               # emphasis, unless space stands on both sides
    | (?<![^\W_])(?<!_)_++(?!\s) | (?<!\s)_++(?![^\W_])  # the same, unless inside a word
    | (?<!\s)[~$]+ | [~$]{2,}                # what may end a deletion or a formula
    | \](?=\(|$)                             # a link
    | <(?=[A-Za-z/!?]|$)                     # an element, a comment, a link
    | &(?=\#?\w*;|\#?\w*$)                   # a character by name
    | (?:(?<=http)|(?<=https)|(?<=ftp)):(?=//) | (?:(?<=mailto)|(?<=xmpp)):  # a bare link
    | (?<=www)\. | (?<=[\w.+-])@(?=\w)
    | (?<!\w):(?=[\w+-]+:) | :(?=[\w+-]*[A-Za-z][\w+-]*:)  # an emoji
    | (?<=\s)\#+$                            # the end of a heading
    """,
    re.VERBOSE | re.IGNORECASE,
)


def markdown(text: str) -> str:
    """The text so escaped that Markdown shows it as it is, on one line."""
    return _escaped(one_line(text))


def cell(text: str) -> str:
    """The same for a cell of a table."""
    return markdown(text).replace("|", r"\|")


def markdown_block(text: str) -> str:
    """The text as an escaped block quote that keeps its line breaks."""
    lines = printable(text).split("\n")
    return "\n".join("> " + _escaped(line.strip()) + "  " for line in lines).rstrip()


def _escaped(line: str) -> str:
    start = _START.match(line)
    if start is None:
        return _INSIDE.sub(_each, line)
    # A list's number is escaped behind its digits, all else before its first character.
    head = start[0] + "\\" if start[0].isdecimal() else "\\" + start[0][0]
    taken = len(start[0]) if start[0].isdecimal() else 1
    rest = _INSIDE.sub(_each, line[taken:]) if taken < len(line) else ""
    return head + rest


def _each(match: re.Match[str]) -> str:
    return "".join(f"\\{char}" for char in match[0])
