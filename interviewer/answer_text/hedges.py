"""What an answer says once its hedges are out of the way: "maybe S", "S, I think", "S, right?" say S."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"\S.*?(?:(?<![.!?;…])[.!?;…]+(?=\s|$)|\n|$)")
_THINK = (
    r"i(?:'d| would|'m)? (?:(?:just|really|still|kinda?) )?(?:think|thinking|guess|guessing|believe|suppose"
    r"|assume|imagine|reckon|bet|say|want to say|would say)"
)
_NOT_SURE = (
    r"(?:i(?:'m| am) )?not (?:(?:so|too|very|quite|really|totally|entirely|completely|100%|fully) )?"
    r"(?:sure|certain)"
)
_RECALL = (
    r"if i(?:'m| am) not (?:mistaken|wrong)|if i (?:remember|recall)(?: (?:it|that))?(?: (?:correctly|right"
    r"|well|rightly))?|as far as i (?:know|remember|recall|understand|can tell)|afaik|iirc"
    r"|correct me if i(?:'m| am) wrong|if i (?:understand|got|understood) (?:it|that) (?:right|correctly)"
)
_SOFT = r"maybe|perhaps|probably|possibly|presumably|supposedly"
_FILLER = (
    r"(?:(?:um+|uh+|er+m?|h+m+|well|so|and|but|oh|ok(?:ay)?|yeah|honestly|like|then)[\s,.…-]+)*"
)
_LEAD = re.compile(
    rf"^\W*{_FILLER}(?P<hedge>(?:(?:(?:(?:do|did) )?you mean|{_SOFT}"
    rf"|{_THINK}(?! (?:so|not|of|about|out)\b)|{_RECALL}|{_NOT_SURE},? but"
    rf"|i (?:don't|do not|can't) (?:really |exactly |quite )?(?:know|remember|recall)(?: (?:for sure|exactly"
    rf"|it|this|that))?,? (?:but|maybe|perhaps|{_THINK})|my (?:best )?guess (?:is|would be)|just (?:a"
    rf" )?guess(?:ing)?"
    rf"|could it be|can it be|would it be|it could be|something like|wild guess|i want to say)\b(?:,? that\b)?"
    rf"[\s,:…-]*)+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf",\s*(?:{_THINK}|{_SOFT}|{_RECALL}|{_NOT_SURE}(?: (?:though|about (?:that|it)))?|i(?:'m| am) guessing"
    rf"|or something(?: like (?:that|this))?|or so|if that makes sense)(?=\s*(?:[,.!?;…]|$))"
    rf"|\s(?:{_THINK}|maybe|probably|perhaps|or something(?: like (?:that|this))?|or so|if that makes sense)"
    rf"(?=\W*$)|\b(?:{_SOFT})\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"(?:^|[\s,–—-]{1,4})(?P<check>(?:(?<!\bor )(?<!and )(?<!is )(?<!the )(?<!be )(?:right|correct|no|yes|yeah"
    r"|ok(?:ay)?|true|eh|huh)|is(?:n't)? (?:that|this|it)"
    r"(?: (?:the|your) (?:idea|point|answer|gist|direction)| right| correct| it| so| fair| true| close|"
    r" ok(?:ay)?| wrong"
    r"| what (?:you(?:'re| are)? (?:mean|meant|want|wanted|after|asking(?: for| about)?|looking for)|is"
    r" (?:meant"
    r"|asked|wanted)))|(?:is|are|was|does|do|did|has|would)n't (?:it|they|that|he|one|we)"
    r"|am i (?:right|wrong|close|correct|off|mistaken)|or am i (?:(?:totally|completely|way) )?(?:wrong"
    r"|mistaken|off"
    r"|confus\w+ (?:it|that|this|things|something)|mixing (?:it|that|this|things|something) up)|or (?:is|was)"
    r" it not"
    r"|(?:does|would) (?:that|this|it) (?:make sense|sound right|fit|work)|makes? sense|you know what i mean"
    r"|(?:did|do|have) i (?:get|got|understand|understood) (?:it|that|this)(?: right| correctly)?"
    r"|(?:would|do) you agree|what do you (?:think|say)|(?:am i|is this|is that) on (?:the right )?track"
    r"|am i on the right (?:track|lines)|(?:am i|is this) going in the right direction))\s*\?+\W*$",
    re.IGNORECASE,
)
_IS_IT = re.compile(
    rf"^\W*{_FILLER}(?P<hedge>(?:is|was) (?:it|this)(?: that)?\b\s*)", re.IGNORECASE
)
_ASKS = re.compile(
    rf"^\W*{_FILLER}(?:since when|what|which|how|why|when|where|whose?|do|does|did|can|could|should|shall"
    rf"|would|will|are"
    r"|is|was|were|have|has|am|may|must)\b",
    re.IGNORECASE,
)
_IN_DOUBT = re.compile(
    r"\bor\b|\b(?:maybe|perhaps|probably) not\b|\b(?:maybe|perhaps)\b.*\b(?:maybe|perhaps)\b"
    r"|\b(?:sure|certain|know|say|tell|remember|recall) (?:if|whether|which|what|how|who|where|why|when)\b"
    r"|\bhold me\b|\b(?:only|just|be|pure) guess\w*\W*$|\b(?:people|they|he|she|some) (?:think|say"
    r"|believe)s?\b",
    re.IGNORECASE,
)
TAKEN_BACK_IN = 80
"""Characters of the next sentence that may take one back."""
_DENIES = re.compile(
    r"^\W*(?:(?:oh|uh+|um+|h+m+|yeah|well|ah|but)\W+)*(?:no|nope|nah|wrong|not|never|hardly|wait|actually"
    r"|sorry|scratch|strike)\b",
    re.IGNORECASE,
)


def unhedged(answer: str) -> str:
    """The answer with blanks in place of its hedges, so that every offset stays what it was.

    What only softens a statement goes ("I think", "maybe"), and what asks for assent to it ("right?",
    "is that the idea?"); a statement put as a question is one. A sentence that leaves a choice open, or
    that the next one takes back, stays as it is; so does an answer that is nothing but hedges.
    """
    text = answer.replace("’", "'")
    kept = list(answer)
    found = list(_SENTENCE.finditer(text))
    closing = _closing(found)
    for at, sentence in enumerate(found):
        if _DENIES.match(text[sentence.end() : sentence.end() + TAKEN_BACK_IN]):
            continue
        for start, end in _spans(sentence[0], last=at >= closing):
            kept[sentence.start() + start : sentence.start() + end] = " " * (end - start)
        mark = sentence.end() - 1
        said = "".join(kept[sentence.start() : mark])
        open_choice = _IN_DOUBT.search(said) or _ASKS.match(said)
        if kept[mark] == "?" and at >= closing and not open_choice:
            kept[mark] = "."
    plain = "".join(kept)
    return plain if re.search(r"\w", plain) else answer


def assent_asked(answer: str) -> str:
    """The words at the end of an answer that ask whether it is right; "" where none do, or nothing else is said."""
    text = answer.replace("’", "'")
    found = list(_SENTENCE.finditer(text))
    if not found or not re.search(r"\w", _without_check(answer)):
        return ""
    check = _CHECK.search(found[-1][0])
    return check["check"] if check else ""


def _without_check(answer: str) -> str:
    text = answer.replace("’", "'")
    last = list(_SENTENCE.finditer(text))[-1]
    check = _CHECK.search(last[0])
    return text if check is None else text[: last.start() + check.start()]


def _closing(found: list[re.Match[str]]) -> int:
    """The number of the last sentence that is more than a question for assent."""
    told = (at for at in reversed(range(len(found))) if not _only_check(found[at][0]))
    return next(told, 0)


def _only_check(sentence: str) -> bool:
    check = _CHECK.search(sentence)
    return check is not None and not re.search(r"\w", sentence[: check.start()])


def _spans(sentence: str, *, last: bool) -> Iterator[tuple[int, int]]:
    check = _CHECK.search(sentence)
    said = sentence if check is None else sentence[: check.start("check")]
    if check is not None:
        # With its mark: what is left is a statement.
        yield check.start("check"), len(sentence.rstrip())
    if _IN_DOUBT.search(_OR_SO.sub("", said)):
        return
    for pattern in (_LEAD, *((_IS_IT,) if last and sentence.rstrip().endswith("?") else ())):
        if (hedge := pattern.match(said)) is not None:
            yield hedge.span("hedge")
    for between in _BETWEEN.finditer(said):
        yield between.span()


_OR_SO = re.compile(r"\bor (?:something(?: like (?:that|this))?|so)\b", re.IGNORECASE)


_REPORTED = re.compile(
    r"\b(?:(?:an?|my|some|one of my|the|our|another) (?:\w+ )?(?:friend|colleague|co-?worker|professor|prof"
    r"|teacher|lecturer|boss|mate|blog(?: ?post)?|article|video|paper|guy|person|expert)s?|someone|somebody"
    r")\b[^.!?\n]{0,40}\b(?:said|says?|claim(?:s|ed)?|told (?:me|us)|wrote|mention(?:s|ed)"
    r"|insist(?:s|ed)?|argue[sd]?|swears?|swore)\b"
    r"|(?:^|[.!?;,:]\s+|\b(?:and|but|so) )(?:some |many |most )?(?:people|they) (?:\w+ )?(?:say|said|claim(?:ed)?)"
    r",? (?:that|it|this|the|you|there)\b|\bi (?:once )?(?:heard|was told|have been told)\b",
    re.IGNORECASE,
)


def is_reported(answer: str) -> bool:
    """Whether an answer passes on what others say."""
    return _REPORTED.search(answer) is not None
