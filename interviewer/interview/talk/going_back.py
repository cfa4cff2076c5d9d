"""Whether a candidate turns to an earlier question while a later one is open; pure.

It takes a sign of going back, in whatever words: mere content of an earlier question is an answer, right or
wrong, to the open one, unless its grade says otherwise (`belonging`). What may as well belong to the open
question is an answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import marked_sentences
from interviewer.bank.questions import Question
from interviewer.interview.talk import subject
from interviewer.session.record import Record, Session

_OTHER = r"(?:last|previous|prior|preceding|earlier|former|other|first|second|third)"
_THING = r"(?:questions?|answers?|topics?|points?|problems?|subjects?|repl(?:y|ies))"
_NAMED = rf"(?:\b{_OTHER} {_THING}\b|\bquestions? (?:number )?\d+\b)"
_LIKE = re.compile(
    r"\b(?:like|unlike|as (?:in|with|for)|than(?: in)?|similar to|same (?:as|in)|compared (?:to|with)|contrast to"
    r"|in both|repeat|say again|read)\b[^,.;:]{0,20}$",
    re.IGNORECASE,
)
"""Before the name of another question, what compares with it or asks for it to be repeated."""
_POINTS = re.compile(_NAMED, re.IGNORECASE)
_MINE = re.compile(
    r"\b(?:i|i'm|i'd|i've|i'll|my|me|we|you|your|let's)\b|\b(?:wait|sorry|hold on|back|add|correct\w*|addition)\b",
    re.IGNORECASE,
)
_FILLED = (
    r"(?:(?:and|so|but|oh|ah|ok(?:ay)?|wait|sorry|excuse me|hold on|hang on|hm+|um+|no|yes|well"
    r")\W+)*"
)
_SAID_LAST = (
    r"(?:(?:that|this|the|my) (?:\w+ ){1,3}?(?:of mine )?|that |this |it |which "
    r"|what i (?:just )?(?:said|gave|wrote) )"
)
_THERE = re.compile(
    r"\b(?:count|add|put|credit|use|file|move|attach|note|include|take|give)\w* (?:me )?(?:it|that|this|those"
    r"|them|points?)"
    r"(?: \w+){0,2} (?:there|(?:for|to|under|with|towards?|on|in) (?:the )?(?:last|previous|earlier|other|former)\b)"
    r"|\b(?:that|this|it|which|answer|reply|what i (?:just )?(?:said|gave|wrote))(?:'s| was| is| were)"
    r" (?:(?:actually|really|still|all|supposed to be|an? (?:answer|addition|reply|correction))\s)*"
    r"(?:meant|intended|thought|for|to) (?:for|to|the (?:last|previous|earlier|other)|be for)\b"
    r"|\b(?:that|this|it|answer)(?: really| actually)? belong(?:s|ed) (?:to|with|under) (?:the )?(?:\w+ ){0,4}"
    r"(?:question|one|before|last|previous|earlier)\b",
    re.IGNORECASE,
)
"""That what is said, or was, is for another question."""
_MEANT = re.compile(
    rf"\b{_SAID_LAST}"
    r"(?:was|'s|is|were)(?: \w+)? (?:meant|intended|supposed|an? (?:answer|addition))\b"
    r"|\b(?:that|it|answer) belong(?:s|ed)\b",
    re.IGNORECASE,
)
"""That what was said last is."""
_WAS_ABOUT = re.compile(
    rf"^\W*{_FILLED}(?:{_SAID_LAST}(?:was|were|is)|(?:that|this|it)'s)"
    r" (?:(?:still|only|just|all|meant|really|actually|supposed to be|an? (?:answer|reply))\s)*"
    r"(?:about|on|for|to do with|from|to) (?P<name>[^,.;:!?]{2,40})",
    re.IGNORECASE,
)
"""What it was about."""
_STILL = (
    r"(?:just|still|quick(?:ly)?|only|once more|again|coming|come|going|briefly|as a last word)"
)
_ABOUT = re.compile(
    rf"^\W*(?P<signs>{_FILLED}(?:{_STILL}\W+)*)(?:back )?(?P<of>on|about|for|to|in|regarding|concerning|as (?:to|for))"
    r" (?P<the>the|that|your)? ?(?P<name>[^,.;:!?–—]{2,40}?)(?P<one> (?:one|question|thing|part|bit|point))?"
    r"(?: (?P<ago>quickly|again|before|still|earlier|first|from before|just now))*\s*[,.:;–—]",
    re.IGNORECASE,
)
"""An opening that names what is spoken of: "Just on the X one", "Wait, for the X"."""
_RETURN = re.compile(
    r"\b(?:can|could|may|might|shall|let)\b.{0,30}\b(?:go|come|get|jump|step|turn|switch|return|revisit|reopen)\b"
    r"(?: \w+)?(?: back\b| to (?:the )?(?:\w+ )?(?:one|question)\b)"
    r"|\b(?:want|wanted|like|need|try|trying|allow me) to (?:go|come|get|jump|step|turn|return|revisit|circle)\b"
    r"(?:.{0,12}\bback\b)?|^\W*(?:(?:and|so|but|oh|ok(?:ay)?|wait|sorry|hold on|hm+|um+|actually|just|now)\W+)*"
    r"(?:quick(?:ly)? |to (?:come|go|get) |coming |going |circling |jumping |returning )?(?:back|return\w*) to\b"
    r"|\bgo back (?:a|one) (?:question|step)\b|\bback to the [\w -]{2,30} (?:one|question)\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\bi (?:(?:had|was|have|am|'m|'ve)(?: not|n't)|hadn't|wasn't|haven't) (?:quite |really |actually )?"
    r"(?:done|finish\w*|through|complete\w*)(?: yet| with| there)?\b"
    r"|\byou did(?:n't| not) let me\b"
    r"|\byou (?:moved|went|jumped) on\b|\b(?:you )?cut me (?:off|short)|\bi had (?:more|something else|one more"
    r"|another) \b",
    re.IGNORECASE,
)
_NOT_TRIED = re.compile(
    rf"^\W*{_FILLED}i (?:have ?n'?o?t|had ?n'?o?t|did ?n'?o?t|have not|did not|had not)"
    r" (?:even |really |yet |actually )?(?:tr(?:y|ied)|sa(?:y|id)|beg[iu]n|began|start\w*|answer\w*|attempt\w*)"
    r"(?: (?:anything|a word|it|this(?: one)?|that(?: one)?|to answer))?"
    r"(?: (?:on|to|about|with) (?:it|this|that|the)(?: \w+){0,2})?(?: (?:yet|so far|at all))*\W*$",
    re.IGNORECASE,
)
"""That nothing was said yet to what is open."""
_ADDS = re.compile(
    r"\bi (?:also |just |still |totally |completely )*forgot (?:to (?:say|mention|add|tell|include|name|bring up"
    r"|talk)|about|one|the|another)\b|\bi (?:also |just |still )*(?:did ?n'?o?t|did not|have ?n'?o?t|haven't|have not"
    r"|never) (?:yet |even |actually |really )?(?:say|said|mention\w*|tell|told|name[d]?|add\w*|cover\w*|talk\w*"
    r"|g[eo]t? to|include\w*|explain\w*)\b"
    r"|\b(?:i(?:'d| would)? (?:also |just |still |quickly )*(?:want\w*|like|need|have|wish) to|let me|can i"
    r"|may i|could i"
    r"|i (?:should|must|can|could|may)(?: also| still| perhaps)?|i'll|i will)"
    r" (?:also |just |still |quickly |maybe |perhaps )*(?:add|complete|complement|supplement|extend|append)\b"
    r"|\b(?:one|another|a|some) (?:more |last |small |quick |other )*(?:thing|point|addition|remark|word)s? (?:i"
    r"|to|on|about"
    r"|for)\b|\bi (?:left|leave) (?:\w+ ){0,3}out\b|\bi (?:omitted|missed|skipped over)\b"
    r"|\bi (?:also |just |still )*(?:wanted|meant|was going) to (?:also )?(?:mention|bring up|(?:say"
    r"|tell)(?: you)? (?:about|on))\b"
    r"|\bi should(?:'ve| have) (?:said|mentioned|added|named|told|included)\b|^\W*(?:in )?addition(?: to|:)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:i(?:'d| would)? (?:also |just |still )*(?:want\w*|like|need|have|wish) to|let me|can i|may i|could i"
    r"|i (?:should"
    r"|must)|i'll|can you|could you|please)"
    r" (?:also |just |still |quickly |maybe )*(?:correct(?! me if)|fix|revise|amend|retract|rectify|change"
    r"|take back)\b"
    r"|(?<!if )\bi (?:\w+ )?i? ?(?:was|am|were) (?:\w+ )?(?:wrong|mistaken|too quick|confused)\b|\bi take (?:it"
    r"|that|this"
    r"|what i said)?(?: \w+)? ?back\b"
    r"|\bi (?:had|got|said|put|told|have|mixed|swapped|confused|switched|reversed)\b.{0,25}"
    r"\b(?:wrong(?:ly)?|backwards?|reversed|swapped|mixed up|the (?:wrong|other) way|upside down|up)\b"
    r"|\bi (?:made|did) an? (?:\w+ )?(?:mistake|slip|error)\b|\bi (?:misspoke|mixed|swapped|confused)\b"
    r"|\bmy (?:[\w-]+ ){1,3}(?:was|were) (?:a (?:bit|little) |slightly |all )?(?:off|wrong|incorrect|backwards?"
    r"|upside down|inverted|flipped|the wrong way|not (?:right|correct))\b"
    r"|\bwhat i said (?:about|on|of|before|earlier)\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"\b(?:once|used to|for years|years ago|always|in the past|at (?:work|school|first)|back then)\b",
    re.IGNORECASE,
)
"""Of a mistake that was made some time in one's life, and not in this interview."""
_BEFORE = re.compile(
    r"^\W*(?:(?:and|so|but|oh|ok(?:ay)?|wait|sorry|hold on|hang on|hm+|um+|actually|just|yes|no|well)\W+)*"
    r"(?:just )?(?:before (?:that|this|you|we|i|moving|going|answering|the next)\b|first,? (?:on|to|about|still)\b"
    r"|still on\b|(?:and )?(?:earlier|a (?:minute|moment|second|while) ago)\b|(?:by the way|btw)\b"
    r"|(?:something|one (?:more )?thing|quick(?:ly)?(?: word)?|a word|p\.?s\.?)\b)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:for|on|about|to|in|regarding|with) (?:the |that )?(?:(?:last|previous|prior|preceding|earlier) (?:one"
    r"|thing|part)"
    r"|one before)\b"
    r"|\b(?:the|that) (?:one|question) before\b",
    re.IGNORECASE,
)
_TO_OPEN = re.compile(
    r"^\W*(?:(?:and|so|now|but|ok(?:ay)?|right|then|well|anyway)\W+)*(?:(?:for|to|on|about|as (?:to|for)|with"
    r"|regarding)"
    r" (?:this|your|the (?:new|open|current|present|actual|next))\b"
    r"|now (?:to|for|on|your|this|the)\b|(?:back )?to (?:this|your|the (?:open|current|new))\b|anyway\b|as to\b)",
    re.IGNORECASE,
)
_WORDS = frozenset(
    content(
        "question answer please sorry think know thing say said give get go going want need word help start little"
        " bit again next one more first last moment second time much many left right example hint repeat mean"
        " meant idea sure hear understand skip pass yes no okay wait tell ask asked continue back previous earlier"
        " before after add addition forgot forget mention wrong correct correction count counted finish finished"
        " hold actually still also just hmm oh move moved point point topic part leave something anything reply"
        " try can could would may let quick quickly return revisit reopen take change fix minute while ago belong"
        " intended place put credit way round mistake mixed swapped confused missed out come came talk turn here"
        " there really you me my I was were did not do does that this it"
        " didn't don't doesn't wasn't hadn't haven't weren't can't i'm i'd i've i'll it's that's hang all while asking"
        " answering meaning means no thing so about"
    )
)
LONGEST = 2000
"""Characters of what turns to an earlier question: who says more answers the open one."""
NEAR = 2
"""The first and the last sentences of what is said, in which a sign of going back is looked for."""


@dataclass(frozen=True)
class GoingBack:
    """What turns to an earlier question.

    record: of that question. said: what is added to it; "" for nothing yet. rest: what answers the open
    question besides; "" for nothing. moves: what was said last to the open question was meant for it.
    """

    record: Record
    said: str = ""
    rest: str = ""
    moves: bool = False


def going_back(session: Session, text: str) -> GoingBack | None:
    """Whether `text`, said while the last question of the session is open, turns to an earlier one."""
    *earlier, now = session.records
    if not earlier or len(text) > LONGEST:
        return None
    parts = _parts(text)
    for at, part in enumerate(parts):
        if NEAR <= at < len(parts) - NEAR:
            continue
        found = _sign(part, text, earlier, now)
        if found is not None:
            return _split(parts, at, found, now)
    return None


def complains(text: str) -> bool:
    """Whether what is said reports that the interviewer cut in, or took words for what they were not."""
    parts = [part.replace("’", "'") for part in _parts(text)[:NEAR]]
    found = (_UNFINISHED.search, _WAS_ABOUT.match, _NOT_TRIED.match)
    return any(sign(part) for part in parts for sign in found)


def not_tried(text: str) -> bool:
    """Whether all that is said is that nothing was said yet to what is open."""
    return bool(_NOT_TRIED.match(text.replace("’", "'")))


def follows(session: Session, text: str) -> GoingBack | None:
    """The same of what is said after the candidate was told to go ahead with an earlier question, which was
    named with `going_back` before; None where it answers the open one, or nothing was agreed."""
    *earlier, now = session.records
    asides = now.turns[-1].asides
    last = asides[-1] if asides else None
    if last is None or last.event != "remarked" or last.kind != "go-back":
        return None
    if not earlier or len(text) > LONGEST:
        return None
    if any(
        turn.added and turn.reply.seq > last.seq for r in earlier for turn in r.turns if turn.reply
    ):
        return None
    before = going_back(session, last.said)
    record = before.record if before else earlier[-1]
    here, there = shares(text, record, now)
    return None if here > there else GoingBack(record, text)


def _parts(text: str) -> list[str]:
    return marked_sentences(text) or [text]


def _sign(part: str, text: str, earlier: Sequence[Record], now: Record) -> Record | None:
    """The earlier question that a sentence turns to; None where it has no sign of it."""
    line = part.replace("’", "'")
    record = _meant(line, earlier, now)
    here, there = shares(text, record, now)
    fresh = all(turn.reply is None for turn in now.turns)
    if _is_explicit(line, record, now):
        in_it = shares(part, record, now)
        return record if in_it[0] <= in_it[1] + 1 or not fresh else None
    if (about := _WAS_ABOUT.match(line)) and (meant := _owner(about["name"], earlier, now, 1)):
        return meant
    if (opened := _ABOUT.match(line)) and _refers(opened):
        meant = _owner(opened["name"], earlier, now)
        own, others = shares(text, meant, now) if meant else (0, 0)
        if meant and (own <= others or opened["one"]):
            return meant
    if _UNFINISHED.search(line) and fresh:
        return record if here <= there else None
    if (pointed := _ONE.search(line)) and (_MINE.search(line) or _leads(line, pointed.start())):
        here, there = shares(part, record, now)
        if there > here or (here == 0 and _leads(line, pointed.start())):
            return record
    corrects = _CORRECTS.search(line) and not _LONG_AGO.search(line)
    named = bool(_named_in(line, record, now))
    own, others = shares(part, record, now)
    if corrects and named and others > own:
        return record
    if _ADDS.search(line) or corrects:
        if fresh:
            return record if (here == 0 or there > here) and _comes_first(part, text) else None
        return record if (named or there >= NEAR) and here == 0 else None
    if _BEFORE.search(line):
        return record if there >= NEAR and there > here + 1 else None
    return None


def _refers(opened: re.Match[str]) -> bool:
    """Whether an opening points at what was asked, rather than at a case of what is spoken of."""
    signs = len(re.findall(r"\w+", opened["signs"])) > 0
    return bool(opened["one"] or opened["ago"] or (signs and opened["the"]))


def _owner(name: str, earlier: Sequence[Record], now: Record, ways: int = 2) -> Record | None:
    """The earlier question, the latest, whose prompt a name is in while the open one has nothing of it.

    ways: 2 to look, where it is in no prompt, for one in whose answer it is.
    """
    words = set(content(name)) - _WORDS
    if words & _prompt(now):
        return None
    words -= _subject(now.question)
    for own in (_named, _subject)[:ways]:
        if found := next((r for r in reversed(earlier) if words & own(r.question)), None):
            return found
    return None


def _leads(line: str, at: int) -> bool:
    """Whether nothing is said in a sentence before that place, and what it names is set apart."""
    return not set(content(line[:at])) - _WORDS and bool(
        re.match(r"[^,:–—]{0,40}[,:–—]", line[at:])
    )


def _is_explicit(line: str, record: Record, now: Record) -> bool:
    """Whether a sentence names another question as such, or says where what is said belongs."""
    pointed = _POINTS.search(line)
    at = pointed.start() if pointed else 0
    if pointed and not _LIKE.search(line[:at]) and (_MINE.search(line) or _leads(line, at)):
        repeats = r"\b(?:repeat|what (?:was|is) the|say the|read) "
        return not re.search(repeats, line[: pointed.end()], re.IGNORECASE)
    if _THERE.search(line):
        return bool(_ONE.search(line) or pointed or "there" in line or _named_in(line, record, now))
    if found := _RETURN.search(line):
        after = line[found.end() :]
        bare = not set(content(after)) - _WORDS
        return bare or bool(_ONE.search(line)) or bool(_named_in(line, record, now))
    return False


def _comes_first(part: str, text: str) -> bool:
    """Whether a sentence opens what is said, or what stands before it says nothing."""
    return not set(content(text[: max(0, text.find(part))])) - _WORDS


def _meant(line: str, earlier: Sequence[Record], now: Record) -> Record:
    """Which earlier question a sentence names by its number or its subject; else the one just before."""
    if number := re.search(r"\bquestions? (?:number )?(\d+)\b", line, re.IGNORECASE):
        wanted = int(number[1])
        planned = [r for r in earlier if not r.further]
        by_id = [r for r in earlier if r.question.id == wanted]
        by_place = planned[wanted - 1 : wanted] if wanted else []
        if found := [*by_id, *by_place]:
            return found[0]
    last = earlier[-1]
    best = max(reversed(earlier), key=lambda r: len(_named_in(line, r, now)))
    return best if len(_named_in(line, best, now)) > len(_named_in(line, last, now)) else last


def _named_in(line: str, record: Record, now: Record) -> set[str]:
    """The words of a question's prompt and terms that a sentence names and the open one does not hold."""
    return set(content(line)) & (_named(record.question) - _prompt(now) - _WORDS)


def _prompt(record: Record) -> set[str]:
    return set(content(f"{record.question.prompt} {' '.join(record.put)}"))


def shares(text: str, record: Record, now: Record) -> tuple[int, int]:
    """How many words of what is said belong to the open question and not to the earlier one, and the reverse."""
    said = set(content(text)) - _WORDS
    here, there = _subject(now.question) | _prompt(now), _subject(record.question)
    return len(said & (here - there)), len(said & (there - here))


def _subject(question: Question) -> frozenset[str]:
    return subject.told(question, accepted=True) | _named(question)


def _named(question: Question) -> frozenset[str]:
    return subject.stems((question.prompt, *question.terms))


def _split(parts: Sequence[str], at: int, record: Record, now: Record) -> GoingBack:
    """What of the sentences is for the earlier question, of which the one at `at` turns to it."""
    before, after = list(parts[:at]), list(parts[at:])
    rest: list[str] = []
    here, there = shares(" ".join(before), record, now)
    if here > there:
        rest, before = before, []
    for turned in range(1, len(after)):
        tail = " ".join(after[turned:])
        here, there = shares(tail, record, now)
        if _TO_OPEN.search(after[turned]) and set(content(tail)) - _WORDS - _prompt(now):
            rest, after = [*rest, tail], after[:turned]
            break
        if here >= NEAR and there == 0 and not rest:
            rest, after = [tail], after[:turned]
            break
    said = " ".join([*before, *after])
    line = said.replace("’", "'")
    left = set(content(said)) - _WORDS - _prompt(record) - _prompt(now)
    told = left & _subject(record.question)
    moves = bool(_MEANT.search(line) or any(map(_WAS_ABOUT.match, _parts(line))))
    least = (1 if told else NEAR) + ("?" in line)
    if len(told) >= NEAR or (not moves and len(left) >= least):
        return GoingBack(record, said, " ".join(rest))
    return GoingBack(record, "", " ".join(rest), moves=moves or bool(_THERE.search(line)))
