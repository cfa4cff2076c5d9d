"""Whether all that a candidate says asks about the question: its words, its scope, or help with it; pure.

A turn is cut into its sentences, and each must be a question about the wording, a request, a remark on the
question, or thinking aloud. One that brings words of the answer is none of them, so that a guess put as a
question is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Set

from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Question
from interviewer.interview.talk import subject, utterance_rules
from interviewer.session.events import UtteranceKind

MOST_WORDS = 45
REMARK = 12
"""Words of the longest statement that only remarks on the question."""
SHORT = 6
"""Words of one that may name what is in the answer, to say what a word does not mean."""
SCRAP = 3
"""Words of the longest piece without a verb that may be thinking aloud."""

_OPEN = (
    r"^\W*(?:(?:um+|uh+|er+m?|hm+|so|well|ok(?:ay)?|sorry|pardon|excuse me|wait|hold on|hang on|please|oh|ah|and"
    r"|but|or"
    r"|right|actually|just|first|maybe|perhaps|then|also|yeah|yes|no|before i (?:start|answer|begin)"
    r"|(?:a )?quick question|one question|can i ask|may i ask|i (?:mean|wonder)|not sure)\b\W*)*"
)
_REQUEST = re.compile(
    r"\b(?:give|show|tell|get|have|want|need|like|take|use|offer|drop|spare|throw|send|ask\w*|any|bit of|little"
    r"|small|tiny)\b"
    r".{0,30}\b(?P<hint>hints?|clues?|nudges?|pointers?|help|tips?|push)\b"
    r"|\b(?P<hint2>hints?|clues?|nudge)\b.{0,12}(?:please|\?|possible)|\bhelp me\b|\bgive me a (?:start|way in)\b"
    r"|\b(?P<example>(?:an?|one|some|any) (?:\w+ )?example)\b"
    r"|(?P<again>\b(?:rephrase|reword|reformulate|simplify|simpler|(?:in |with |using )?(?:other|different"
    r"|simple\w*|plain|easy"
    r"|easier) words|differently|(?:another|other|different) way|explain (?:me )?(?:the|your|this|that) question"
    r"|(?:ask|say|put|explain|phrase|formulate|word) (?:it|that|this|me|the question)\b.{0,25}"
    r"(?:again|different\w*|simpl\w+|other\w*|clear\w*|slow\w*|plain\w*)))"
    r"|(?P<repeat>\b(?:repeat|say (?:it|that|the question) again|read (?:it|the question|that) (?:again|out)"
    r"|once more)\b)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\?\s*$|\b(?:please|can|could|would|will|may|might|maybe|need|want|like|give|show|help|any)\b",
    re.I,
)
_MEANS = (
    r"(?:means?|meant|meaning|stands? for|refers? to|is (?:meant|supposed)|in (?:which|what) (?:sense|way"
    r"|meaning|respect)"
    r"|in the sense of)"
)
_WORD = re.compile(
    _OPEN
    + r"(?:what(?:'s| is| are| was| do| does| did|s)?(?: exactly| again)?(?: it| that| this| you)? ?"
    rf"(?:{_MEANS}) ?(?:by |with |here |exactly )*(?P<a>[^?;]*)"
    rf"|what (?:do|does|did|is|are) (?:you |one )?(?P<b>[^?;,]{{1,50}}?) {_MEANS}[^?;]*"
    r"|what(?:'s|s| is| are| was)(?: an?| the| this| that| your| these)? (?P<c>[^?;,]{1,40}?)(?: again)?"
    r"(?: here| in (?:this|your|the) (?:question|context|case|sentence))?(?: exactly)?(?:, [^?;]*)?"
    r"|(?:the (?:word|term) )?(?P<h>[^?;,]{1,40}?),? (?:does|do|is) (?:that|this|it) (?:mean|meant|refer)\b[^?;]*"
    rf"|(?:the |by |with |when you say |you say |your )?(?P<d>[^?;,]{{1,50}}?),? (?:{_MEANS})\b[^?;]*"
    r"|(?:by|with|when you say|if you say|under) (?P<e>[^?;,]{1,40}?),? (?:do |did )?you (?:mean|understand"
    r"|think of)\b[^?;]*"
    r"|(?:define|explain) (?:me )?(?:the (?:word|term) )?(?P<f>[^?;,]{1,40})"
    r"|(?:how|what) (?:do|would|should) (?:you|i) (?:define|understand|read|interpret|take|call) (?P<g>[^?;,]{1,40}))"
    r"\W*(?P<tail>(?:please|thanks?|sorry|exactly|here)?)\W*$",
    re.IGNORECASE,
)
"""A question for the meaning of a word, by the group that holds the word."""
_BY = re.compile(
    r"\b(?:mean|meant|understand|understood) (?:by|with|under) (?P<word>[^?;,.]{2,40})",
    re.IGNORECASE,
)
_OF_MEANING = re.compile(
    r"\bwhat (?:do|does|did|is|are)\b.{0,40}\bmean|\bmean(?:s|t|ing)?\b(?: (?:by|with|what|here)\b)|\b(?:means"
    r"|meant|meaning)\b"
    r"|\bsupposed to\b|\b(?:does|is) (?:that|this|it) mean\b|\bstands? for\b|\brefers? to\b|\bin (?:which"
    r"|what) sense\b(?!.* or )",
    re.IGNORECASE,
)
"""In a question for the meaning of a word, and not for what of several is wanted."""
_SCOPE = re.compile(
    _OPEN
    + r"(?:(?:do|did|would|will|are) you (?:mean|want|need|expect|ask\w*|after|look\w*|prefer|think|talk\w*"
    r"|refer\w*|like|care"
    r"|interested)\b|you (?:mean|want|are asking|ask|expect|need|refer|talk)\b|should i|shall i|must i"
    r"|am i (?:supposed|to)\b"
    r"|do i (?:need|have)\b|(?:which|what) (?:one|bit|part|kind|sort|type|sense|version|variant|of (?:them|these"
    r"|the two))\b"
    r"(?: (?:exactly|please|here))?(?: (?:do|did|are|would|should|is|was) (?:you|i|meant|that|it)\b[^?]*)?\W*$"
    r"|which (?:\w+ ){0,3}(?:do|did|are|would) (?:you|i)\b|what (?:exactly |precisely )?(?:do|are|would"
    r"|did) you (?:want|mean|ask\w*"
    r"|need|expect|after|look\w*|like|refer\w*)\b|which is it|(?:missing|about|of|in|for|from|with"
    r"|compared? (?:to|with)) (?:what|which)"
    r"\b|(?:in|with) (?:which|what|respect to what) (?:sense|way|context|respect|direction|setting|regard)\b"
    r"|(?P<word>[^?,;.]{1,40}?) (?:in|of|for|with|from|to|about|on) (?:which|what)\b"
    r"|(?:is|are) (?:this|that|it|the question|we|you) (?:still )?(?:about|asking|on|for|talking|meant|referring"
    r"|restricted|limited)\b"
    r"|(?:is|are) (?P<of>[^?,;.]{1,40}?) (?:included|part of (?:it|this|the question)|meant|counted|in scope"
    r"|relevant)\b"
    r"|(?:only|just) (?:the )?[^?]{1,30} or (?:also|both|everything|all)\b|(?:all|everything) or (?:only|just)\b"
    r"|how (?:much|many|deep|detailed|long|far|precise|exact)\b.{0,40}\b(?:you|i|detail|want|need)\b)",
    re.IGNORECASE,
)
_LOST = re.compile(
    _OPEN
    + r"(?:i (?:do ?n'?o?t|did ?n'?o?t|do not|did not|can't|cannot|could not) (?:quite |really |fully |completely )?"
    r"(?:follow|get|understand|see|parse|grasp)\b(?: (?:the|your|this|that|it|what|you|question|word|term|point"
    r"|here|last|part"
    r"|mean|means|want|are|asking|is|meant|by|me|of|wording|sentence|phrase)\b)*|(?:the|your|this"
    r"|that) (?:question|wording|sentence|phrase|follow-up)"
    r" (?:is|was|seems|sounds) (?:\w+ ){0,2}(?:clear|unclear|vague|ambiguous|confusing|odd|strange|hard"
    r"|difficult|long)\b[^?]*"
    r"|(?:it|this|that) (?:is|'s)(?: not|n't) (?:\w+ )?clear(?: to me)?[^?]{0,40}|you (?:lost|confuse) me|i(?:'m"
    r"| am) (?:a bit |not |so )?"
    r"(?:lost|confused|with you|following))\W*$",
    re.IGNORECASE,
)
_REMARK = re.compile(
    _OPEN
    + r"(?:(?:it|this|that|there|here|we|you|they)(?:'s| is| are| was|'re)? ?(?:not|no|n't|isn't|aren't|never"
    r"|never\b)\b"
    r"|(?:it|this|that|there) (?:isn't|ain't|wasn't|doesn't|can be|could be|might be|may be|has (?:many|two"
    r"|several))\b"
    r"|i (?:(?:only|just) )?(?:know|thought|think of|am used to|read|heard|use|take) (?:it|that|this|the (?:word"
    r"|term)|\w+) (?:only |just )?"
    r"(?:from|as|in|of|with|for)\b"
    r"|i (?:\w+ ){0,2}(?:thought|think|assumed|hoped) (?:that |this |it )?(?:was|is|were)? ?(?:already )?"
    r"(?:clear|enough|obvious|all)\b"
    r"|i (?:can't|cannot|do ?n'?o?t|do not) (?:remember|recall|see) (?:any\w*|a|an|the|two|one)\b"
    r"|i (?:have |'ve )?(?:never|not) (?:heard|seen|met|read|used)\b"
    r"|i (?:do ?n'?t|do not) know (?:the|this|that) (?:word|term|expression|abbreviation)\b"
    r"|(?:english is|my english|i(?:'m| am) not (?:a )?native)|(?:the|this|that) (?:word|term|expression) (?:is"
    r"|has|can)\b"
    r"|i ask\b|i(?:'m| am) asking\b|because i\b|that(?:'s| is) (?:why i|all i|what i) ask)",
    re.IGNORECASE,
)
_ALOUD = re.compile(
    _OPEN
    + r"(?:(?:let me|lemme|i(?:'ll| will| need to| have to| want to| am|'m)?) (?:just )?(?:think\w*|see|recall"
    r"|remember|try|consider)"
    r"(?: (?:out |this |it |that )?(?:aloud|loud|about it|for a (?:moment|second|bit|minute)|hard|again|so|then"
    r"|back))*|thinking(?: aloud| out loud)?"
    r"|(?:give me|one|just) (?:a )?(?:moment|second|sec|minute)|i(?:'m| am) not (?:\w+ )?(?:sure"
    r"|certain)(?: (?:here|about (?:it|this|that)|of (?:it|this|that)|at all))?"
    r"|i have (?:it|this) on the tip of my tongue|tough one|good question|interesting|it(?:'s"
    r"| is) (?:been )?(?:a )?long(?: time)?(?: ago)?"
    r"|i (?:used to know|knew|learned|read|had) (?:it|this|that)(?: once| somewhere| before)?|i(?:'m| am) stuck"
    r"|no idea|i(?:'ve| have)? forgot(?:ten)?(?: it)?"
    r"|(?:this|that|it)(?:'s| is) (?:a )?(?:hard|tough|tricky|difficult|new)(?: one| question| to me| for me)?"
    r"|thank(?:s| you)(?: \w+){0,3})\W*$",
    re.IGNORECASE,
)
_FILLER = re.compile(_OPEN + r"(?:please|thanks?|thank you|sorry)?\W*$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|can|will|would|could|makes?|gives?|takes?|uses?|gets?"
    r"|goes|because|so|since"
    r"|if|when|than|means?|\w{3,}(?:ises|izes|ates|ifies))\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(?<=[?!])\s+|(?<=[.…])\s+(?=\S)|\.{2,}\s*|…\s*|;\s+")
_ORDER: tuple[UtteranceKind, ...] = (
    "hint", "example", "define", "rephrase", "clarify", "repeat",
)  # fmt: skip
_OF_QUESTIONS = frozenset(
    content(
        "question word term sentence answer part exactly again here context sense mean meaning kind sort wording"
        " abbreviation acronym expression thing you your it that this these those which what please sorry one two"
        " first last second only also both all compare detail example formula idea name short long general full want"
        " need ask talk know say explain give tell hear point bit piece version follow-up up followup supposed"
        " not no more"
        " it's that's there's isn't don't because long"
    )
)


def asks_only(text: str, asked: str, question: Question) -> UtteranceKind | None:
    """The kind of a turn that only asks about the question, by the most useful of what it asks; None for
    any other.

    asked: the words of the question or probe that it replies to.
    """
    line = " ".join(text.replace("’", "'").split())
    if not 1 < len(line.split()) <= MOST_WORDS:
        return None
    known = set(content(f"{asked} {question.prompt}"))
    told = subject.told(question, accepted=True) - known - _OF_QUESTIONS
    kinds: list[UtteranceKind] = []
    scraps = aloud = False
    last: UtteranceKind = "clarify"
    for part in _PARTS.split(line):
        if not part.strip() or _FILLER.match(part):
            continue
        if all(
            _ALOUD.match(p) or _FILLER.match(p) for p in part.split(",")
        ) or utterance_rules.says_unknown(part):
            aloud = True
            continue
        kind = _kind_of(part, asked, known, told)
        if kind is not None:
            kinds.append(kind)
            last = kind if _OF_MEANING.search(part) else "clarify"
        elif kinds and (_goes_with(part, kinds[-1], told) or (last == "define" and _denies(part))):
            continue
        elif _is_scrap(part, told):
            scraps = True
        else:
            return None
    if not kinds or (scraps and not aloud):
        return None
    return next(kind for kind in _ORDER if kind in kinds)


def _kind_of(part: str, asked: str, known: Set[str], told: Set[str]) -> UtteranceKind | None:
    """What a sentence asks for; None where it is no question about the question, and no request."""
    request = _REQUEST.search(part)
    said = set(content(part))
    if request and _ASKING.search(part) and len(said & told) < 2 and _asks(part):
        groups = request.groupdict()
        if groups["example"]:
            return "example"
        if groups["again"]:
            return "rephrase"
        return "repeat" if groups["repeat"] else "hint"
    if _LOST.match(part):
        return "rephrase"
    scope = _SCOPE.match(part) if part.rstrip().endswith("?") else None
    if scope and _guesses(part, known):
        return None
    if scope and not _OF_MEANING.search(part):
        named = scope["word"] or ""
        if named and set(content(named)) <= known | _OF_QUESTIONS:
            return "clarify"
        return None if said & (told - _OF_QUESTIONS) else "clarify"
    if word := _word_in(part):
        wanted = set(content(word)) - _OF_QUESTIONS
        if wanted <= known and (wanted or "mean" in said) and _asks_word(part):
            return "define"
    kind = utterance_rules.said_whole(part, asked)
    return kind if kind in _ORDER else None


def _guesses(part: str, known: Set[str]) -> bool:
    """Whether what is put as a question says something whole: "Do you mean that every word is an axis?" """
    _, _, rest = re.split(r"\b(mean|want|asking|about)\b", f"{part} mean", maxsplit=1)
    fresh = set(content(rest)) - known - _OF_QUESTIONS
    if " or " in rest:
        return False
    return len(fresh) >= MUCH_SAID or (bool(_VERB.search(rest)) and len(fresh) > 1)


def _asks(part: str) -> bool:
    """Whether a request is for the interviewer, and not what a model or a method does."""
    return not re.search(
        r"\b(?:the (?:model|network|encoder|decoder|loss)|it|they|we|which|that) (?:\w+ )?(?:needs?|gives?|gets?"
        r"|takes?|uses?|wants?)\b",
        part,
        re.IGNORECASE,
    )


def _asks_word(part: str) -> bool:
    return part.rstrip().endswith("?") or bool(
        re.match(_OPEN + r"(?:what|define|explain|how)\b", part, re.IGNORECASE)
    )


def _word_in(part: str) -> str:
    """The word whose meaning a sentence asks for; "" for none."""
    found = _WORD.match(part)
    if found is None:
        return ""
    return next((found[name] for name in "hbcdefga" if found[name]), "it")


def _goes_with(part: str, kind: UtteranceKind, told: Set[str]) -> bool:
    """Whether a sentence only remarks on what was asked before it, or guesses at the word that was asked for."""
    return _remarks(part, told) or (kind == "define" and bool(_THAT_THING.match(part)))


def _remarks(part: str, told: Set[str]) -> bool:
    """Whether a sentence only remarks on what was asked about: "It's not reinforcement learning." """
    return (
        len(part.split()) <= REMARK and bool(_REMARK.match(part)) and not set(content(part)) & told
    )


def _denies(part: str) -> bool:
    """Whether a short sentence says what a word does not mean, whatever it names."""
    return len(part.split()) <= SHORT and _remarks(part, set())


def _is_scrap(part: str, told: Set[str]) -> bool:
    """Whether a piece is a few words without a verb and without anything of the answer."""
    words = [
        w for w in re.findall(r"[\w'-]+", part) if not re.fullmatch(r"h+m+|u+m+|u+h+", w, re.I)
    ]
    return len(words) <= SCRAP and not _VERB.search(part) and not set(content(part)) & told


_YOU = r"you(?: (?:mean|meant|refer to|are after|are asking (?:about|for)|ask (?:about|for)|think of)|'re after)"
_SUPPOSED = re.compile(
    _OPEN
    + rf"(?:(?P<before>[^?.;]{{2,60}}?),? (?:is (?:what )?|do |did )?{_YOU},? ?(?P<after>[^?]{{0,80}})"
    rf"|(?:(?:do|did|are|is it|by (?:that|this|it)) )?{_YOU} (?P<after2>[^?]{{2,80}}))\?\W*$",
    re.IGNORECASE,
)
"""A guess at what is meant, put to the interviewer: "The queue you mean?", "Do you mean the queue?" """
_THAT_THING = re.compile(
    _OPEN
    + r"(?:is|are|was) (?:it|that|this|those|they) (?:just |only |like |not )*(?:an?|the|some|that) [^?]{2,50}\?\W*$",
    re.IGNORECASE,
)
"""After a question for a word, a guess at its meaning: "Is that the neural network thing?" """
_ARTICLES = re.compile(
    r"^(?:(?:is|are|do|does|did|was|were) )?(?:(?:that|this|it|these|those|by|just|only) )?(?:the |an? )?",
    re.IGNORECASE,
)
LEAST_SAID = 3
"""Words of a criterion that make a guess at what is meant an answer."""
MUCH_SAID = 6
"""New words from which a guess is an answer whatever they are."""


def supposed(text: str) -> str:
    """What a turn of questions supposes the interviewer to mean; "" where it supposes nothing."""
    line = " ".join(text.replace("’", "'").split())
    parts = [part for part in _PARTS.split(line) if part.strip() and not _FILLER.match(part)]
    if not parts or not all(part.rstrip().endswith("?") for part in parts):
        return ""
    found = _SUPPOSED.match(parts[-1])
    if found is None:
        return ""
    named = found["after2"] or found["after"] or found["before"] or ""
    return _ARTICLES.sub("", named.strip(" ,")).strip()


def only_supposes(text: str, asked: str, question: Question) -> bool:
    """Whether a reply to a follow-up does nothing but ask whether something is meant by it.

    asked: the words of the follow-up. A guess that says a criterion answers, and so does a whole clause.
    """
    named = supposed(text)
    if asked == question.prompt or not set(content(named)):
        return False
    known = set(content(f"{asked} {question.prompt}"))
    *before, _ = [part for part in _PARTS.split(" ".join(text.split())) if part.strip()]
    told = subject.told(question, accepted=True) - known - _OF_QUESTIONS
    if _VERB.search(named) or len(set(content(named)) - known) >= MUCH_SAID:
        return False
    if any(len(set(content(part)) & told) > 1 for part in before):
        return False
    return all(
        len(set(content(named)) & (set(content(" ".join((c.statement, *c.accepts)))) - known))
        < LEAST_SAID
        for c in question.criteria
    )


def asked_word(text: str) -> str:
    """The words whose meaning is asked for in a turn; "" where none are named."""
    line = " ".join(text.replace("’", "'").split())
    if by := _BY.search(line):
        return by["word"]
    for part in _PARTS.split(line):
        word = _word_in(part)
        if set(content(word)) - _OF_QUESTIONS:
            return word
    return ""
