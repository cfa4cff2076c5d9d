"""Thinking cut off a reply before anything in it is read.

A model may put its thinking into a field of its own, between tags, or before a closing tag whose
opening one stood in the prompt. What it tries out there is a draft, and never an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_NAMES = r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|seed:think|analysis)"
_OPENS = re.compile(
    rf"<{_NAMES}(?:\s[^<>]{{0,80}})?>|\[THINK\]|<\|begin_of_thought\|>|◁think▷"
    r"|<\|channel\|>\s*(?:analysis|commentary)",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"</{_NAMES}\s*>|\[/THINK\]|<\|end_of_thought\|>|◁/think▷"
    r"|<\|channel\|>\s*final\b(?:\s*<\|message\|>)?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"<\|(?:start\|>\s*assistant|end\|>|return\|>|message\|>)")
_FENCED = re.compile(r"^```\w*\s*\n(.*?)\n?```$", re.DOTALL)


class WithoutThinking(NamedTuple):
    """What is left to read. thought: whether any thinking was cut off."""

    text: str
    thought: bool


def cut_off(raw: str, *, unfinished: bool = False) -> WithoutThinking:
    """The reply without its thinking; nothing of it is left where the thinking does not end.

    unfinished: the reply broke off, of a model that is known to think. Without a closing tag, all
    there is of it may be thinking whose opening tag stood in the prompt.
    """
    closing = list(_CLOSES.finditer(raw))
    text = raw[closing[-1].end() :] if closing else raw
    opening = _OPENS.search(text)
    if opening:
        text = text[: opening.start()]
    if not closing and unfinished:
        text = ""
    thought = bool(closing or opening or (unfinished and raw.strip()))
    return WithoutThinking(_MARKS.sub("", text).lstrip() if thought else text, thought)


def may_begin_json(text: str) -> bool:
    """Whether a reply that breaks off is the JSON that was asked for, rather than thinking aloud."""
    return text.lstrip().startswith(("{", "[", "```"))


def settled(reasoning: str, schema: Mapping[str, Any]) -> str:
    """The reasoning, where it is nothing but the JSON that the schema requires; "" otherwise.

    Some servers put a whole structured reply there (LM Studio, vLLM). JSON among other words is a
    draft and does not count.
    """
    text = cut_off(reasoning).text.strip()
    fenced = _FENCED.match(text)
    text = fenced[1].strip() if fenced else text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    needed = schema.get("required") or ()
    covered = isinstance(found, dict) and needed and all(name in found for name in needed)
    return text if covered else ""
