"""Whether a turn objects to what the interviewer said of an answer, or asks what it makes of it; pure."""

from __future__ import annotations

import re

from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import sentences
from interviewer.bank.questions import Question
from interviewer.interview.talk import subject

MOST_WORDS = 40
OWN = 2
"""Words of the answer from which a turn is one, whatever it objects to."""

_ASKS_VIEW = (
    r"(?:so |and |but |wait,? |why )?(?:do|don't|did|would|are) you (?:really |still |now "
    r"|actually )*(?:dis)?agree\w*(?: now| then| or not| with (?:me|it|that))*"
    r"|what (?:is it (?:that )?|exactly |precisely )?(?:do )?you (?:see|think|hold|find|doubt|object|disagree|mean)"
    r"\b[^?]{0,30}\b(?:different\w*|wrong\w*|with|to|about (?:it|that|this))"
    r"|(?:what|where|how)(?: exactly| precisely)?(?:'s| is| was| am i| did i go| were)? (?:i )?(?:wrong"
    r"|the (?:mistake|problem|error)|missing"
    r"|incorrect)\b[^?]{0,60}|why (?:is|was|isn't|wasn't|would) (?:that|this|it|my answer) (?:not )?(?:wrong"
    r"|right|enough|correct\w*|false|good)?"
    r"|(?:was|were) (?:i|my (?:last |previous )?(?:answer|guess|point)) (?:right|wrong|correct|ok(?:ay)?|good"
    r"|on track)\b[^?]{0,40}"
    r"|(?:why|how come) (?:do|did|are|would) you (?:not )?(?:disagree\w*|doubt|object|say|think|see|count"
    r"|accept)\b[^?]{0,60}"
    r"|what don't you like about (?:it|that|this)|which (?:is it|one is it) (?:now|then)|(?:so"
    r"|and) which (?:one )?is it(?: now| then)?|so (?:which|what) is it(?: now)?"
    r"|(?:is|was) (?:it|that|this) (?:wrong|right|correct|true) or (?:not|wrong|right|false)"
    r"|(?:is|was|were|isn't|wasn't) (?:there )?(?:something|anything|some of it|part of it|a part|one of them|that|it"
    r"|this|any of (?:it|that))(?: \w+){0,2}? (?:wrong|missing|incorrect|off|amiss|not (?:right|enough))\b[^?]{0,40}"
    r"|(?:did|have) i (?:miss|forget|leave out|get)(?:ted|ten)? (?:something|anything|one|it wrong"
    r"|that wrong)\b[^?]{0,30}"
    r"|(?:what|which (?:part|point|bit|one))(?:'s| is| was| do| did) (?:still |it |that )?(?:(?:you|i) )?(?:still )?"
    r"(?:miss(?:ing)?|open|lack(?:ing)?)\b[^?]{0,30}"
)
_YOU_SAID = (
    r"you (?:\w+ ){0,2}?(?:said|say|accepted|took|told|agreed|confirmed|approved|praised|called|claimed|counted"
    r"|disagreed?|contradict\w*"
    r"|changed|misheard|misread|misunderstood|ignored|skipped|moved|did(?:n't| not)|have(?:n't| not)|never|were"
    r"|are (?:contradict\w*|wrong|mistaken|unfair))\b"
)
_OBJECTS = re.compile(
    rf"\b{_YOU_SAID}|\bthat(?:'s| is| was) not what (?:i|you) (?:said|meant|asked|told)\b|\bi (?:never|did(?:n't"
    rf"| not)) (?:said|say|claim\w*|mean"
    r"|meant)\b|\b(?:contradict\w*|inconsistent|unfair)\b|\bthe (?:textbook|standard|canonical)\b|\bi stand by\b"
    r"|\bi (?:still |strongly |respectfully )*(?:disagree|object|insist)\b"
    r"|\bi (?:was|am) (?:right|(?:totally |just |only )?guessing)\b|\bi(?:'d| would) (?:push back|dispute"
    r"|contest|challenge)\b",
    re.IGNORECASE,
)
_VIEW = re.compile(
    rf"^\W*(?:(?:and|so|but|or|wait|sorry|hold on|hang on|hm+|excuse me|really|ok(?:ay)?|no|now|then|well|oh|ah|yes"
    rf"|enough|fine|please|one question|may i ask)\W+)*(?:{_ASKS_VIEW})\W*$",
    re.IGNORECASE,
)
_FAULTS = re.compile(r"\b(?:wrong|incorrect|miss\w*|open|lack\w*|forg[eo]t)\b", re.IGNORECASE)
_INSISTS = re.compile(
    r"\bi (?:(?:have|'ve|did|do)(?:n't)? )?(?:already|just|literally|clearly|only just) "
    r"(?:said|say|told|mention\w*|answer\w*|explain\w*|wrote|gave|name[d]?|cover\w*)\b"
    r"|\bi(?:'ve| have)? (?:said|told you|mentioned|answered|explained|named) (?:that|this|it|so|both|all of it)\b"
    r"|(?:^|[.,!?;]\s+)i (?:said|mentioned|told you) (?!that i |no|nothing)\w+"
    r"|\bi did (?:say|mention|answer|explain|name|give)\b|\b(?:didn't|did not|haven't) i (?:just |already )?"
    r"(?:sa(?:y|id)|mention\w*|tell|told|answer\w*|explain\w*)\b"
    r"|\b(?:that|this|it)(?:'s| is|n't| isn't| was| wasn't)? (?:not )?(?:exactly |precisely |just )?what i "
    r"(?:just |already |have |did )*(?:said|say|meant|mean|told|answered)\b",
    re.IGNORECASE,
)
"""That what is asked for was said before."""
_WHICH = re.compile(r"^\W*(?:(?:so|and|but|now)\W+)*which (?:one )?is it\b.{0,12}$", re.IGNORECASE)
_FIRM = re.compile(
    rf"\b{_YOU_SAID}.{{0,60}}\b(?:now|then|but|ago|before|earlier|already|just|first|which|yet)\b|\b(?:a"
    rf"|one) (?:minute|moment|second) ago\b"
    r"|\bthat(?:'s| is| was) not what (?:i|you) (?:said|meant|asked)\b|\bcontradict\w*|\bi (?:never|did(?:n't"
    r"| not)) (?:say|said|claim\w*)\b"
    r"|\b(?:excuse me|with (?:all )?respect)\b|\byou (?:did(?:n't| not)|never|have(?:n't| not)) (?:answer\w*"
    r"|listen\w*|hear\w*|let|read|get)\b"
    r"|\byou (?:misheard|misread|misunderstood)\b|\bi (?:stand by|object|insist)\b|\byou (?:just"
    r"|already) \w+(?:ed|id|ook)\b",
    re.IGNORECASE,
)


def objects(text: str, asked: str, question: Question) -> bool:
    """Whether a turn does nothing but object or ask for the interviewer's view of what was said before.

    asked: the words that are open. What brings words of the answer to them is an answer.
    """
    line = " ".join(text.replace("’", "'").split())
    if not 1 < len(line.split()) <= MOST_WORDS:
        return False
    told = subject.told(question) - set(content(f"{asked} {question.prompt}"))
    firm = bool(_FIRM.search(line))
    if len(told & set(content(line))) >= OWN + 2 * firm:
        return False
    parts = [span.text.strip() for span in sentences(line)] or [line]
    if any(_VIEW.match(part) for part in parts):
        return len(parts) == 1 or all(
            _VIEW.match(p) or _WHICH.match(p) or _OBJECTS.search(p) or _short(p) for p in parts
        )
    return firm and all(_OBJECTS.search(p) or _WHICH.match(p) or _short(p) for p in parts)


def asks_view(text: str) -> bool:
    """Whether a sentence asks for the interviewer's view of what was said."""
    return bool(_VIEW.match(" ".join(text.replace("’", "'").split())))


def asks_for_faults(text: str) -> bool:
    """Whether what is asked of an answer is whether something in it was wrong or left out."""
    return bool(_FAULTS.search(text)) and any(asks_view(s.text) for s in sentences(text))


def insists(text: str) -> bool:
    """Whether a turn holds that what is asked for was said before."""
    return bool(_INSISTS.search(text.replace("’", "'")))


def _short(part: str) -> bool:
    """Whether a sentence is too short to say anything: "Really?", "Hold on." """
    return len(set(content(part))) <= 1 and len(part.split()) <= 4
