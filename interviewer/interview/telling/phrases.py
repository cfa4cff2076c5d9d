"""Which of the candidate's words a person would take up in speech: a short noun phrase, and no quote; pure."""

from __future__ import annotations

import re

from interviewer.answer_text.normalize import content, words
from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Question

MOST_WORDS = 5
ONE_THING = "one thing you said"
"""What is said in place of words that nobody would take up."""

_PIECE = re.compile(r"[,;:.!?()…\n]+|\s[-–—]+\s|\s(?:and|but|or|so|because|while|which|that)\s")
_LEADING = re.compile(
    r"^(?:(?:and|or|but|so|then|also|plus|just|only|maybe|probably|perhaps|like|well|yes|no|right|okay|ok"
    r"|um+|uh+|the|a|an|its|their|some|basically|actually|obviously|with|by|for|as|from|of|in|on|at|to)\s+)+",
    re.IGNORECASE,
)
_NOT_SPOKEN = frozenset(
    "i you we he she it they me him her us them my your our his one this that these those there here who"
    " which what when where why how if whether not no never none nothing something anything more less very"
    " too quite is are was were be been being am has have had do does did can could will would shall should"
    " may might must let us im ive youre its thats isnt dont doesnt cant wont".split()
)
_VERBS = frozenset(
    "add allow answer appear apply ask avoid become begin belong bring build call carry catch cause choose"
    " collapse combine come compare compute concatenate consist contain contribute converge count cover"
    " create decide depend describe differ discard divide dominate drop encode end exist expect explain fail"
    " fall feed fill find fit fix follow forget freeze gather gain generalise generalize get give go grow"
    " handle happen help hide hold hurt improve increase indicate keep know lack lead learn leave lessen let"
    " lie live look lose lower make map match maximise maximize mean measure miss minimise minimize move"
    " multiply need normalise normalize optimise optimize pay penalise perform pick place predict prefer"
    " prevent produce project pull punish push put raise reach read receive recover reduce remain remove"
    " repair replace represent require reward run sample save say scan scatter see seem serve sharpen shift"
    " shrink sit smooth solve spread stand start stay stop suffer sum support take tell think touch train"
    " treat try tune turn understand update use vary walk want weigh win work yield".split()
)
_NOUNS_TOO = frozenset(
    "answer cause count end fit gain map match measure need reward sample shift sum".split()
)
"""Of these verbs those that are nouns as well, as they stand."""
_PAST = frozenset(
    "became began brought built came chose fell fed found froze frozen gave given gone grew grown held hid kept"
    " knew known led left lost made met paid ran sat saw seen took taken told thought understood went won wrote"
    " written".split()
)
_LINKS = frozenset("of per between for over to in with on by from the a an plus versus vs".split())


def spoken(answer: str, evidence: Evidence | None, claim: str, question: Question) -> str:
    """The words of an answer, within that evidence, that may be taken up aloud; "" where there are none.

    They are at most five, hold no finite verb and no "I" or "you", are words of the bank, and have one of
    the claim that the prompt does not hold; one alone is a name.
    """
    if evidence is None:
        return ""
    known = set(content(_bank_words(question)))
    wanted = set(content(claim)) - set(content(question.prompt))
    found = ""
    for piece in _PIECE.split(evidence.of(answer)):
        said = _LEADING.sub("", piece.strip()).strip("'\"“”-–— ")
        if not (wanted & set(content(said)) and _is_noun_phrase(said)):
            continue
        if set(content(said)) <= known and len(said) > len(found):
            found = said
    return _within_a_line(found, question)


def _bank_words(question: Question) -> str:
    probes = (probe.text for probe in question.probes)
    return " ".join((question.prompt, *question.references, *question.statements.values(), *probes))


def _is_noun_phrase(said: str) -> bool:
    """Whether words are few and hold nothing that shows them to be more than a noun with what goes with it."""
    told = re.findall(r"[^\s/]+", said.casefold())
    plain = [word.strip("'’\"") for word in told]
    if not 0 < len(plain) <= MOST_WORDS or plain[-1] in _LINKS:
        return False
    if len(plain) == 1 and not re.search(r"[A-Z].*[A-Z]|\d", said):
        return False
    if {*words(said), *(re.sub(r"['’]", "", word) for word in plain)} & _NOT_SPOKEN:
        return False
    return not any(
        _is_verb(word, plain[at + 1] if at + 1 < len(plain) else "")
        for at, word in enumerate(plain)
    )


def _is_verb(word: str, following: str) -> bool:
    """Whether a word is likely a verb that says something of another one."""
    last = word.rpartition("-")[2]
    if last in _PAST:
        return True
    if last in _VERBS:
        return last not in _NOUNS_TOO
    if last.endswith("s") and {last[:-1], last[:-2], f"{last[:-3]}y"} & _VERBS:
        return True
    # "squared error" is a thing, "trained on pairs" and "is trained" are not.
    return last.endswith("ed") and len(last) > 4 and (not following or following in _LINKS)


def _within_a_line(said: str, question: Question) -> str:
    """The words as they stand within a sentence: without the capital that only begins one."""
    first = said.partition(" ")[0]
    if not said or not first[1:].islower():
        return said
    told = re.findall(r"[\w-]+", _bank_words(question))
    return said if first in told and first.casefold() not in told else said[0].lower() + said[1:]
