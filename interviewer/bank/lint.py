"""What can be wrong with a bank beyond its form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from interviewer.answer_text.normalize import content, words
from interviewer.bank.questions import Bank, Probe, Question

PROBE_WORDS = 30
LONG_WORDS = 50
LONG_CHARS = 400
"""From about here on a statement is longer than half of the window of the offline grader."""


@dataclass(frozen=True)
class Problem:
    """One finding: where, what, and what to do. serious: the bank is not clean with it."""

    question: int
    what: str
    advice: str
    serious: bool = True


def counts(bank: Bank) -> dict[str, int]:
    """How much the bank holds."""
    claims = [c for q in bank.questions for c in q.criteria]
    wrong = [m for q in bank.questions for m in q.misconceptions]
    return {
        "questions": len(bank.questions),
        "criteria": len(claims),
        "accepts": sum(len(c.accepts) for c in claims),
        "rejects": sum(len(c.rejects) for c in claims),
        "misconceptions": len(wrong),
        "probes": sum(len(q.probes) for q in bank.questions),
        "references": sum(len(q.references) for q in bank.questions),
    }


def structural(bank: Bank) -> list[Problem]:
    """Everything that can be seen without a grader."""
    problems = _numbering(bank)
    for question in bank.questions:
        problems += _probes(question)
        problems += _lengths(question)
        problems += _terms(question)
        for criterion in question.criteria:
            for side, texts in (("accepts", criterion.accepts), ("rejects", criterion.rejects)):
                if not texts:
                    problems.append(
                        Problem(
                            question.id,
                            f"'{criterion.id}' has no {side}",
                            "Write several; minimal pairs teach the grader most.",
                        )
                    )
    return problems


def _numbering(bank: Bank) -> list[Problem]:
    problems = []
    for before, after in pairwise([0, *sorted(q.id for q in bank.questions)]):
        if after - before > 1:
            more = f", and so are those up to {after - 1}" if after - before > 2 else ""
            what = f"is missing from the bank{more}"
            problems.append(Problem(before + 1, what, "Number the questions without a gap."))
    return problems


def _lengths(question: Question) -> list[Problem]:
    return [
        Problem(
            question.id,
            f"the statement of '{claim.id}' is longer than the offline grader reads at once",
            "It is read in parts. Shorten it, or make two criteria of it.",
            serious=False,
        )
        for claim in (*question.criteria, *question.misconceptions)
        if len(words(claim.statement)) > LONG_WORDS or len(claim.statement) > LONG_CHARS
    ]


def _terms(question: Question) -> list[Problem]:
    return [
        Problem(
            question.id,
            f"explains '{term}', which its prompt does not say",
            "Nobody will ask for it. Take it out, or write it as the prompt does.",
            serious=False,
        )
        for term in question.terms
        if term.casefold() not in question.prompt.casefold()
    ]


def _probes(question: Question) -> list[Problem]:
    problems = []
    if question.quick_fire and question.probes:
        problems.append(
            Problem(question.id, "is quick-fire and has probes", "Take the probes out.")
        )
    aimed = {probe.criterion for probe in question.probes}
    for criterion in question.criteria:
        if not question.quick_fire and criterion.id not in aimed:
            problems.append(
                Problem(question.id, f"no probe leads to '{criterion.id}'", "Write one.")
            )
    for probe in question.probes:
        if len(probe.text.split()) > PROBE_WORDS:
            problems.append(
                Problem(
                    question.id, f"a probe has over {PROBE_WORDS} words", f"Shorten: {probe.text}"
                )
            )
        if given := given_away(question, probe):
            problems.append(
                Problem(
                    question.id,
                    f"the probe for '{probe.criterion}' gives it away: {', '.join(given)}",
                    f"Reword: {probe.text}",
                )
            )
    return problems


def given_away(question: Question, probe: Probe) -> list[str]:
    """The key words of the criterion that the probe says and the prompt does not.

    One shared word may be an accident; two, or half of the criterion, are not.
    """
    statement = question.criterion(probe.criterion).statement
    known = set(content(question.prompt))
    key = {w for w in content(statement) if w not in known}
    said = sorted(key & set(content(probe.text)))
    return said if len(said) >= 2 and len(said) >= 0.34 * len(key) else []
