"""By which words a kind of utterance is known: whole utterances that say one thing, and cues.

A cue is no proof: "you don't repeat the work" is an answer. `utterances` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from interviewer.answer_text.normalize import content
from interviewer.interview.talk import sayings
from interviewer.session.events import UtteranceKind

MOST_WORDS = 30
"""A longer reply asks nothing back, whatever it begins with."""

_POLITE = (
    r"(?:(?:um+|uh+|er+m?|hmm+|so|well|ok(?:ay)?|sorry|pardon|excuse me|wait|hold on|hang on|please"
    r"|just to (?:be sure|check|clarify)|before i (?:start|answer)|(?:a )?quick question|first|and|but)"
    r"[\s,.:!?…-]*)*"
)
_AGAIN = (
    r"(?:(?:can|could|would|will) you (?:please |maybe |just |possibly )*"
    r"(?:repeat|rephrase|reword|clarify|restate|re-?phrase|say|put|explain|read|ask)"
    r"(?: (?:that|it|this|the question|your question|what you mean|what you(?:'re|’re| are) asking"
    r"|what is (?:meant|asked|wanted)|the last (?:part|bit)|me the question|differently))?"
    r"(?: (?:again|once more|one more time|differently|in other words|another way|please|for me|to me"
    r"|a bit|a little|more clearly|more slowly))*"
    r"|(?:please )?(?:repeat|rephrase|clarify|reword)(?: (?:that|it|the question))?(?: please)?"
    r"|(?:come|say (?:that|it)|once) again(?: please)?|one more time(?: please)?"
    r"|(?:sorry|pardon|what)(?: me)?"
    r"|i (?:did not|didn(?:'|’)?t|do not|don(?:'|’)?t) (?:quite |really |fully )*"
    r"(?:understand|get|catch|follow|hear)(?: (?:the question|that|your question|what you mean"
    r"|what you(?:'re|’re| are) asking(?: for)?|what is (?:meant|asked)|it|this one))?"
    r"(?:, (?:can|could) you repeat(?: it| that)?)?"
    r"|(?:i(?:'m|’m| am) )?not sure what you(?:'re|’re| are) (?:driving at|after|getting at|asking(?: for)?)"
    r"|(?:i(?:'m|’m| am) )?not sure (?:i (?:understand|follow)(?: (?:the question|what you mean))?"
    r"|what you(?:'re|’re| are) asking(?: for| about)?|what you mean|what (?:is|the question) (?:meant|asked"
    r"|means))"
    r"|what(?: is|'s|’s| was) the question(?: again)?|the question is (?:not clear|unclear)(?: to me)?)"
)
_MEANING = (
    r"(?:what (?:do|did) you mean(?: (?:by|with|when you say) .{1,60})?|what does (?:that|this|it) mean"
    r"|what (?:is|was|'s) meant (?:by|with) .{1,60}"
    r"|(?:can|could) you (?:please )?(?:clarify|explain) what you mean(?: (?:by|with) .{1,60})?"
    r"|what does .{1,40} mean(?: here| in (?:this|the) (?:question|context))|in what sense"
    r"|how do you (?:mean|define) .{1,40}|you mean what)"
)
_FORM = (
    r"(?:(?:do|did|would) you (?:want|like|need|expect|prefer)(?: me)?(?: to)?"
    r"|are you (?:asking|looking|interested)(?: me)?|(?:should|shall|can|could|may|must) i"
    r"|do i (?:need|have) to|am i (?:supposed|expected|allowed) to|is it (?:ok(?:ay)?|fine|enough) (?:if|to)"
    r"|how (?:much detail|detailed|long|many (?:of them|examples|points|words|sentences|items))"
    r"|which (?:one|version|variant|part|kind|sense)(?: exactly)?"
    r" (?:do you mean|are you (?:asking|after))(?: (?:about|for))?"
    r"|is (?:this|that|the question|it) (?:about|for|at) (?:training|inference|the formula|the original)"
    r"|in words or|formula or|just the|only the)"
)
_SHAPE_WORDS = (
    "formula equation definition math maths notation symbols words code pseudocode pseudo example"
    " number names list intuition idea reason details derivation proof explanation explain"
    " sentences short long brief full general specific original paper training inference write give"
    " describe name start begin compare define derive answer cover include talk use draw mean"
    " want need ask repeat say only simple formal informal exact rough detail question it more"
    " loss objective function steps method algorithm model architecture pros cons advantage term terms"
    " examples formulas equations sentence derivations notations advantages models losses objectives"
)
_SHAPES = frozenset(content(_SHAPE_WORDS))
_ALONE = re.compile(rf"^{_POLITE}(?:{_AGAIN}|{_MEANING})[\s,.!?…]*{_POLITE}$", re.IGNORECASE)
_ASKS_FORM = re.compile(rf"^{_POLITE}{_FORM}\b(?P<rest>[^?.;:=]*)\?[\s]*$", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:because|since|that is|it(?:'s|’s| is)|so that|means|equals|correct|right|true)\b|[=≈∑√]"
    r"|\bthat (?:the|it|they|each|every|a|an|you)\b|\d\s*%|\blog\b|\b(?:say|answer|mention) (?:that|it)\b",
    re.IGNORECASE,
)


def asks_back(text: str, asked: str) -> bool:
    """Whether the whole reply asks what the question means, or for what kind of answer it calls.

    asked: the words of the question or probe that it replies to. A reply that says anything else is
    an answer, even where it contains a question or is put as one: "Is it the log?" is an answer,
    "Do you want the formula?" is not.
    """
    line = " ".join(text.split())
    if not line or len(line.split()) > MOST_WORDS:
        return False
    if _CLAIM.search(line) and not _ALONE.match(line):
        return False
    known = {*content(asked), *_SHAPES}
    return all(_asks(part, known) for part in _parts(line))


def _asks(part: str, known: set[str]) -> bool:
    if _ALONE.match(part):
        return True
    form = _ASKS_FORM.match(part)
    # Whoever asks about the form of an answer brings no words of its content.
    return form is not None and all(word in known for word in content(form["rest"]))


def _parts(line: str) -> list[str]:
    parts = re.split(r"(?<=[?.!])\s+", line)
    kept = [
        p for p in parts if not re.fullmatch(rf"{_POLITE}(?:thanks?|thank you)?[.!\s]*", p, re.I)
    ]
    return kept or parts


_FILLERS = (
    r"(?:(?:um+|uh+|er+|hmm+|well|so|ok(?:ay)?|sorry|honestly|actually|just|really|i mean)[\s,.]*)*"
)
_UNKNOWN = re.compile(
    rf"^{_FILLERS}(?:"
    r"(?:i\s+)?(?:do\s*n[o']?t|dont|do not|don’t)\s+(?:really\s+|actually\s+)?(?:know|remember|recall)"
    r"(?:\s+(?:this|that|it|the answer|this one|that one))?"
    r"|(?:i(?:'ve|’ve| have)?\s+)?(?:got\s+)?no\s+(?:idea|clue)"
    r"|i\s+(?:have\s+)?forgot(?:ten)?(?:\s+(?:this|that|it))?"
    r"|(?:i(?:'m|’m| am)\s+)?not\s+sure"
    r"|idk|dunno|pass|no clue|can(?:'|’|no)?t\s+(?:say|remember|recall)|i give up|\?+"
    rf")[\s,.!?…]*{_FILLERS}(?:sorry)?[\s,.!?…]*$",
    re.IGNORECASE,
)
_GIVES_UP = re.compile(r"\b(?:pass|i give up)\b", re.IGNORECASE)


def says_unknown(answer: str) -> bool:
    """Whether the whole answer only says that the candidate does not know, or nothing."""
    return not answer.strip() or (len(answer) < 120 and bool(_UNKNOWN.match(answer.strip())))


def gives_up(answer: str) -> bool:
    """Of what only says that the candidate does not know: whether it passes the question on."""
    return bool(_GIVES_UP.search(answer))


def said_whole(text: str, asked: str) -> UtteranceKind | None:
    """The kind of an utterance that says one thing and no more, in well-known words.

    asked: the words of the question or probe that it replies to.
    """
    line = " ".join(text.split())
    if (found := _most_specific(line, asked)) is not None:
        return found
    if asks_back(line, asked):
        return _asked_back(line)
    if says_unknown(line):
        return "give-up" if gives_up(line) else "dont-know"
    if len(line.split()) > MOST_WORDS:
        return None
    return sayings.saying(line)


_SPECIFIC: tuple[UtteranceKind, ...] = (
    "example",
    "hint",
    "define",
    "rephrase",
    "clarify",
    "repeat",
)


def _most_specific(line: str, asked: str) -> UtteranceKind | None:
    """Of several requests in a row the one that asks for most: "Sorry, what? An example, maybe?" """
    parts = re.split(r"(?<=[?.!])\s+", line)
    if not 1 < len(parts) <= MOST_REQUESTS:
        return None
    kinds = [said_whole(part, asked) for part in parts]
    return next((k for k in _SPECIFIC if k in kinds and set(kinds) <= set(_SPECIFIC)), None)


MOST_REQUESTS = 4
"""In one breath."""


def _asked_back(line: str) -> UtteranceKind:
    """Which of the kinds that ask back."""
    if _ASKS_FORM.match(_parts(line)[-1]):
        return "clarify"
    if _WORD_ASKED.search(line):
        return "define"
    return "repeat" if _SAYS_AGAIN.search(line) else "rephrase"


_WORD_ASKED = re.compile(
    r"\b(?:what (?:do|did) you mean (?:by|with|when)|what does (?!that|this|it\b).{1,40} mean"
    r"|meant (?:by|with)|define|you mean (?:by|with))\b",
    re.IGNORECASE,
)
_SAYS_AGAIN = re.compile(
    r"\b(?:repeat|again|once more|one more time|read|hear|catch|(?:was|is) the question|sorry|pardon)\b"
    r"(?!.*\b(?:differently|other words|another way|rephrase|understand|explain)\b)",
    re.IGNORECASE,
)

_CUES: Mapping[UtteranceKind, tuple[str, ...]] = {
    "repeat": (
        r"\b(?:say what|did(?:n'?t| not) get that|(?:audio|sound|line|mic) .{0,12}(?:broke|"
        r"gone|bad|cut)|broke up|forgot the question|lost track|(?:have|get|hear|"
        r"give me) the question|the question,? please|you said what|missed (?:that|"
        r"it|the question))\b|"
        r"\b(?:(?<!n't )(?<!get to )repeat|restate|come again|say (?:it |that |this )?(?:once "
        r")?again|once (?:more|again)|one more time|again please|second time|pardon|scroll "
        r".{0,12}back)\b",
        r"^\W*(?:(?:sorry|please|wait|um+|uh+),? )*(?:again|pardon|sorry|what|come again|"
        r"question again|once more)(?: please|,? sorry| sir)?\W*$",
        r"\b(?:what (?:was|is|were) (?:the|that|your|it|this|.{0,20}rest of the)\b.{0,30}\b(?:question|"
        r"follow-?up|again|asked?)|what'?s? the (?:q|question)\b.{0,8}(?:again)?|what (?:did|"
        r"do) (?:you|u) (?:just )?(?:ask|say)|(?:read|show|see|hear|get) (?:me )?(?:it|that|"
        r"the question|the last (?:part|bit)|this).{0,14}(?:again|once more|one more)|what "
        r"was (?:that|it)\b)",
        r"\b(?:n'?t|not|couldn't|could not) (?:quite |really )?(?:hear|catch)\b|\b(?:cut "
        r"out|zoned out|lost the|lost you|internet|connection|was (?:so tense|distracted|"
        r"still writing)|missed (?:the|that|your|what))\b",
        r"\b(?:again|verbatim)\b",
    ),
    "rephrase": (
        r"\b(?:(?:ask|say|explain|phrase) (?:it|that|this|the question) (?:in a|some|more|"
        r"less)|what are you (?:asking|after|getting)|come at it|too (?:complicated|"
        r"abstract|long|vague)|shorter|lost here|not with you|over my head|what'?s the question|"
        r"dumb it down|layman|what do you want|i'?m lost|clarify the question|confusing|"
        r"which do you want)\b|"
        r"\b(?:rephrase|re-?word|reformulate|paraphrase|simplif\w+|other words|another way|"
        r"some other way|a different way|put (?:it|that) differently|word (?:it|that) (?:differently|"
        r"another)|differently|break (?:it|that|this) down)\b",
        r"\b(?:simpler|easier|plainer?|plainly|normal|easy|clearer|clearly|in english)\b.{0,18}(?:words|"
        r"english|version|terms|question|way|please|pls)?\W*$",
        r"(?:(?<!they do)(?<!does)(?<!it did)(?<!we do)n'?t|\bnot|\bfail to|\bcannot|n't "
        r"arrive to) .{0,22}(?:understand|understood|undrestand|follow|get\w*|see|grasp|"
        r"comprehend|reconstruct|know)\b.{0,24}(?:question|qu?e?u?stion|asking|asked|mean|"
        r"want|getting at|driving at|after|intent|supposed|you|this|it)?\W*$",
        r"\b(?:question|wording|formulation|phrasing)\b.{0,12}\b(?:is|was|seems|strikes)"
        r"\b.{0,14}(?:n'?t|not|un|too|difficult|hard|opaque|confusing|convoluted).{0,12}(?:clear|"
        r"understand|long|opaque|confusing|me)?",
        r"\b(?:what|how) (?:exactly |precisely |actually )?(?:do|are|am|is|would|should)"
        r" (?:you|u|i|the question|being|it)\b.{0,24}(?:want|ask\w*|mean|after|suppos\w+|"
        r"know|looking for)\b",
        r"\b(?:lost me|lost in|makes? no sense|like i'?m (?:five|5)|wdym|huh|confus\w+|don'?t "
        r"follow|not (?:follow|understand|get|clear)|unclear|meaning\?|what do u mean|mouthful|"
        r"driving at|getting at)\b",
        r"^\W*(?:huh|eh|wdym|what do you mean|meaning|in english|sorry\?|simpler)\b.{0,20}$",
    ),
    "define": (
        r"\b(?:what counts as|in what sense|which sense|what do you understand by|not (?:sure|"
        r"clear|familiar).{0,12}what .{1,30} (?:is|are|means?)\b|(?:do(?:n'?t| not)|"
        r"not) know (?:the|that|this) (?:word|term|expression|abbreviation)|(?:abbreviation|"
        r"acronym)|refer(?:s|ring)? to\b|what kind of (?:a )?\w+ is|(?:is|are) what\?|"
        r"means what|what'?s (?:an? |the )?[\w -]{2,24}\?|what(?:'s| is) .{1,30} supposed to mean|"
        r"remind me)\b|"
        r"\bwhat(?:'s| is| are|s| was)? (?:meant|mean|means|meaning)\b|\bwhat (?:does|do|"
        r"did|means)\b.{1,40}\b(?:means?|stands? for|refer to|say)\b|\bwhat (?:do|did) (?:you|"
        r"u) (?:mean|understand|call)\b.{2,}|\bwdym (?:by|with)\b",
        r"\b(?:define|definition (?:of|for)|meaning of|explain the (?:word|term|expression)"
        r"""|explain what .{1,30} (?:is|means)|the (?:word|term) [\"“'])""",
        r"^\W*(?:(?:sorry|um+|uh+|wait|and|so|like),? )*what(?:'s| is| are|s) (?:an? |the "
        r"|that,? )?(?!the question|it like|being|asked)[\w\" -]{2,28}\?*$",
        r"\b(?:by|with|when you say|you say|saying|your)\b.{1,40}\b(?:you mean|means? what|"
        r"is what|meaning what|in what sense|which things)\b|\bmeaning what\b|\bwhat wants "
        r"""to say\b|\b(?:what|may i ask) .{1,30}[\"'”] means\b|\bas opposed to what\b|\bremind """
        r"me what\b|\bto whom\b|\bcalling a\b",
        r"\bmean\b.{0,20}\b(?:here|in (?:this|your|the) (?:question|context))\b",
    ),
    "example": (
        r"\b(?:(?:a|one|any|some|an) (?:\w+ )?(?:example|instance|illustration|sample)s?\b.{0,10}\?|"
        r"can you illustrate|demonstrate|like for what|what would (?:be|that look like)|"
        r"a case where|use case\?|picture it)\b|"
        r"^\W*(?:(?:like|sorry|um+|uh+|please|hmm+|and|ok),? )*(?:an? |any |one |some |maybe "
        r")*(?:for )?(?:example|instance|e\.?g\.?|such as|like what|examples)\b.{0,16}\W*$",
        r"\b(?:give|show|have|need|could|can|would|want|like|see|help\w*|start|pick|any|"
        r"some|possible|please|maybe|got|furnish|illustrat\w+)\b.{0,40}\b(?:examples?|instance|"
        r"illustrat\w+|concrete case|a case|sample|demo)\b",
        r"\b(?:example|instance|concrete case|illustrat\w+)\b.{0,30}(?:please|pls|help|good|"
        r"\?|possible|nice|too much)",
        r"\blike what\b|\bconcrete\b.{0,12}\bcase\b|\bshow me\b|\billustrate\b",
    ),
    "hint": (
        r"\b(?:point me|where (?:do|should|would) i (?:start|begin)|any (?:pointers|help|"
        r"direction)|(?:a|one|the) (?:key ?word|lead|starting point|push|direction)|"
        r"guide me|assist|how does it (?:start|begin)|starts with|tell me (?:one|"
        r"a bit|part)|something to (?:go on|start)|jog my memory|could use (?:some )?help|"
        r"half of it)\b|"
        r"\b(?:hints?|clues?|nudge|tips?|pointers?|throw me a bone|bone|lifeline)\b",
        r"\b(?:help (?:me|please|here|with)|(?:little|some|bit|tiny|small) (?:bit )?(?:of "
        r")?help|can you help|help\?|help$|stuck|get me started|push me|start(?:ing)? (?:me|"
        r"only|it|the \w+) (?:off|only|for me)?|first (?:letter|word|number|step)|just tell "
        r"me|tell me at least|point me)\b",
        r"\bhint\b.{0,20}(?:please|pls|\?|here|for)|(?:need|give|gimme|get|want|have|ask "
        r"for|could use|like|got|any|a|small|little|tiny) (?:a |me a |for a |the )?(?:little "
        r"|small |tiny |lil )?(?:hint|clue|nudge|tip)\b",
    ),
    "on-track": (
        r"\b(?:is that (?:it|right|true|correct|enough)\?|getting (?:there|close|warm)|"
        r"on the right|do you follow|does that (?:answer|help|work|count)|satisf\w+|"
        r"miss(?:ing|ed) anything|anything (?:else|missing)|how am i|am i (?:missing|"
        r"making|wrong)|is it correct|correct so|good enough|have i (?:got|said|covered)|"
        r"what i (?:should|am supposed))\b|"
        r"\b(?:right|good|correct|wrong) (?:track|direction|path|way|lines)\b|\bon track\b|"
        r"\bgood way\b|\bcorrect direction\b",
        r"\b(?:am|was|lie) i\b.{0,22}\b(?:right|close|warm|track|ok(?:ay)?|wrong|correct|"
        r"there|anywhere|going|doing|off|good|well|far)\b|\b(?:did|have|do) i\b.{0,20}\b(?:right|"
        r"nail|got|get|close|cookie|well|good)\b|\bi go\b",
        r"\b(?:so far|until (?:here|now)|thus far|up to now|hot or cold|warm or cold|warmer|"
        r"getting warm\w*|make sense|makes sense)\b.{0,14}\?*$",
        r"\bis (?:that|this|it)\b.{0,30}\b(?:right|correct|enough|ok(?:ay)?|close|wrong|"
        r"what you|sort of|going anywhere|specific|roughly|the answer|hoping|level|good|"
        r"thing you)\b",
        r"\b(?:shall|should|may|can|do) i (?:go on|continue|keep going|check|carry on)\b|"
        r"\byou (?:want|wanted|were hoping|expect|had in mind)\b.{0,10}\?|\bmy (?:understanding|"
        r"direction|argument)\b|\bfull points\b|\blevel of detail\b",
    ),
    "remaining": (
        r"\b(?:how (?:far|long) (?:are we|to go|more|until|does|will|is)|how (?:many|much)\b|"
        r"questions? (?:are )?(?:left|remaining|to go)|much longer|nearly (?:done|"
        r"there)|almost (?:done|there|over)|when are we|at the end|what'?s the time|"
        r"the last|(?:time|clock) (?:check|remaining|do i)|minutes? (?:left|remaining|"
        r"do)|progress)\b|"
        r"\bhow (?:many|much)\b.{0,40}\b(?:left|remain\w*|more|to go|until|pending|missing|"
        r"time|questions?|rounds?|seconds?|minutes?|still|there (?:are|is))\b|\bhow (?:many|"
        r"much) (?:more|time|longer|left|questions)\b",
        r"\b(?:are|is|will) (?:we|it|this|that|there)\b.{0,16}\b(?:almost|nearly|done|over|"
        r"half\w*|finished|there yet|the last|soon|still long|near the end|many questions|"
        r"end)\b|\bwe done\b|\bmany questions\b",
        r"\b(?:how long|last (?:one|question)|what number|which (?:number|question) (?:is|"
        r"are)|where are we|what'?s left|time left|how'?s my time|time check|what time|time\?|"
        r"due to finish|hard stop|portion|remains|when (?:is|does|will) (?:this|it)|do i "
        r"have time|how is my time|still to come|to go\b|until the end|of how many|out of "
        r"how many|halfway)\b|^\W*time\W*$|\btime\?$",
    ),
    "dont-know": (
        r"\b(?:search me|you(?:'ve)? got me|faintest|haven'?t (?:a|the)|not my (?:area|"
        r"field|thing|topic)|look (?:it|that|this) up|no recollection|came across|"
        r"unfamiliar|not familiar|a gap|(?:missed|skipped) (?:that|this|the) (?:lecture|"
        r"chapter|class)|ignoran\w+|unknown to me|(?:don'?t have|have no|no) answer|"
        r"comes? to mind|i wish i knew|who knows|god knows|out of my depth|pay grade|"
        r"(?:is|are) new to me|no memory|can'?t (?:think of|come up)|i lack|at a loss|"
        r"i'?m lost|zilch|nada|rings? (?:no|a) bell|knowledge|not (?:a )?clue|i know nothing|"
        r"not something i know|i'?ve no|have no|can'?t help)\b|"
        r"(?<!they )(?<!models )(?<!vectors )(?<!it )"
        r"(?:\bdo|\bdid|\bwould|\breally|\beven)(?:n'?t|nt| not)\b.{0,20}\b(?:know|remember|"
        r"recall|have (?:an |any )?idea|study|learn)\b|\b(?:i )?not know\b|\bknow not\b|"
        r"\bnot have (?:an |any )?idea\b",
        r"(?<!has )(?<!had )\b(?:no|zero|not (?:a|the)|any|n't have) (?:real |earthly |faintest "
        r")?(?:idea|clue|memory|knowledge)\b(?! (?:that|of the|of cl))|\bdunno\b|\bidk\b|"
        r"\bbeats me\b|\bno clue\b|\bnot having any idea\b|\bclueless\b|\bnot the foggiest\b",
        r"\bnot (?:really |at all |so |entirely |that )?(?:sure|certain|familiar)\b",
        r"\b(?:never|not|n'?t) (?:yet )?(?:ever |really |even )?(?:heard?|met|stud(?:y|ied)"
        r"|seen|read|learn\w*|needed|used|come across|cover\w*|encounter\w*|had)\b|\bhave "
        r"not heard\b",
        r"(?:\bi\b.{0,14}|^\W*(?:sorry,? |um+,? |unfortunately,? )*|, )(?:ca|could|can)(?:n'?t|"
        r"not| not)\b.{0,18}\b(?:say|tell|remember|recall|give|answer|come up|place)\b|\bthat "
        r"i can'?t say\b",
        r"\b(?:blank|outside my|my knowledge|never met|escapes me|forgot(?:ten)?|nothing "
        r"(?:comes|at all)|not in my head|wouldn'?t even|lost on|over my head|drawing a|"
        r"slipped|stump\w*|mystery|never knew)\b|^\W*(?:nope|no|um+|uh+)?,? ?nothing\W*$|"
        r"\bguessing\b",
    ),
    "give-up": (
        r"\b(?:rather not|don'?t want to|no more|enough of this|i'?m out|drop (?:it|this)|"
        r"surrender|concede|no point|cut my losses|abandon|jump over|(?:different|"
        r"new) (?:question|one)|go (?:to|with) (?:the )?(?:next|another)|quit|defeat|"
        r"let (?:it|this) (?:go|be)|get this over|no use|throw in|towel|forget (?:it|"
        r"this one)|don'?t bother|come back to (?:it|this))\b|"
        r"(?<!you )(?<!they )(?<!it )\b(?:skip|pass|forgo|give up|giving up|fold)\b(?![- "
        r"](?:list|gram|connection|layer|the (?:image|hidden|context|softmax|token|res|con)"
        r"|it (?:through|to)|down|training|on the))",
        r"\b(?:next|another|other|subsequent|following) (?:question|one|item|topic|please|"
        r"plz)\b.{0,14}$|\bnext\W*$|\bgo(?:ing)? (?:on|further|ahead|to)\b.{0,26}$|\bgo(?: "
        r"on)? (?:with|to) (?:the )?next\b",
        r"\b(?:mov(?:e|ing) (?:on|along|to)|proceed|let'?s (?:leave|move|go|skip|drop|spare)"
        r"|leave (?:it|this|that)|continue|on to the next|nothing (?:more|else) (?:from "
        r"me|to add)|i'?m (?:done|out|finished)|my turn|i pass|wake me|have to (?:fit|pass)"
        r"|want miss|not worth|can'?t think of any more|that'?s all i have|leave it empty|"
        r"call it)\b",
        r"^\W*(?:(?:um+|uh+|ok(?:ay)?|please|sorry|nah|no|well),? )*(?:pass|skip|next|moving "
        r"on|i give up|give up|continue|move on)\b(?!-)(?:,? (?:please|plz|pls|this|this "
        r"one|one|it|question|sorry|thanks?))*\W*$",
    ),
    "thinking": (
        r"\b(?:bear with me|hang on|give me|not so fast|wait a|patience|i'?m on it|working on it|"
        r"processing|concentrat\w+|back to me|where was i|how (?:do|should|would) i (?:put|"
        r"say|start|phrase)|what was it|what'?s the word|it'?s coming|i'?ll get there|"
        r"need (?:a|some|to)|let'?s see|a tick|reflect|ponder\w*|mull\w*|brain)\b|"
        r"^\W*(?:(?:h+m+|u+h*m+|u+h+|e+r+m*|m+|ok(?:ay)?|so|well|right|ah|oh|let'?s see|"
        r"wait|now|yeah|hang on|hold on|sec|thinking|loading|moment|and|but|like|just|then|"
        r"a)\b\W*)+$",
        r"\b(?:let me|i(?:'m| am| must| need to| have to| want to|'d like to)|to|just|still|"
        r"shortly|through|am) (?:just |shortly |quickly )?(?:think\w*|gather|set up|put "
        r"this|put it|see|recall|collect|consider|ponder|sort)\b",
        r"\b(?:one|a|give me a|just a|two|half a|another|few) (?:sec(?:ond)?s?|moment|minutes?|"
        r"min|bit|tick)\b|\b(?:hold|hang) on\b|\bmoment\b",
        r"\b(?:gather my|tip of my tongue|come to me|how do you say|loading|don'?t rush|"
        r"thinking|thnking|thoughts|what did the slide|knew this)\b",
        r"(?:\.\.\.|…)\W*$|^\W*(?:so )?[\w -]{2,24}(?:\.\.\.|…| hm+\W*$)|\bh+m+\b",
    ),
    "small-talk": (
        r"\b(?:how'?s it going|nice (?:voice|talking|to)|sorry i'?m late|good night|hungry|"
        r"lunch|sorry (?:about|for) (?:the|that|my)|nervous|excited|first (?:time|"
        r"interview)|can you hear|phone|water|drink|tired|sleep|funny|joke|weird|"
        r"glad|happy|enjoy\w*|pleas(?:ed|ure)|(?:traffic|train|rain|sun|snow|heat|"
        r"window|baby|kids?|neighbou?rs?|bell)\b|are you (?:a|real|human)|what'?s your name|"
        r"my name)\b|"
        r"^\W*(?:(?:haha|yeah|um+|uh+|oh|phew|wow|ok(?:ay)?|well|puh|ah),? )*(?:hi|hey|hello|"
        r"helo|heya|sup|yo|greetings|good (?:morning|evening|afternoon|day|one)|thx|thanks?|"
        r"thank you|ty|cheers|cool|nice|great|haha|lol|lmao|bye|welcome)\b(?! to the)[^.:;=]{0,44}[.!]*$",
        r"\b(?:my (?:dog|cat|phone|roommate|kid|neighbou?r|hands|headset|mic|keyboard|laptop|"
        r"wife|husband|son|daughter|first)|weather|coffee|tea|nice to meet|lovely|this is "
        r"fun|how are you|hear me|the door|doorbell|(?:a|some|that) noise|keyboard|the lag|"
        r"brb|bless you|appreciate|ready when|greetings|no worries|take your time|pleasure|"
        r"power went|it'?s (?:late|hot|cold|early)|robot|having me|riveting|splendid|take "
        r"care|opportunity|rain\w*|weekend|pager|good luck)\b",
        r"\b(?:good|nice|great|fair|lovely|tough|interesting|cool|fun) (?:question|one|topic|"
        r"point)\b|\bi like\b",
    ),
    "protest": (
        r"\b(?:that(?:'?s| is) (?:what|exactly what|not what) i|(?:you|it) (?:mis(?:heard|read|"
        r"understood|sed)|missed|ignored|overlooked|skipped|misread)|not true|should(?:'ve|"
        r" have)? count|was (?:correct|right)|that'?s (?:wrong|not right|nonsense|"
        r"ridiculous|absurd)|mistaken|half a? ?point|isn'?t that what|did(?:n'?t|"
        r" not) i|i (?:covered|stated|explained|named|listed|gave|wrote|typed|mentioned) (?:it|"
        r"that|this|both|them|the)|like i said|as i said|how come|too strict|picky|"
        r"nitpick\w*|deserve|re-?grade|check again|look again|you'?re wrong|robbed|"
        r"ridiculous)\b|"
        r"\b(?:i|i'?ve|i have|i had|i'?d)\b.{0,16}\b(?:already|just|literally|clearly|exactly|"
        r"explicitly|did|wrote)\b.{0,20}\b(?:said|say|told|tell|mention\w*|wrote|write|answer\w*|"
        r"named?|gave|give|cover\w*|both|this|state\w*)?\b",
        r"\b(?:said|told you|mentioned|wrote|answered|covered|named|gave) (?:\w+ ){0,4}(?:already|"
        r"before|you|that|this|earlier|a minute ago|both)\b|\balready (?:said|told|mentioned|"
        r"answered|wrote|covered|gave)\b|^\W*(?:but |i |wait )*(?:said|told|mentioned|gave|"
        r"wrote)\b",
        r"\b(?:unfair|not fair|fair\?|that'?s fair|grade[rd]?|grading|marked|mark me|harsh|"
        r"points back|dispute|i (?:must |have to |do )?object|disagree|(?:n'?t|not) agree|"
        r"push back|my (?:answer|formula|first sentence|last answer)|listening|assessment|"
        r"missing\??|is broken|what more do you want|since when|come on|counts?\?|(?:my|that|"
        r"this|the) score\W*$)\b",
        r"\b(?:how|why) (?:is|was|does|did|it is|come)\b.{0,24}\b(?:wrong|missing|zero|marked|"
        r"incorrect|not count)\b|^\W*(?:but |only |just )?(?:zero|0)\b[^a-z]{0,3}(?:really|"
        r"for that|points?)?\b.{0,6}\?|\bthat was (?:right|correct|in)\b|\bin (?:the paper|"
        r"there|my answer)\b",
    ),
    "clarify": (
        r"\b(?:are you (?:asking|after|looking)|(?:only|just) (?:the|one|in)\b.{0,30}\?|"
        r"which (?:\w+ )?(?:do|are|should)|at (?:training|inference|test|query) time\?|"
        r"assuming|in which (?:setting|case|context|sense)|how (?:detailed|deep|long|"
        r"precise|formal|much detail)|with or without|are we|specific(?:ally)?\b.{0,20}\?|"
        r"in terms of|versus|from (?:the|which) (?:perspective|point)|as opposed to|"
        r"or both)\b|"
        r"\b(?:do|did|would) you (?:want|mean|like|need|expect|prefer)\b|\b(?:mean|want|"
        r"wish) you\b|\byou are asking\b|\bare you (?:asking|after|looking|talking|interested)"
        r"\b|\bare we talking\b|\b(?:should|shall|am|must|do|can|may) i (?:to |need to |"
        r"have to |have |supposed to )?(?:cover|treat|explain|give|include|describe|write|"
        r"name|assume|answer|talk|use|start|mention|list|derive|go)\b|\bi have to (?:explain|"
        r"name|give)\b|\bdoes the question\b|\bis (?:the question|this|it|that) (?:about|"
        r"for|on|meant|in)\b|\bwhich (?:version|one|of|part|kind|paper|variant|model)\b|"
        r"\bby \w+,? do you\b",
        r"\bor\b[^.;=]{1,40}\?+$|\bor\b[^.;=]{1,26}$",
        r"^\W*(?:(?:like|so|um+|uh+|wait|sorry|an?|the),? )*(?:for|in|per|at|on|with|as|"
        r"of|by|compared|during|from|a|the|just|all|only|loss)\b[^.;=]{1,60}\bor\b|\bin "
        r"general\?|\bor (?:also|just|only|in general|the later|for any|whatever|without|"
        r"for the)\b|^\W*(?:v?\d|bert|clip|the \w+|all)\b.{0,30}\bor\b.{0,30}\?",
    ),
    "correction": (
        r"\b(?:let me (?:rephrase|fix|take that back|start over|restate)|i misspoke|i was wrong|"
        r"wrong way|reverse that|swap (?:that|those|them)|not .{1,30} but |i should have said|"
        r"replace|instead of|the reverse|vice versa|forget what i said|ignore (?:that|"
        r"my)|on second thought|amend|erratum|rather,|or rather|slip of)\b|"
        r"^\W*(?:(?:oh|um+|uh+|hmm+|ah|sorry|and|hang on|well|argh),? )*(?:no|wait|oops|"
        r"correction|edit|typo|strike|scratch|mistake|stop|pardon me|i beg your pardon|sry|"
        r"actually|not|i said|allow me|let me correct|other way)\b.{4,}",
        r"\bi (?:meant|mixed|wrongly|retract|take (?:it |that )?back|revise|said .{1,40}(?:mean|"
        r"meant|make that|sorry|it'?s|but|only|delete))\b|\b(?:correct (?:myself|that)|revise "
        r"what|scratch that|strike (?:that|what)|take back|make that|mixed (?:them|up|the)"
        r"|other way (?:a)?round|the opposite|exchanged|i mean)\b|\bmust retract\b",
        r"(?:\.\.\.|…|,|\.) ?(?:no|argh|sorry|ha)\b[,:.! ]|, sorry\W*$|\bnot \w+,? sorry\b|"
        r"\bno sorry\b|\bsorry sorry\b|: no\b",
    ),
}
_FURTHER: Mapping[UtteranceKind, str] = {
    "repeat": (
        r"\b(?:audio|sound|line|more slowly|first half|second half|only (?:caught|got|heard)|rpt|cn u"
        r"|(?:show|print|display|put up|see) (?:me )?(?:the |your )?question|what'?s the q\w*"
        r"|distracted|(?:was|am) ?n[o']t (?:listening|paying)|spaced out|drift\w*|wander\w*|daydream\w*"
        r"|remind me|from the (?:top|beginning|start)|by me (?:again|one more)|say what|said what)\b"
    ),
    "rephrase": (
        r"\b(?:wdym|no sense|confus\w*|unclear|vague|ambiguous|parse|eli5|like i'?m (?:five|5)"
        r"|what (?:exactly )?(?:do|are|should|am) (?:you|i)|too (?:abstract|broad|general|many words)"
        r"|(?:lost|lose) me|wording|formulat\w+|phras\w+|unpack|elaborate on the|context on the"
        r"|narrow (?:it|the question) down|the words but|in human|in normal|concrete about)\b"
    ),
    "define": (
        r"\bmeans?\s*(?:what|exactly|here)?\s*\?|\b(?:in (?:what|which) sense|(?:this|that|the) (?:word|term"
        r"|expression|abbreviation)|stands? for|in the sense of|abbreviation|terminology|defin\w+"
        r"|short for|supposed to mean|your (?:sense|definition)|do you (?:call|understand (?:by|under)))\b"
    ),
    "example": (
        r"\b(?:illustrat\w+|instance|toy (?:example|case)|look like|scenario|analogy|concrete (?:case|example)"
        r"|sample|demonstrate|(?:an?|any|some|one|another) (?:\w+ )?(?:example|case)s?\b.{0,12}[?.]*$"
        r"|(?:like|such as) (?:what|which|where)|got (?:an?|one|any)|as (?:an )?example)"
    ),
    "hint": (
        r"\b(?:start with|how many (?:letters|words)|buzzword|keyword|first (?:letter|word|step|one)|stuck"
        r"|where (?:do|should|would|could) i (?:even )?(?:start|begin)|(?:any|some) (?:tips?|clues?|hints?"
        r"|pointers?|guidance)|my memory|steer|push|point me|get me started|lead me|guide me|lifeline"
        r"|approach this|help me|some help|starting point)\b"
    ),
    "on-track": (
        r"^\W*(?:right|correct|ok(?:ay)?|close|warm|enough|better|sufficient|good|satisf\w+|happy|yes)\b"
        r"[^.]{0,24}\?|\b(?:verdict|anything else|want me to|missing|miss(?:ed)? (?:any|some)thing|feedback"
        r"|how (?:am i|does that|was that|is it going)|what do you think|ballpark|wrong tree|the right (?:idea"
        r"|approach|area|lines)|if (?:i'm|i am|that'?s|that is|it'?s) (?:right|correct|wrong|close))\b"
    ),
    "remaining": (
        r"\b(?:more follow|of (?:y|how many)|how (?:many|much|long|far)|progress|half ?way|half ?time|final"
        r" (?:one"
        r"|question)|last (?:one|question)|time limit|clock|in total|altogether|to go|status|percent\w* (?:done"
        r"|of)|what number|which question|where are we|when (?:does|do|will|is) (?:it|this|we))\b"
    ),
    "dont-know": (
        r"\b(?:unsure|beyond me|beats me|zero (?:idea|clue)|no answer|not something i|pure guess|wild guess"
        r"|be guessing|haven'?t (?:read|looked|learn\w+|studied|reached)|(?:can'?t|don'?t|do not|cannot|could"
        r"n'?t) (?:remember|recall)\W*$|blank|tbh no|too (?:hard|difficult) for|new to me|no memory|keine"
        r" ahnung)\b"
    ),
    "give-up": (
        r"\b(?:skipping|passing|nxt|on ?to the next|nothing (?:further|to add|more|else)|let me off|spare me"
        r"|that'?s (?:all|it|everything) (?:i|from)|(?:another|different|new|other) (?:question|one)"
        r"|something else|i(?:'ll| will|'d like to| want to| would) (?:skip|pass)|rather (?:not|skip|move)"
        r"|prefer (?:not )?to|leave (?:it|this|that)|later)\b"
    ),
    "thinking": (
        r"\b(?:buffering|gears|cogs|wheels|brain|secs?|seconds|trying to (?:remember|recall|think|find)"
        r"|search\w* (?:for )?(?:the|a) (?:\w+ )?word|looking for the|almost (?:got|had)|nearly (?:have|there)"
        r"|i (?:do )?know (?:this|it)|i knew (?:it|this)|don'?t (?:tell|rush|say)|my thoughts|writing it"
        r"|drawing"
        r"|visuali\w+|picture it|head first|tip of)\b"
    ),
    "small-talk": (
        r"\b(?:namaste|test(?:ing)?|drill\w*|phew|ugh|oof|typos|my english|accent|doorbell|barking|kettle|snack"
        r"|(?:are|do|did|can) you (?:a |an |human|real|enjoy|like|see|sleep|get bored)"
        r"|i'?m (?:back|ready|nervous|tired)"
        r"|(?:it'?s|it is) (?:raining|snowing|late|hot|cold|\w+day)|have a (?:nice|good)|wish me|fingers"
        r"|stressful"
        r"|interviewer|recorded)\b"
    ),
    "protest": (
        r"\b(?:(?:it|that|this|mine|answer)(?:'?s| is| was) (?:true|correct|right|fine|complete|in (?:my|the"
        r"|there))"
        r"|same thing|in my (?:first |last )?answer|read (?:my|what i|it again)|why (?:does ?n[o']t|did"
        r"n'?t|is ?n'?t|was|is) (?:that|this|it|my)|(?:my|the|a|that) points?|(?:too|so) (?:strict|harsh|picky)"
        r"|you(?:'re| are)? (?:wrong|mistaken|missed|ignored|mis\w+|didn'?t)|i (?:did|already|just|literally)"
        r" (?:say|said|told|mention\w*|wrote|answer\w*|nam\w+)|see above|scroll up|object\w*|contest|grad(?:e"
        r"|ing))\b"
    ),
    "clarify": (
        r"^\W*(?:is|are) (?:an? |the |one |just |some )?(?:list|sentence|names?|formula|approximate|rough"
        r"|short|key"
        r"words|bullet\w*|pseudocode|numbers?)\b|\b(?:only|included|you mean|as well|too|or not|in general"
        r"|in turn|allowed)\s*\?+$|^\W*(?:just|only|all|both|one|exact|with|without|for|in|as) [^.]{1,40}\?+$"
        r"|\bdo you (?:care|need|want|expect|speak|prefer)|\bhow (?:many|deep|long|detailed|precise|exact)\b"
        r"|\b(?:should|shall|am|may|must|do|can) i (?:to )?(?:need|have|suppos\w+|writ\w*|explain|mention"
        r"|compare|include|cover|describe|list|name|give|derive|assume|keep|cite|go)\b"
    ),
    "correction": (
        r"(?:^|\b)(?:(?:let me|want to|need to|have to|may i|can i|i'd) (?:correct|fix|revise|change|amend"
        r"|restate"
        r"|rephrase my|take (?:that|it) back)|what i (?:just )?said (?:before |earlier )?(?:was|is)"
        r"|(?:disregard"
        r"|ignore|forget|scratch|strike|delete|cancel) (?:that|what i|my|the last)|misspoke|told wrong"
        r"|(?:mix\w*"
        r"|swap\w*|confus\w+|invert\w*|switch\w*|revers\w+) (?:up )?(?:them|the two|those|that|it)|my"
        r" (?:mistake|bad)"
        r"|on (?:second thoughts?|reflection)|(?:got|had) (?:it|that|those|them|this) (?:backwards|mixed|wrong"
        r"|swapped|upside|the wrong)|other way (?:a)?round|the (?:opposite|reverse)|was wrong about)\b"
        r"|^\W*\*\w+"
    ),
}
_ALSO: Mapping[UtteranceKind, str] = {
    "repeat": (
        r"\b(?:scroll|repost|play (?:it|that) back|too fast|broke up|dropped out|nochmal|only heard|lost"
        r" halfway)\b"
    ),
    "rephrase": (
        r"\b(?:spell (?:it )?out|what angle|jargon|worded|riddle|fishing for|trick question|easier words"
        r"|beginner"
        r"|translate|turn the question|(?:don't|can't) (?:tell|see) what you|more specific|no question)\b"
    ),
    "define": (
        r"\b(?:is|are) (?:what|which one)(?: again)?\W*$|^\W*(?:\w+\W+){0,3}what(?:'s| is| are)"
        r" [\w\" -]{2,30}(?:again|supposed"
        r" to be|, is it)|\bwhich (?:meaning|sense)\b|\bas in \w+\W*\?|\b(?:unfamiliar|acronym|never (?:saw"
        r"|heard)"
        r" (?:it|of it|the word|that word)|what (?:do )?you (?:call|understand)|the last word)\b|\bwas hei(?:ß"
        r"|ss)t\b"
    ),
    "example": (
        r"\b(?:story|in real life|real words|real-world|sketch|zum beispiel|par exemple|picture in mind"
        r"|with (?:an|two|three|some|real) (?:examples?|sentences?|numbers?))\b"
    ),
    "hint": (
        r"\b(?:crumb|rope|letter|leg up|ease me|lead me|prime me|overlooking|first half of it|buy (?:a|an)"
        r"|hinweis|indice"
        r"|pista|assist|helping hand|starting with|get(?:ting)? me going)\b"
    ),
    "on-track": (
        r"^\W*(?:how (?:close|much of)|would (?:that|you)|will that|tell me (?:if|whether) i)\b"
        r"|\b(?:unconvinced|whether i am|on the"
        r" money|get the (?:main )?point|hold up|what have i|what did you (?:hear|get)|richtigen weg|are we"
        r" good)\b"
    ),
    "remaining": (
        r"\b(?:after this|another part|an end in sight|over yet|energy|schedule|balance|wie viele|combien"
        r"|cuantas|rounds?"
        r"|how many of these)\b"
    ),
    "dont-know": (
        r"\b(?:(?:wish|should) (?:i'd|i had|i have|have) (?:read|studied|learn\w+)|google|look (?:it|that) up"
        r"|check the paper|blackout"
        r"|(?:only|just) (?:know|heard) (?:of )?(?:the|it)|heard the name|couldn't (?:explain|tell|define|say)"
        r"|but it(?:'s| is) gone"
        r"|i was (?:absent|ill|sick)|not aware|no memory|random guess|if i guessed|only guess|met this|bell"
        r"|stumped)\b"
    ),
    "give-up": (
        r"\b(?:onward|weiter|suivant|siguiente|park this|call it a day|jump (?:over|to)|towel|concede"
        r"|surrender|put (?:this|it) aside)\b"
    ),
    "thinking": (
        r"\b(?:in my head|picturing|let me (?:decide|order|untangle|rewind|work|try|draw|derive|count|chew"
        r"|sleep)|what(?:'s| was| is) the"
        r" (?:term|word|name)|needs? .{0,14}thought|composing|napkin|still (?:here|thinking|at it)|not done"
        r"|moment to|on paper)\b"
    ),
    "small-talk": (
        r"\b(?:headache|a cold|sneez\w+|someone at|brb|my (?:wife|cat|boss|kid|baby|hands|phone|english"
        r"|internet)|interview on|luck"
        r"|fun|stressful|topic|slept|recorded|machine|where are you from|what time|nervous|glass of|water)\b"
    ),
    "protest": (
        r"\b(?:textbook|deserves?|counted|too strict|strict|harsh|same (?:thing )?(?:in|just)(?: \w+)?"
        r" (?:other|different) words|reconsider"
        r"|gesagt|two lines up|in (?:there|my answer|my sentence)|not listening|with respect|respectfully|more"
        r" do you want)\b"
    ),
    "clarify": (
        r"^\W*(?:do|need|should|shall|may|must|am|can) i\b(?! (?:on|right|close|wrong|warm))|^\W*(?:assum\w+"
        r"|including|relative to"
        r" wh\w+|compared (?:to|with) wh\w+|which (?:one|of|part|version|model|two)|do you mean|you mean|in"
        r" the .{2,20} you mean)\b"
        r"|\b(?:suffices?|enough|allowed|needed|required|ok(?:ay)?|acceptable|fine)\W*\?+$|\b(?:level of"
        r" detail|how or why|why or how)\b"
    ),
    "correction": (
        r"\b(?:i should have said|delete that|edit:|revise|amend|retract|i (?:meant|confused|mixed|swapped)"
        r"|was nonsense|what i meant"
        r"|change (?:that|my answer)|i got (?:that|it) wrong|wrong drawer|backwards|never mind (?:the|what))\b"
        r"|^\W*(?:edit|correction|typo)\b"
    ),
}
CUES: tuple[tuple[UtteranceKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, found in _CUES.items()
    for pattern in (*found, _FURTHER[kind], _ALSO[kind])
)

_CUE_WORDS = (
    "repeat question skip next hint example again please know mean understand define continue"
    " remember nudge rephrase clue moment right track what explain"
)
_BY_LETTERS = {"".join(sorted(word)): word for word in _CUE_WORDS.split()}
_FILLED = re.compile(
    r"(?:^|(?<=\s))(?:u+m+|u+h+|e+r+m?|like|kinda|you know),? |, (?:like|um+|uh+),", re.I
)


def untwisted(text: str) -> str:
    """The text with swapped letters put right in words that cues are made of: "hnit" is "hint"."""
    return re.sub(
        r"[A-Za-z]{4,}",
        lambda found: _BY_LETTERS.get("".join(sorted(found[0].lower())), found[0]),
        text.replace("’", "'"),
    )


def cues_in(text: str) -> list[tuple[int, int] | None]:
    """Where each of `CUES` is found in an untwisted text; (0, 0) where only fillers hid it."""
    plain = _FILLED.sub("", text)
    found: list[tuple[int, int] | None] = []
    for _, pattern in CUES:
        if match := pattern.search(text):
            found.append(match.span())
        else:
            found.append((0, 0) if plain != text and pattern.search(plain) else None)
    return found
