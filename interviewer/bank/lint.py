"""What can be wrong with a bank beyond its form, and what would make it better."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewer.answer_text.leaks import given_away
from interviewer.answer_text.normalize import words
from interviewer.bank.drafts import unread
from interviewer.bank.questions import Bank, Claim, Question

PROBE_WORDS = 30
LONG_WORDS = 50
LONG_CHARS = 400
"""From about here on a statement is longer than half of the window of the offline grader."""
_ONE = {
    "criteria": "criterion", "lines": "line", "places": "place", "statements": "statement",
    "terms": "term",
}  # fmt: skip
_LEANS = re.compile(
    r"(?:this|that|these|those)\s+(?:are|can|could|do|had|have|is|may|might|must|was|were|will|would"
    r"|\w{2,}(?<![iosu])s)\b",
    re.IGNORECASE,
)
"""A claim about the one before it: "This costs room", not "This class costs room"."""


@dataclass(frozen=True)
class Problem:
    """Something wrong: in which question, what, and what to do."""

    question: int
    what: str
    advice: str


@dataclass(frozen=True)
class Advice:
    """Something that is missing or might be better, told once for all questions that it is true of."""

    what: str
    advice: str
    questions: tuple[int, ...]


def structural(bank: Bank) -> list[Problem]:
    """Everything wrong that can be seen without a grader."""
    return [problem for question in bank.questions for problem in _probes(question)]


def missing(bank: Bank, option: str | None = None) -> list[Advice]:
    """What the bank could do without, but would be better with: one entry for each kind.

    option: the words that choose it on a command line; "--bank" with its id if None.
    """
    option = option or f"--bank {bank.id}"
    found = [
        _advice(
            bank,
            lambda q: [c for c in q.criteria if not c.accepts],
            "criteria without accepts",
            "Write other ways to say them: the grader goes by them.",
        ),
        _advice(
            bank,
            lambda q: [c for c in q.criteria if not c.rejects],
            "criteria without rejects",
            "Write near misses; minimal pairs of accepts teach the grader most.",
        ),
        _advice(
            bank,
            lambda q: [] if q.quick_fire else [c for c in q.criteria if c.id not in _aimed(q)],
            "criteria that no probe leads to",
            "Write one for each, or nothing is asked about them after a first answer.",
        ),
        _advice(
            bank,
            unread,
            "lines that a program wrote and nobody has read",
            f"Read them: interviewer bank review {option}.",
        ),
        _advice(
            bank,
            lambda q: q.gaps,
            "places where the document has lost something",
            "Put it in and take the entry out of 'gaps'.",
        ),
        _advice(
            bank,
            lambda q: [c for c in (*q.criteria, *q.misconceptions) if _is_long(c)],
            "statements longer than the offline grader reads at once",
            "They are read in parts. Shorten them, or make two criteria of one.",
        ),
        _advice(
            bank,
            lambda q: [c for c in (*q.criteria, *q.misconceptions) if _LEANS.match(c.statement)],
            "statements that begin with 'this' or 'that' and do not say what",
            "Name it: each is read beside the question, not after the one before.",
        ),
        _advice(
            bank,
            lambda q: [t for t in q.terms if t.casefold() not in q.prompt.casefold()],
            "terms explained that their prompt does not say",
            "Nobody will ask for them. Take them out, or write them as the prompt does.",
        ),
        _numbering(bank),
    ]
    return [advice for advice in found if advice is not None]


def _advice(
    bank: Bank, looked_for: Callable[[Question], Sequence[object]], what: str, advice: str
) -> Advice | None:
    counted = {q.id: n for q in bank.questions if (n := len(looked_for(q)))}
    if not counted:
        return None
    count = sum(counted.values())
    noun, _, rest = what.partition(" ")
    return Advice(f"{count} {_ONE[noun] if count == 1 else noun} {rest}", advice, tuple(counted))


def _numbering(bank: Bank) -> Advice | None:
    gone: list[int] = []
    gaps = []
    for before, after in pairwise([0, *sorted(q.id for q in bank.questions)]):
        if after - before > 1:
            gaps.append(str(before + 1) if after - before == 2 else f"{before + 1}-{after - 1}")
            gone.append(after)
    if not gaps:
        return None
    what = f"numbers that no question has: {', '.join(gaps[:8])}{' ...' if len(gaps) > 8 else ''}"
    return Advice(what, "Number the questions without a gap.", tuple(gone))


def _is_long(claim: Claim) -> bool:
    return len(words(claim.statement)) > LONG_WORDS or len(claim.statement) > LONG_CHARS


def _aimed(question: Question) -> set[str]:
    return {probe.criterion for probe in question.probes}


def _probes(question: Question) -> list[Problem]:
    problems = []
    if question.quick_fire and question.probes:
        problems.append(
            Problem(question.id, "is quick-fire and has probes", "Take the probes out.")
        )
    for probe in question.probes:
        if len(probe.text.split()) > PROBE_WORDS:
            problems.append(
                Problem(
                    question.id, f"a probe has over {PROBE_WORDS} words", f"Shorten: {probe.text}"
                )
            )
        statement = question.criterion(probe.criterion).statement
        # Not its exemplars: they are many, and some share a word or two with any good probe.
        if given := given_away(probe.text, statement, [question.prompt]):
            problems.append(
                Problem(
                    question.id,
                    f"the probe for '{probe.criterion}' gives it away: {', '.join(given)}",
                    f"Reword: {probe.text}",
                )
            )
    return problems
