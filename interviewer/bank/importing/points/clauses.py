"""A sentence in clauses of one point each: two subjects with their verbs, two verbs of one subject, a remark behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.bank.importing.points.splitting import outside, parts, split

_AUX = (
    r"(?:is|are|was|were|has|have|can|cannot|could|may|must|will|should|does|do|never|always"
    r"|(?:is|are|was|were|does|do|has|have|would|could|should)n['’]t|can['’]t|won['’]t)"
)
_NO_SUBJECT = r"(?:it|they|this|that|these|those|which|who|what|where|when|while|because|if|so|all|both|and)\b"
_TWO = re.compile(
    rf"(?:,\s+(?:and\s+)?|\s+and\s+)(?=(?!{_NO_SUBJECT})"
    rf"(?:(?!(?:that|they|which|who|it|you|we)\b)[\w'’-]+\s+){{1,3}}{_AUX}\b)",
    re.IGNORECASE,
)
"""Before a second subject with its verb: "Readers don't block writers and writers don't block readers"."""
_SAID = re.compile(rf"\b{_AUX}\s+(?!not\W*$)\w", re.IGNORECASE)
_NEAR = 30
_LEADS = re.compile(
    r"^(?:if|when|while|whenever|because|as|since|once|after|before|until|unless|although|though|to|in|on|at|by|for|from"
    r"|with|without|under|within|during|per|given|where)\b",
    re.IGNORECASE,
)
"""What a clause begins with that another one depends on."""
_FOLLOWS = (
    r"(?:an?|the|its?|it|them|each|every|all|any|only|no|one|two|three|new|their|itself|that|those|these|there|out|up|back|how"
    r"|which|what|whether|more|less|fewer|many|several|another|other|high|low|both|old|late)"
)
_TO = r"(?:at|to|into|in|for|from|with|as|by|on|over)"
_SECOND = re.compile(
    rf"(?:,\s+(?:and\s+|but\s+|then\s+)?|\s+(?:and|but)\s+)(?=(?:also\s+|then\s+)?(?:(?:is|has|can|may|must|needs|does)\s+\w"
    rf"|[a-z]{{3,}}(?<!s)s\s+(?:{_FOLLOWS}|{_TO})\b))"
)
"""Before a further verb of the same subject: "remembers the key and jumps there"."""
_SUBJECT = re.compile(
    r"^(?P<who>(?:It|(?:An?|The)\s[\w-]+(?:\s[\w-]+)??|Each\s\w+|Every\s\w+|[A-Z][\w./+-]*[^\Ws](?:\s[A-Z][\w/+-]*)?|`[^`]{{1,40}}`))"
    r"\s+(?:is|has|can|may|must|[a-z]{2,}(?<!s)s)\s+(?!of\b)\w"
)
_WITH_TO = re.compile(rf"^(?:also\s+|then\s+)?[a-z]+s\s+({_TO})\b")
_WITH_RELATIVE = re.compile(r"^(?P<who>(?:An?|The|Each|Every)\s[\w-]+)\s+(?:that|which|who)\s")
_BEGINS = re.compile(rf"^[A-Za-z][a-z]{{2,}}(?<!s)s\s+(?!of\b){_FOLLOWS}\b")
_BEGINS_LABELLED = re.compile(r"^[A-Za-z][a-z]{2,}(?<!s)s\s+(?!of\b)\w")
_REMARK = re.compile(
    r",\s+(?=(?:good|bad|best|better|worse|useful|cheap|cheaper|expensive|slow|slower|faster|easy|hard|ideal|great|poor"
    r"|safe)\b(?![^,]*\s(?:is|are|was|were|has|have|can|does|do)\s)|[a-z]{3,}ed\s+(?:with|by|as|to|from)\s[^,]*$)"
)
"""Before a remark on what stands before it: "in place, good for reads", "a version, tagged with its writer"."""
_ALIKE = re.compile(
    r"^(?:an?|the|no|few|fewer|many|more|less|one|two|large|small|bigger|smaller|slower|faster|cheaper|higher|lower|better"
    r"|worse|longer|shorter|equality|every|each)\b",
    re.IGNORECASE,
)
_AND = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_SENTENCE_LIKE = re.compile(rf"\b(?:it|they|you|we|that|which|who|{_AUX})\b", re.IGNORECASE)


def pair(text: str) -> list[str]:
    """The things that a phrase behind a label names: "a bigger index and slower writes"; else the text."""
    found = split(_AND, text)
    if len(found) > 1 and all(map(_ALIKE.match, found)):
        short = all(len(outside(part)) <= 8 for part in found)
        if short and not _SENTENCE_LIKE.search(text):
            return found
    return [text]


def clauses(text: str, *, labelled: bool = False) -> list[str]:
    """The clauses of a sentence; those that share its subject with it said again. labelled: whether the text
    is about what a label before it names, so that it may begin with a verb."""
    out: list[str] = []
    for one in _two(text):
        first, *remarks = parts(_REMARK, one, 1)
        out += [*_verbs(first, labelled=labelled), *remarks]
    return out


def _two(text: str) -> list[str]:
    if _LEADS.match(text) or "?" in text:
        return [text]
    found = parts(_TWO, text, 2)
    # "Yeast is healthy, and temperature and pressure are constant": what stands before "and" may be named with it.
    clear = all(_SAID.search(part) and ", " not in part[-_NEAR:] for part in found[:-1])
    return found if clear and _SAID.search(found[-1]) else [text]


def _verbs(text: str, *, labelled: bool) -> list[str]:
    """ "It finds a cycle and aborts a victim": "It finds a cycle", "It aborts a victim"."""
    subject = _WITH_RELATIVE.match(text) or _SUBJECT.match(text)
    if subject is None and not ((_BEGINS_LABELLED if labelled else _BEGINS).match(text)):
        return [text]
    if subject is not None and _LEADS.match(text):
        return [text]
    found = _joined(parts(_SECOND, text, 1))
    # "UNION drops doubles, UNION ALL keeps them and is faster": which of the two is?
    if len(found) < 2 or ", " in re.sub(r"\([^()]*\)", "", found[0]):
        return [text]
    who = f"{subject['who']} " if subject else ""
    return [found[0], *(f"{who}{part}" for part in found[1:])]


def _names(before: str, part: str) -> bool:
    """Whether a part begins with a thing that is named after another rather than with a verb: "lookups and inserts
    in O(1)", "trees for search and values for storage"."""
    match = _WITH_TO.match(part)
    return match is not None and (
        re.search(r"(?<!s)s$", before) is not None or f" {match[1]} " in f" {before} "
    )


def _joined(found: Sequence[str]) -> list[str]:
    """The parts, of which one that begins with no verb, or has nothing else to say, stays with the one before."""
    out: list[str] = []
    sure = any(not _WITH_TO.match(part) for part in found[1:])
    for part in found:
        if out and (
            len(part.split()) < 2 or (_WITH_TO.match(part) and not sure) or _names(out[-1], part)
        ):
            out[-1] = f"{out[-1]} and {part}"
        else:
            out.append(part)
    return out
