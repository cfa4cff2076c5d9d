"""A model as the interviewer's voice: a few follow-ups that it is asked to word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.bank.questions import Bank, Criterion, Question
from interviewer.interview.asking.targets import Target
from interviewer.interview.voice.voice import Voice
from interviewer.interview.voice.worded import BANK
from interviewer.trial.trial_values import Wordings

COUNT = 3


def worded(voice: Voice, bank: Bank) -> Iterator[Wordings]:
    """How many were fit so far, after each. Each is on a point that an answer left out."""
    fit = 0
    for asked, (question, criterion, probe) in enumerate(_openings(bank)[:COUNT], start=1):
        said = next((c.statement for c in question.criteria if c.id != criterion.id), "")
        found = voice.follow_up(question, said, Target("missing", criterion), probe)
        fit += found.by != BANK
        yield Wordings(asked=asked, fit=fit, why=" ".join(voice.notices))


def _openings(bank: Bank) -> Sequence[tuple[Question, Criterion, str]]:
    """The first probe of each question of several points."""
    return [
        (question, question.criterion(question.probes[0].criterion), question.probes[0].text)
        for question in bank.questions
        if question.probes and len(question.criteria) > 1
    ]
