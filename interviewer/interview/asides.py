"""What a candidate asks back, and the plain reply to it."""

from __future__ import annotations

import re
from functools import cache

from interviewer.answer_text.normalize import content
from interviewer.bank.questions import QuestionKind

MOST_WORDS = 30
"""A longer reply is an answer, whatever it begins with."""

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
    r"|(?:i(?:'m|’m| am) )?not sure (?:i (?:understand|follow)(?: (?:the question|what you mean))?"
    r"|what you(?:'re|’re| are) asking(?: for| about)?|what you mean|what (?:is|the question) (?:meant|asked|means))"
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
_CLAIM = re.compile(
    r"\b(?:because|since|that is|it(?:'s|’s| is)|so that|means|equals|correct|right|true)\b|[=≈∑√]"
    r"|\bthat (?:the|it|they|each|every|a|an|you)\b|\d\s*%|\blog\b|\b(?:say|answer|mention) (?:that|it)\b",
    re.IGNORECASE,
)


@cache  # made when first needed: the candidate has read the question by then
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A question by itself; one about the form of the answer, with its `rest`."""
    return (
        re.compile(rf"^{_POLITE}(?:{_AGAIN}|{_MEANING})[\s,.!?…]*{_POLITE}$", re.IGNORECASE),
        re.compile(rf"^{_POLITE}{_FORM}\b(?P<rest>[^?.;:=]*)\?[\s]*$", re.IGNORECASE),
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
    alone, _ = _patterns()
    if _CLAIM.search(line) and not alone.match(line):
        return False
    known = {*content(asked), *_SHAPES}
    return all(_asks(part, known) for part in _parts(line))


def _asks(part: str, known: set[str]) -> bool:
    alone, about_form = _patterns()
    if alone.match(part):
        return True
    form = about_form.match(part)
    # Whoever asks about the form of an answer brings no words of its content.
    return form is not None and all(word in known for word in content(form["rest"]))


def _parts(line: str) -> list[str]:
    parts = re.split(r"(?<=[?.!])\s+", line)
    kept = [
        p for p in parts if not re.fullmatch(rf"{_POLITE}(?:thanks?|thank you)?[.!\s]*", p, re.I)
    ]
    return kept or parts


_EXPECTED: dict[QuestionKind, str] = {
    "definition": "I am after what it is, in a few sentences of your own.",
    "formula": "I am after the formula, in words or in symbols, with what its parts stand for.",
    "list": "I am after a list: name each item and say a few words on it.",
    "contrast": "I am after the difference: what holds on one side and not on the other.",
    "why": "I am after the reasons, in your own words; a formula is welcome and not needed.",
    "quick-fire": "A few words are enough.",
}
_PROBE_EXPECTED = "A sentence or two in your own words will do."


def expected(kind: QuestionKind, *, probe: bool) -> str:
    """What kind of answer is wanted, in a sentence that says nothing of its content."""
    return _PROBE_EXPECTED if probe else _EXPECTED[kind]
