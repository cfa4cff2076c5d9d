"""What models write for JSON, made JSON in one pass: nothing is guessed of what it says."""

from __future__ import annotations

import re

_LATEX = re.compile(
    r"(?<!\\)\\(?=(?:approx|bar|begin|beta|bf|big|bm|bot|frac|forall|nabla|ne|neq|neg|not|nu|rho|rm|right"
    r"|rightarrow|tanh?|tau|text(?:bf|it|rm)?|theta|tilde|times|to|top|underbrace|underline|uparrow"
    r"|boldsymbol|binom|bigl?|bigr|fbox|flat)(?![a-z]))"
)
"""Commands whose first letter would make a JSON escape of the backslash before them."""

_ESCAPE = re.compile(r'["\\/bfnrt]|u[0-9a-fA-F]{4}')
_TRAILING = re.compile(r",(?=\s*[}\]])")
_LINE = re.compile(r"[^\r\n]*")
_JSON = {"True": "true", "False": "false", "None": "null"}
_PYTHON = re.compile(rf"(?:{'|'.join(_JSON)})\b")
_CLOSES = re.compile(r"\s*(?:[:,}\]]|$)")


def with_latex(text: str) -> str:
    """The text with the backslash of LaTeX commands doubled that JSON would read as an escape."""
    return _LATEX.sub(r"\\\\", text)


def mended(text: str) -> str:
    """The text with single quotes around strings and keys made double, a lone backslash (as LaTeX
    has) doubled, and taken out of it commas before a closing bracket and comments to the end of a line;
    Python's words for true, false and null are JSON's."""
    text = with_latex(text)
    out: list[str] = []
    quote = ""
    at = 0
    while at < len(text):
        char = text[at]
        if not quote:
            if text.startswith("//", at):
                at = _LINE.match(text, at).end()  # type: ignore[union-attr]
                continue
            if (word := _PYTHON.match(text, at)) and _opens(out):
                out.append(_JSON[word[0]])
                at = word.end()
                continue
            trailing = char == "," and _TRAILING.match(text, at)
            if char in "\"'" and (char == '"' or _opens(out)):
                quote, char = char, '"'
            out.append("" if trailing else char)
        elif char == "\\":
            pair = text[at : at + 2]
            if _ESCAPE.match(text, at + 1):
                out.append(pair)
                at += 1
            elif pair == "\\'":
                out.append("'")
                at += 1
            else:
                out.append("\\\\")
        elif char == quote and (quote == '"' or _CLOSES.match(text, at + 1)):
            quote = ""
            out.append('"')
        else:
            out.append('\\"' if char == '"' else char)
        at += 1
    return "".join(out)


def _opens(out: list[str]) -> bool:
    """Whether a value may begin here: a single quote is then no apostrophe of the prose around."""
    before = next((c for c in reversed(out) if c.strip()), "")
    return before in ("{", "[", ",", ":")
