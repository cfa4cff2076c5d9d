"""What happened on one question, as the values of a report."""

from __future__ import annotations

from interviewer.bank.questions import Question
from interviewer.grading import scoring
from interviewer.grading.grades import Outcome, Verdict
from interviewer.report.report_values import (
    AppealReport,
    ClaimReport,
    ClarificationReport,
    CriterionText,
    GradeReport,
    HintReport,
    QuestionReport,
    Result,
    SettledReport,
    TurnReport,
)
from interviewer.session.events import Answered, Graded, Skipped
from interviewer.session.record import Record, Turn


def result_of(record: Record) -> Result:
    """What came of a question. One whose cold score is missing is ungraded, whatever followed."""
    if not record.replied:
        return "not-asked"
    if record.cold is None:
        return "ungraded"
    if scoring.passed(record.cold):
        return "cold"
    return "prompted" if scoring.passed(record.final) else "missed"


def question(record: Record) -> QuestionReport:
    """All of one question."""
    asked = record.question
    return QuestionReport(
        id=asked.id,
        section=asked.section,
        kind=asked.kind,
        prompt=asked.prompt,
        result=result_of(record),
        cold=record.cold,
        final=record.final,
        hinted_first=record.hinted_first,
        seconds=record.seconds,
        allowed=float(asked.seconds),
        turns=tuple(_turn(record, turn) for turn in record.turns),
        hints=tuple(HintReport(criterion=h.criterion, text=h.text) for h in record.hints),
        criteria=tuple(
            CriterionText(label=str(n), id=c.id, statement=c.statement, weight=c.weight)
            for n, c in enumerate(asked.criteria, start=1)
        ),
        references=asked.references,
        lead=record.lead,
        led_by=record.led_by,
    )


def _turn(record: Record, turn: Turn) -> TurnReport:
    reply, probe = turn.reply, turn.probe
    answer = reply.text if isinstance(reply, Answered) else None
    number = reply.seq if reply else None
    return TurnReport(
        asked=probe.text if probe else record.question.prompt,
        probe=probe.criterion if probe else None,
        worded_by=probe.worded_by if probe else "bank",
        answer=answer,
        passed_on=reply.reason if isinstance(reply, Skipped) else None,
        aside=reply.text if isinstance(reply, Skipped) else "",
        seconds=reply.seconds if reply else 0.0,
        grade=_grade(record.question, answer or "", turn.graded) if turn.graded else None,
        appeals=tuple(
            AppealReport(at=e.at, criterion=e.criterion, reason=e.reason)
            for e in record.appeals
            if e.answer == number
        ),
        settled=tuple(
            SettledReport(
                at=e.at,
                rater=e.rater,
                levels=e.levels,
                misconceptions=e.misconceptions,
                score=e.score,
                passed=e.passed,
                gold=e.gold,
            )
            for e in record.settled
            if e.answer == number
        ),
        clarifications=tuple(
            ClarificationReport(asked=e.asked, reply=e.reply, worded_by=e.worded_by)
            for e in turn.asides
        ),
    )


def _grade(asked: Question, answer: str, graded: Graded) -> GradeReport:
    grade = graded.grade
    claims = _criteria(asked, answer, {v.criterion: v for v in grade.verdicts})
    claims += _misconceptions(asked, answer, {v.criterion: v for v in grade.misconceptions})
    return GradeReport(
        grader=graded.grader,
        score=grade.score,
        passing=grade.passing,
        borderline=scoring.is_borderline(grade),
        similarity=grade.similarity,
        claims=claims,
        notes=grade.notes,
        seconds=graded.seconds,
    )


def _criteria(asked: Question, answer: str, found: dict[str, Outcome]) -> tuple[ClaimReport, ...]:
    return tuple(
        ClaimReport(
            label=str(number),
            id=claim.id,
            kind="criterion",
            statement=claim.statement,
            weight=claim.weight,
            outcome=found[claim.id],
            quote=_quote(answer, found[claim.id]),
        )
        for number, claim in enumerate(asked.criteria, start=1)
        if claim.id in found
    )


def _misconceptions(
    asked: Question, answer: str, found: dict[str, Outcome]
) -> tuple[ClaimReport, ...]:
    return tuple(
        ClaimReport(
            label=letter(index),
            id=claim.id,
            kind="misconception",
            statement=claim.statement,
            weight=claim.cost,
            outcome=found[claim.id],
            quote=_quote(answer, found[claim.id]),
        )
        for index, claim in enumerate(asked.misconceptions)
        if claim.id in found
    )


def _quote(answer: str, outcome: Outcome) -> str | None:
    """The words of the evidence; None where there are none, as for a span outside the answer."""
    proof = outcome.evidence if isinstance(outcome, Verdict) else None
    return (proof.of(answer) or None) if proof else None


def letter(index: int) -> str:
    """0 is "a", 25 is "z", 26 is "aa"."""
    head, last = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("a") + last)
