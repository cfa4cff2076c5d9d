"""What happened on one question, as the values of a report."""

from __future__ import annotations

from interviewer.bank.questions import Question, question_name
from interviewer.report import shapes
from interviewer.report.report_values import (
    AppealReport,
    ClarificationReport,
    CriterionText,
    HintReport,
    QuestionReport,
    SettledReport,
    TakenBack,
    TurnReport,
)
from interviewer.report.shapes import GradeReport
from interviewer.session.events import Amended, Answered, Graded, Skipped
from interviewer.session.record import Record, Turn
from interviewer.session.results import result_of


def question(record: Record) -> QuestionReport:
    """All of one question."""
    asked = record.question
    return QuestionReport(
        id=asked.id,
        name=question_name(asked.id),
        section=asked.section,
        kind=asked.kind,
        prompt=asked.prompt,
        result=result_of(record),
        cold=record.cold,
        final=record.final,
        hinted_first=record.prompted,
        seconds=record.seconds,
        allowed=float(asked.seconds),
        turns=tuple(_turn(record, turn) for turn in record.turns),
        hints=tuple(HintReport(criterion=h.criterion, text=h.text) for h in record.hints),
        criteria=tuple(
            CriterionText(
                label=asked.labels[c.id],
                id=c.id,
                statement=c.statement,
                weight=c.weight,
                choice=asked.choice_of(c.id),
            )
            for c in asked.criteria
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
        asked=record.asked(turn),
        probe=probe.criterion if probe and not probe.goes_on else None,
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
            ClarificationReport(asked=e.said, reply=e.reply, worded_by=e.worded_by)
            for e in turn.asides
        ),
        taken_back=tuple(_taken_back(record, gone) for gone in turn.taken_back),
        added=turn.added,
    )


def _taken_back(record: Record, gone: Turn) -> TakenBack:
    return TakenBack(
        asked=record.asked(gone),
        probe=gone.probe.criterion if gone.probe else None,
        answer=gone.reply.text if gone.reply else None,
    )


def _grade(asked: Question, answer: str, graded: Graded | Amended) -> GradeReport:
    return shapes.grade_report(asked, answer, graded.grade, graded.grader, graded.seconds)
