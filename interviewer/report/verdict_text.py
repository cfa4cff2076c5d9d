"""Verdicts, grade runs and appeals in words, and an answer with its evidence marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from interviewer.bank.questions import Question, question_name
from interviewer.common.text import Tone, one_line, plural
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Outcome, Verdict
from interviewer.interview.telling.feedback import Line, level_mark
from interviewer.report import marks
from interviewer.report.report_values import AppealReport, RunReport, SettledReport
from interviewer.session.events import Appealed, Settled
from interviewer.session.record import Record

Weight = Literal["wrong", "met", "partial", "unmet"]
"""What words are evidence for: a wrong claim, or a level of a criterion."""
_STRONGEST: tuple[Weight, ...] = ("wrong", "met", "partial", "unmet")


@dataclass(frozen=True)
class Part:
    """Some words of a paragraph.

    label: the claims they are evidence for, by number or letter, such as "1; 2: partial". weight:
    the one that counts most. Without evidence they are empty and None.
    """

    text: str
    label: str = ""
    weight: Weight | None = None


def marked(question: Question, answer: str, grade: AnswerGrade | None) -> tuple[Part, ...]:
    """The answer in parts, each with the claims of the question whose evidence covers it."""
    labels = question.labels
    weights: dict[str, Weight] = {}
    spans: list[tuple[int, int, str]] = []
    for verdict in (*grade.verdicts, *grade.asserted) if grade else ():
        if isinstance(verdict, Verdict) and verdict.evidence:
            wrong = grade is not None and verdict in grade.asserted
            name = labels.get(verdict.criterion, verdict.criterion)
            label = name + (": wrong claim" if wrong else _LEVELS[verdict.level])
            weights[label] = "wrong" if wrong else verdict.level
            spans.append((verdict.evidence.start, verdict.evidence.end, label))
    return tuple(
        Part(
            piece.text,
            "; ".join(piece.labels),
            min((weights[label] for label in piece.labels), key=_STRONGEST.index, default=None),
        )
        for piece in marks.pieces(answer, spans)
    )


_LEVELS = {"met": "", "partial": ": partial", "unmet": ": unmet"}


def run_line(run: RunReport) -> str:
    """A grade run with its count: "Grade run 1: 30 of 30 answers, 3 of 24 questions cold"."""
    counted = f"{run.cold} of {plural(run.scored, 'question')} cold"
    tail = "" if run.complete else "; incomplete, 'interviewer regrade' completes it"
    return f"Grade run {run.run}: {run.graded} of {plural(run.answers, 'answer')}, {counted}{tail}"


Statements = Mapping[str, str]
"""What claims state, by id; one that is not there is called by its id."""


def appeal_line(
    question: int, event: Appealed | AppealReport, statements: Statements = MappingProxyType({})
) -> str:
    """What was appealed."""
    claim = f", {_named(event.criterion, statements)}" if event.criterion else ""
    return f"Appeal on {question_name(question).casefold()}{claim}"


def settled_line(
    question: int, event: Settled | SettledReport, statements: Statements = MappingProxyType({})
) -> str:
    """How a person settled a grade: levels by criterion, score, and whether it passed."""
    levels = [f"{_named(claim, statements)} {level}" for claim, level in event.levels.items()]
    levels += [f"{_named(claim, statements)} claimed" for claim in event.misconceptions]
    how = "self-graded" if event.self_graded else f"settled by {one_line(event.rater)}"
    if event.score is None:
        words = "no score"
    else:
        words = f"score {event.score:.2f}, {'answered' if event.passed else 'not answered'}"
    return f"{question_name(question)} {how}: {', '.join(levels)}; {words}"


def _named(claim: str, statements: Statements) -> str:
    statement = statements.get(claim)
    return f"“{one_line(statement).rstrip('.')}”" if statement else claim


def verdict_lines(record: Record, grade: AnswerGrade) -> list[Line]:
    """The score and every verdict of an answer, by claim."""
    score = "no score" if grade.score is None else f"score {grade.score:.2f}"
    if scoring.is_borderline(grade):
        score += ", borderline"
    lines: list[Line] = [("note", f"({score})")]
    statements, labels = record.question.statements, record.question.labels
    for outcome in (*grade.verdicts, *grade.asserted):
        wrong = outcome in grade.asserted
        words = _words(outcome, labels.get(outcome.criterion, outcome.criterion), wrong=wrong)
        statement = statements.get(outcome.criterion, "")
        tone: Tone = "good" if words.startswith("✓") else "note"
        lines.append((tone, f"{words}: {one_line(statement)}" if statement else words))
    return lines


def _words(outcome: Outcome, name: str, *, wrong: bool) -> str:
    if not isinstance(outcome, Verdict):
        return f"? {name} ungraded ({outcome.cause})"
    if wrong:
        return f"✗ {name} wrong claim ({outcome.confidence:.2f})"
    return f"{level_mark(outcome)} {name} {outcome.level} ({outcome.confidence:.2f})"
