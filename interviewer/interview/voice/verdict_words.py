"""Words that say or imply how good an answer was: praise, blame, and what amounts to them."""

from __future__ import annotations

import re

from interviewer.answer_text.normalize import words

_VERDICT_START = re.compile(
    r"^(?:(?:ah|oh|ok(?:ay)?|well|so|and|yes|hmm)[,.!…\s]+)*"
    r"(?:great|good|nice|excellent|exactly|correct|right|perfect|wonderful|fantastic|awesome|amazing"
    r"|impressive|brilliant|indeed|true|absolutely|precisely|certainly|congrat\w*|interesting"
    r"|not quite|almost|close|no|nope|yes|yeah|yep|wrong|incorrect|false|sorry|unfortunately"
    r"|thanks? (?:you )?for (?:the|your|that) (?:great|good|clear|detailed|thorough|excellent))\b"
    r"(?!\s+(?:or false|way|angle|side|hand|triple|pair|direction))",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\b(?:great|excellent|perfect|impressive|wonderful|fantastic|brilliant|outstanding|superb"
    r"|well done|good (?:job|answer|point|start|work|explanation|thinking|try|question|idea|insight)"
    r"|nice(?:ly)?|spot on|well (?:put|said|explained)|on the right (?:track|path)|kudos|bravo"
    r"|(?:very|so|quite|really|pretty) well"
    r"|(?:that|this|it|you|which)(?:'s|’s| is| are|'re|’re| was| were)"
    r"(?: (?:very|really|quite|almost|nearly|partly|partially|mostly|absolutely|exactly|not|not quite))?"
    r" (?:right|correct|wrong|incorrect|true|false|close|mistaken|accurate|inaccurate|exactly)"
    r"|(?:answer|response|explanation|understanding) (?:is|was) (?:\w+ )?"
    r"(?:right|correct|wrong|incorrect|good|close|incomplete|accurate|inaccurate|vague|unclear)"
    r"|you(?:'ve|’ve| have)? (?:correctly|rightly|accurately|wrongly|incorrectly|mistakenly)"
    r"|(?:correctly|rightly) (?:said|noted|mentioned|identified|stated|pointed|described)"
    r"|you(?:'ve|’ve| have| also| just)* (?:missed|forgot(?:ten)?|overlooked|omitted|left out|failed"
    r"|misunderst\w+|confused|neglected)|you (?:did not|didn(?:'|’)t|have not|haven(?:'|’)t|do not|don(?:'|’)t)"
    r" (?:\w+ )?(?:mention|say|include|explain|cover|address|state|discuss|know|seem)\w*"
    r"|you(?:'re|’re| are) (?:still )?(?:missing|mistaken|wrong|confus\w+|close|getting)"
    r"|missing from your|a mistake|an error in|incorrect(?:ly)?(?=\s*[.,;:!?])|your (?:mistake|error|misconception)"
    r"|not (?:entirely|quite|exactly|fully|completely) (?:right|correct|true|accurate|it)"
    r"|i (?:agree|disagree|like|love)|correct(?:ly)?\b(?! (?:label|class|answer|pair|match|token|item|word"
    r"|caption|one|document|image|text|neighbou?r)))\b",
    re.IGNORECASE,
)


def judges(text: str, prompt: str = "") -> bool:
    """Whether the text says or implies how good the answer was. Words of the prompt are free."""
    allowed = set(words(prompt))
    starts = _VERDICT_START.search(text)
    if starts or any(
        not set(words(found[0])) <= allowed or len(words(found[0])) > 1
        for found in _VERDICT.finditer(text)
    ):
        return True
    return any(_VERDICT_START.search(s) for s in re.split(r"(?<=[.!?])\s+", text)[1:])
