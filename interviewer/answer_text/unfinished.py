"""Whether an answer stops before it has said what it announced, told from its words alone; pure."""

from __future__ import annotations

import re
from typing import Literal

Unfinished = Literal["more", "second", "next", "other", "rest"]
"""What is still to come: "more" of what broke off, the "second" of two, the "next" after a first, the "other"
one beside one that was named, the "rest" of several."""

LAST = 600
"""Characters from the end in which something counts as announced; also a bound on the time that it takes."""
_FILLERS = re.compile(r"(?:[\s,.;…-]*\b(?:u+h+m*|u+m+|e+r+m*|hm+|like|you know)\b)+[\s.…]*$", re.I)
_BROKEN_OFF = re.compile(r"(?:\.{2,}|…|[,:;]|\s[-–—]{1,2}|—)\s*[\"”')]*$")
_THINKING_ALOUD = re.compile(r"\b(?:think|thinking|reason|reasoning) (?:aloud|out loud)\b", re.I)
_CONCLUDES = re.compile(
    r"[.!?…]\s+(?:so|therefore|thus|hence|in short|in the end|all in all|that(?:'s| is) (?:why|it|all))\b[^.!?]+[.!]$",
    re.IGNORECASE,
)
_THINKING = re.compile(
    r"(?:^|[.,;:!?…–—]\s*|\b(?:and|so|but|well|hmm?|um+|uh+|okay) )(?:wait,? )?"
    r"(?:let me (?:think(?: (?:about|of|on) (?:it|this|that))?(?: for (?:a|one) (?:second|sec|moment|minute))?|see"
    r"|recall|remember|start over|try (?:again|that again)|finish|continue|go on)"
    r"|i(?: am|'m|’m) (?:still )?(?:thinking|not (?:done|finished)(?: yet)?)"
    r"|(?:give me|just|hold on|wait) (?:a|one|just a) (?:second|sec|moment|minute)|hold on|bear with me"
    r"|where was i|(?:i )?lost my (?:train of thought|thought|thread)"
    r"|how (?:do|should|can) i (?:put|say) (?:this|that|it))\b[^.!?]{0,12}[.!?…]*$",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:(?:more (?:on|about) (?:that|this|it)|i(?:'ll|’ll| will) (?:get|come) (?:back )?to (?:that|this|it|the \w+))"
    r"(?: (?:later|next|now|in a (?:second|moment|minute)))?|there(?:'s|’s| is) more(?: to (?:it|say|come))?"
    r"|(?:that|this)(?:'s|’s| is| was) (?:just |only )?(?:the|one|my) (?:first|half|start|beginning)(?: \w+)?"
    r"|to (?:start|begin) with|for (?:a )?starters?)[.!…]*$",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"\b(?:because|whereas|although|namely|such as|e\.?g|i\.?e|and then|so then"
    r"|(?:and|then|also) there(?:'s| is| are)|depends on|because of|reason is that|and|or|but|the|an?|of|versus|vs"
    r"|(?<!think )(?<!guess )(?<!say )(?<!hope )(?<!believe )(?<!know )(?<!or )(?<!not )so)$",
    re.IGNORECASE,
)
_HANGING_AND_STOPPED = re.compile(r"\b(?:because|whereas|namely|such as|and|the)[.!]$", re.I)

_KINDS = (
    r"(?:stages?|steps?|reasons?|things?|parts?|points?|ways?|phases?|problems?|issues?|ideas?|factors?|aspects?"
    r"|cases?|kinds?|types?|options?|advantages?|benefits?|drawbacks?|downsides?|limitations?|differences?"
    r"|objectives?|tasks?|losses|loss|terms?|components?|ingredients?|pieces?|tricks?|halves|half|sides?|levels?"
    r"|approaches|approach|methods?|variants?|flavou?rs?|families|family|groups?|answers?|effects?|goals?)"
)
_COUNTED = re.compile(
    rf"\b(two|three|four|five|six|[2-6]|several|a few|a couple of|multiple)\s+(?:\w+[ -]){{0,2}}?{_KINDS}\b",
    re.IGNORECASE,
)
_TWO = ("two", "2", "a couple of")
_ONLY_COUNTED = re.compile(rf"(?:{_COUNTED.pattern})(?:\s+\w+){{0,5}}[.!:…]*$", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"(?:^|[.!?;:…,]\s*)(?:(?:so|okay|ok|well|yes|right|um+|uh+|hm+|i think|i(?:'d|’d| would) say|basically)[, ]+)*"
    r"(?:(?:there (?:are|were)|there(?:'s|’s| is)|i (?:see|know|have)|(?:you|we) have|it(?:'s|’s| is| has) (?:got )?"
    r"|for )\s*)?$",
    re.IGNORECASE,
)
_ENDS_WONDERING = re.compile(r"[\s,.…-](?:u+h+m*|u+m+|e+r+m*|h+m+)[\s.…]*$", re.IGNORECASE)
_FIRST_OF_COUNTED = re.compile(
    r"\b(?:first(?:ly)?|(?:the )?one (?:is|was|being)|is (?:the )?(?:one|first)|(?:phase|stage|step|part|number) one"
    r"|for one)\b|\bone[,:]",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:^|[.!?;:…]\s+|\n)(?:(?:so|okay|ok|well|yes|right|um+|uh+|hm+|and)[, ]+)*"
    r"(?:first(?:ly| of all| off)?(?:,|:| (?:you|we|they|one|i|it|there|the|a|an|comes?|is|only|just|everything)\b)"
    r"|(?:in )?the first (?:one|of (?:them|these)|" + _KINDS + r")\b"
    r"|step one\b|stage one\b|phase one\b|1[.):]\s|a\)\s|number one\b"
    r"|on the one (?:hand|side)\b|for one(?: thing)?,"
    r"|to (?:start|begin) with,?)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?<!any )(?<!each )(?<!every )(?<!if )(?<!when )(?<!as )"
    r"\b(?:one of (?:them|these|those|the two)|the (?:main|first|obvious|easy) one)"
    r"(?: (?:is|was|would be|being)\b|:)|[:.;] (?:the )?one (?:is|was|being)\b|:\s*one, ",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\bon the one\b|\bfor one\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\bthe first\b|\bone\b|\b1[.):]", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:second(?:ly)?|third(?:ly)?|then|next|after(?:wards?| that)?|finally|last(?:ly)?|later|another"
    r"|(?:the|an?|any|in the) ?other|others|on the other|step two|stage two|phase two|number two|also|as well"
    r"|and when|one of|and one|in addition|besides|plus|two:|both"
    r"|2[.):]\s|b\)\s|followed by|once (?:that|it|this)|while the)\b"
    r"|\b2[.):]\s|[.;,]\s*and (?:the|one|two|it|there|to|for)\b|[.;!]\s+and\b|(?<=\s)one\b.{1,200}\bone\b",
    re.IGNORECASE | re.DOTALL,
)


def unfinished(answer: str) -> Unfinished | None:
    """What an answer announces and does not say; None for one that reads as complete.

    It breaks off ("because", "...", "let me think aloud"), counts what it does not name ("there are two
    stages. First ..."), or names one of several and no other.
    """
    text = answer.strip()[-LAST:].replace("’", "'")
    if not re.search(r"\w", text) or text.endswith("?"):
        return None
    named = _names_one_of(text)
    if named is not None:
        return named
    return "more" if _breaks_off(text) else None


def _breaks_off(text: str) -> bool:
    bare = _FILLERS.sub("", text).strip() or text
    if _BROKEN_OFF.search(text) or _BROKEN_OFF.search(bare) or _HANGING.search(bare):
        return True
    if _ENDS_WONDERING.search(text):
        return True
    if _HANGING_AND_STOPPED.search(bare) or _TO_COME.search(text) or _THINKING.search(text):
        return True
    return _THINKING_ALOUD.search(text) is not None and not _CONCLUDES.search(text)


def _names_one_of(text: str) -> Unfinished | None:
    """What is still to come of several things that were counted, or of which the first was named."""
    counted = next(
        (m for m in _COUNTED.finditer(text) if _ANNOUNCES.search(text[: m.start()])), None
    )
    of_two = counted is not None and counted[1].casefold() in _TWO
    for any_counted in _COUNTED.finditer(text):
        found = _FIRST_OF_COUNTED.search(text, any_counted.end())
        if found is not None and not _LATER.search(text, found.end()):
            return "second" if any_counted[1].casefold() in _TWO else "rest"
    for mark in (_FIRST, _ONE):
        found = mark.search(text)
        if found is None or _LATER.search(text, found.end()):
            continue
        if counted is not None and not of_two:
            return "rest"
        if mark is _ONE or _SIDE.search(found[0]):
            return "other"
        return "second" if of_two or _NUMBERED.search(found[0]) else "next"
    listed = counted is not None and text[: counted.start()].rstrip().endswith(",")
    if counted is not None and not listed and _ONLY_COUNTED.search(text[counted.start() :]):
        return "more"
    return None
