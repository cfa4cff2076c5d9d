"""Whole utterances in well-known words, by the kind that they are; each says one thing and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from interviewer.session.events import UtteranceKind

_SAYINGS: Mapping[UtteranceKind, str] = {
    "thinking": (
        r"(?:let me|lemme|le tme|let's|lets|i (?:need|have|want|would like) to|i'd like to|i must|gotta|need to"
        r") (?:just |first |quickly )?(?:think|see|recall|remember|consider|ponder|reflect)"
        r"(?: (?:about (?:it|this|that)|for a (?:moment|second|bit|minute)|first|back|again|on (?:it|that"
        r"|this)|hard))*"
        r"|(?:just )?(?:still )?(?:i'm |i am )?(?:just |still )?thinking(?: (?:about it|hard))?"
        r"|(?:just |please )?(?:give me |gimme |wait |i need |need )?(?:a|one|two|half a|another|1|2|5|10|few"
        r"|some)"
        r" (?:sec(?:ond)?s?|moments?|min(?:ute)?s?|mo|tick)(?: to think)?"
        r"|(?:please )?(?:wait|hold on|hang on|hold up|hold that thought|stand by|pause|not yet|bear with me)"
        r"(?: a (?:sec(?:ond)?|moment|minute|bit|tick|mo))?|buffering|loading|processing|reading|h+m+|u+m+"
        r"|u+h+|e+h*r*m*"
        r"|m+h*m*|wait for it|almost (?:got it|there)|i (?:nearly|almost) have it|still (?:here|at it)"
        r"|(?:this|that) needs (?:a bit of )?thought|(?:good|okay|ok),? (?:brain|head) come on"
    ),
    "example": (
        r"(?:(?:can|could|would|will) (?:you|u) )?(?:please |maybe )*(?:give|show|tell|name|find|make)(?: me|"
        r" us)?"
        r" (?:an?|one|some|another)(?: (?:small|concrete|simple|toy|quick|short))? (?:example|case|instance"
        r"|analogy)"
        r"(?: (?:of|for) (?!each|every)[\w -]{1,30})?"
        r"|(?:an? |any |one |some |maybe |got )*(?:for )?(?:(?:small|concrete|simple|toy|real) )?"
        r"(?:example|instance|analogy|for-instance)s?|such as|like what|like where|(?:do|have) you (?:have "
        r"|got )?an"
        r" (?:example|analogy)|e\.?g\.?|ex\.?|zum beispiel|par exemple|por ejemplo|with an example"
    ),
    "define": (
        r"(?:kindly |please |(?:can|could) you )*(?:define|explain the (?:word|term))"
        r" (?:the (?:word|term) )?[\w\"' -]{2,30}?(?: for me)?"
    ),
    "hint": (
        r"(?:(?:can|could|may|might) (?:i|you) )?(?:please |maybe )*(?:get |have |give me |ask for |i need "
        r"|need |want )?"
        r"(?:a |an? small |a little |one |any |some |another |a tiny )?(?:hint|clue|nudge|pointer|tip"
        r"|lifeline)s?"
        r"(?: (?:for me|here|maybe|possible))?|help(?: me)?(?: out)?(?: here)?|i(?:'m| am) stuck|stuck|(?:a"
        r" )?crumb"
        r"|hint por favor|hinweis|ein hinweis|un indice|una pista|phone a friend|some help(?: here)?|any help"
    ),
    "give-up": (
        r"(?:may|can) i (?:skip|pass)(?: (?:this|it|that|this one|that one|on (?:this|that)(?: one)?))?"
        r"|(?:can we |could we |please |i(?:'d| would) (?:like|prefer|rather) (?:to )?|i(?:'ll| will) |i want"
        r" to |gonna |let(?:'|’)?s (?:just )?)?(?:skip|pass|move (?:on|along)|go on|continue|next|proceed"
        r"|onwards?)"
        r"(?: (?:this|it|that|this one|that one|on (?:this|that)(?: one)?|with the next(?: one)?|to (?:the"
        r" )?next(?: (?:one|question))?"
        r"|one|question|here))?"
        r"|(?:on ?to (?:the )?)?(?:next|nxt)(?: (?:one|question|q))?|the next question|skipping|passing|moving"
        r" on|i (?:give|gave) (?:in|up)"
        r"|i (?:concede|surrender|quit)|forget (?:about )?(?:it|this one)|leave it(?: (?:there|at that))?"
        r"|weiter|nächste frage"
        r"|(?:la )?siguiente|(?:question )?suivante?|you win|(?:another|a different|a new|an easier) question"
    ),
    "remaining": (
        r"how (?:many|much|mnay)(?: more)?(?: (?:questions?|time|of (?:these|them)))?"
        r" (?:(?:are|is|do (?:we|i) have) )?(?:there )?(?:left|to go|remain\w*|now)"
        r"|is (?:this|it|that) (?:the )?(?:last|final) (?:one|question)|(?:last|final) question|(?:are we"
        r" )?half ?way(?: there| yet)?|x of y"
        r"|how (?:far|long)(?: (?:are we|to go|is it|will it take|along are we))?(?: (?:still|yet|more))?"
        r"|(?:time|progress)(?: check)?"
        r"|(?:are we )?(?:nearly|almost) (?:done|there|finished)|wie viele noch|combien (?:encore|de questions"
        r" encore)|cu[aá]ntas más"
    ),
    "on-track": (
        r"am i (?:on the right track|right so far|going in the right direction|close|warm|getting there)|so"
        r" far so good"
        r"|(?:is )?(?:that|this|it) (?:right|correct|ok(?:ay)?|fine|enough|it|close)(?: so far)?\?+|(?:right"
        r"|correct|ok(?:ay)?|close|closer|warm|warmer"
        r"|cold|colder|hot|better|enough|good|good so far|okay so far|thoughts|on track|complete|makes sense"
        r"|make sense)\?+"
        r"|(?:sounds|looks) (?:ok(?:ay)?|right|good|about right)\?+|how (?:am i|was that|is that|did i do|'s"
        r" that)(?: (?:doing|going))?"
        r"|any (?:feedback|thoughts)(?: so far)?|does (?:that|this|it) (?:count|work|make sense|help)"
    ),
    "small-talk": (
        r"(?:hi|hello|hey|hiya|howdy|heya|yo|namaste|hola|bonjour|servus|moin|greetings)(?: (?:there|again|all"
        r"|sir|everyone))?"
        r"|(?:good )?(?:morning|evening|afternoon)(?: (?:all|sir|everyone|to you))?|good day|how (?:are (?:you"
        r"|things)|do you do|'s it going)"
        r"(?: (?:today|doing))?|what's up|sup|thank you(?: (?:very|so) much)?|nice to meet you(?: too)?"
        r"|thanks(?: (?:a lot|so much|for"
        r" (?:the|your) (?:hint|help|patience|time)))?|thx|ty|tysm|np|cheers(?: mate)?|danke|merci|gracias"
        r"|grazie"
        r"|(?:good|great|nice|interesting|tough|hard|tricky|mean|lovely|fair) (?:question|one)|(?:ooh|oh),?"
        r" that's a (?:good|tough|nice) one"
        r"|(?:ha)+h?|lol|lmao|rofl|wow|whoa|oof|uff|phew|yikes|ouch|damn|oh (?:dear|boy|no|man|wow)|awesome"
        r"|bless (?:you|me)"
        r"|(?:i'm |i am )?(?:back|ready(?: when you are)?)|here we go|let's (?:go|start|begin|do this)"
        r"|(?:good)?bye(?: bye| for now)?"
        r"|see you(?: later)?|talk to you later|good night|(?:no worries|no problem|all good|you're welcome)"
        r"|[:;]-?[)D(P]+|<3|xd"
        r"|test(?:ing)?(?: test(?:ing)?)*|are you (?:a |an )?(?:ai|robot|bot|human|machine|real)(?: person)?"
    ),
    "protest": (
        r"(?:but |hey,? |well,? |no,? )*i (?:just |already |literally |did |do |clearly |have |have already "
        r"|'ve already )*(?:said|say"
        r"|told you|tell you|mentioned|mention|wrote|write|answered|answer|covered)(?: (?:that|this|it|so"
        r"|exactly that|exactly this))+"
        r"(?: (?:already|before|earlier|just now|above|two lines up|at the start))?|(?:but )?that(?:'s| is)"
        r" (?:exactly |precisely |literally )?"
        r"what i (?:said|meant|wrote|told you)|which is what i said|(?:please )?(?:re-?read|read) my answer(?:"
        r" again| once more)?"
        r"|see above|(?:that(?:'s| is) )?(?:so |really |very )?(?:unfair|not fair(?: at all)?|(?:too|a bit)"
        r" (?:harsh|strict|picky))"
        r"|asked and answered|nitpicking|(?:that|it) should (?:have )?(?:counted?|be enough)|that counts|i"
        r" (?:object|disagree|beg to differ|protest)"
        r"|objection|(?:bad|harsh|strange|unfair) grading|the grading is (?:bad|off|wrong|unfair|harsh)"
        r"|how is (?:that|this) (?:not |in)?(?:right|correct|wrong)|why (?:is|was) (?:that|this) (?:wrong|not"
        r" (?:right|enough|correct))"
        r"|what(?:'s| is| was) wrong with (?:it|that|my answer)|didn't i (?:just )?say (?:that|so)|did i not"
        r" say (?:that|so)"
        r"|but (?:it|that)(?:'s| is) (?:true|right|correct)|you (?:misread|misheard|misunderstood|missed)"
        r" (?:it|that|me)"
    ),
    "rephrase": (
        r"(?:i )?(?:don't|do not|didn't|did not) (?:get|understand|follow) (?:it|this|that|this one)|not"
        r" understood|wdym(?: lol)?"
        r"|(?:meaning|as in)\?+|what(?:'s| is) meant(?: here)?|(?:this|the|that|your) (?:question|wording"
        r"|follow-up) (?:is|isn't|makes|is not)"
        r" (?:not )?(?:clear|unclear|confusing|no sense|vague|ambiguous)(?: to me)?|(?:simpler|easier"
        r"|plainer)(?: words)?|eli5"
        r"|in (?:other|simpler|easier|plain|normal) (?:words|english|terms)"
    ),
    "repeat": (
        r"(?:can|cn|could) (?:you|u) (?:please )?(?:repeat|rpt)(?: (?:that|dat|it|the q(?:uestion)?))?|rpt"
        r"|repeat|again|wha+|wut|huh|eh"
        r"|excuse me|come again|say (?:that|it) again|once (?:more|again)|one more time|nochmal|(?:what(?:'s|"
        r" is| was)|whats) the question(?: again)?"
        r"|the question(?: again)?|question again|what (?:was that|was i asked)(?: again)?|i (?:lost|forgot"
        r"|missed) the question|pardon(?: me)?"
        r"|what (?:did|do) (?:you|u) (?:just )?(?:ask|say)"
    ),
}
_UNKNOWN = (
    r"beats me|search me|(?:not|no) (?:even )?(?:a|the|any)? ?(?:clue|guess|foggiest|faintest|slightest"
    r"|idea)(?: idea| even)?|no clue(?: at all)?"
    r"|(?:i )?wouldn't know|nothing (?:comes|here|to offer here)(?: to (?:my )?mind)?|(?:really |very |i'm |i"
    r" am )*(?:unsure|uncertain|clueless)"
    r"|(?:i )?(?:forgot|forget) (?:it|this|that|about it)|(?:i'm |i am )?unable to (?:answer|say)(?: (?:this"
    r"|that|it)(?: question)?)?|no answer"
    r"|keine ahnung|weiß (?:ich )?nicht|aucune id[ée]e|je ne sais pas|ni idea|no s[ée]|never (?:heard|learned"
    r"|learnt|seen|read|used|met|came across|studied)"
    r"(?: of| about)?(?: (?:it|that|this|this one|that one))?(?: (?:paper|model|topic|one))?|(?:my mind is "
    r"|i'm |total |complete |totally |i drew a )*"
    r"(?:blank|blackout|empty)|(?:my )?(?:brain|mind|head)(?:'s| is) (?:empty|blank)|(?:that's|that is|this is"
    r"|it's) (?:too hard|too difficult|beyond me|new to me|not my field"
    r"|above my pay grade|over my head)(?: for me)?|(?:outside|out of|beyond) (?:of )?my (?:field|knowledge"
    r"|area)|(?:would be |only |just )*a (?:pure|wild|blind) guess"
    r"|(?:i )?(?:can't|cannot|could not|couldn't) (?:say|tell|remember|recall|answer)(?: (?:that|this|it|you"
    r"|anything))?(?: one)?|i'd have to look (?:that|it) up"
    r"|i'?d google (?:that|it)|good question,? no idea|you(?:'ve| have)? got me there|there you have me|got"
    r" nothing|i(?:'ve| have) got nothing"
)
_ENDS = (
    r"[\s,.!?…]*(?:please|pls|plz|thanks?|sorry|sir|mate|man|honestly|tbh|bitte|here)?[\s,.!?…]*$"
)
_STARTS = (
    r"^(?:(?:um+|uh+|er+m?|hmm+|so|well|ok(?:ay)?|sorry|pardon|excuse me|please|oh|ah|yeah|honestly|and|but"
    r"|actually|tbh)"
    r"[\s,.:!?…-]+)*"
)
_WHOLE = {
    kind: re.compile(rf"{_STARTS}(?:{pattern}){_ENDS}", re.IGNORECASE)
    for kind, pattern in (("dont-know", _UNKNOWN), *_SAYINGS.items())
}


def saying(line: str) -> UtteranceKind | None:
    """The kind of an utterance that is one of them; None for any other."""
    plain = line.replace("’", "'")
    return next((kind for kind, pattern in _WHOLE.items() if pattern.match(plain)), None)
