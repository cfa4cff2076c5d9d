"""What is so and what is not, told apart: "not X but Y", "doesn't X, it Ys", "Y, not X"."""

from __future__ import annotations

import re

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|does|do|can|could|may|might|must|will|would|should|\w{2,}s)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\bnot\s+(?:necessarily|always|quite|really|exactly|all)\b", re.IGNORECASE)
"""What denies nothing."""
_NOT_BUT = re.compile(
    r"\bnot\s+(?:just\s+|only\s+)?(.{2,80}?),?\s+but\s+(?:rather\s+|also\s+)?", re.I
)
_DENIED = re.compile(
    r"^(?P<who>[^,;:]{2,50}?)\s+(?P<not>does(?:n['’]t| not)|do(?:n['’]t| not))\s+"
    r"(?!\w*(?:ly|always|just|even|quite)\b)(?P<verb>[a-z]+)(?P<rest>[^,;:]{0,50})"
    r",\s+(?:(?:it|they)\s+|but\s+(?:it\s+|they\s+)?)(?P<so>[^,;]\S*.{8,})$"
)
"""What somebody does not do and does instead."""
_BUT_NOT = re.compile(
    r",\s+(?:and\s+)?not\s+(?P<not>(?:[^\s,.;]+\s*){1,8})\.?$|\s+(?:[-–—]+\s+)not\s+(?P<dash>(?:[^\s,.;]+\s*){1,8})\.?$",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\bnot\s+(?:just|only|merely|simply)\b", re.IGNORECASE)
_SUBJECTLESS = re.compile(
    r"^(?:its?|their|his|her|that|this|those|these|they|he|she)\b", re.IGNORECASE
)


def contrast(part: str) -> tuple[str, list[str], list[str]]:
    """What is so; what is not so, as claims of their own; and what is left as a point of its own, "Not X".

    A denial that could not be said as a wrong claim is a point, for who answers "Y" has not said it.
    """
    if _ONLY.search(part) or _VAGUE.search(part):
        return part, [], []
    if (match := _NOT_BUT.search(part)) and not _SUBJECTLESS.match(match[1]):
        head = part[: match.start()]
        if _is_subject(head):
            return f"{head}{part[match.end() :]}", [f"{head}{match[1]}"], []
    elif match := _DENIED.match(part):
        verb = (
            match["verb"]
            if match["not"].startswith("don") or match["not"] == "do not"
            else _s(match["verb"])
        )
        so = match["so"].removeprefix(f"{match['who'].lower()} ")
        return f"{match['who']} {so}", [f"{match['who']} {verb}{match['rest']}"], []
    elif match := _BUT_NOT.search(part):
        so, denied = part[: match.start()], (match["not"] or match["dash"]).strip()
        if swapped := _swapped(so, denied):
            return so, [swapped], []
        if len(so.split()) > 1 and not so.rstrip().endswith(":"):
            return so, [], [f"not {denied}"]
    return part, [], []


def _s(verb: str) -> str:
    """The verb with he, she or it."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"


def _is_subject(head: str) -> bool:
    """Whether it is a subject with its verb: "The clock returns", not "Fix:" nor "A commit"."""
    said = head.split()
    return (
        len(said) > 1
        and head[-1:] == " "
        and bool(_VERB.search(" ".join(said[1:])))
        and ":" not in head
    )


def _swapped(so: str, denied: str) -> str:
    """ "It has 128 bits", not "64 bits": "It has 64 bits". Empty where no end of it is alike."""
    said, other = so.split(), denied.split()
    end = said[-len(other) :]
    alike = len(end) == len(other) > 1 and end[-1].casefold() == other[-1].casefold()
    return " ".join((*said[: -len(other)], *other)) if alike and end != other else ""
