"""`interviewer grade`: one answer."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import click

from interviewer.cli import options
from interviewer.cli.graders import judging
from interviewer.cli.model_options import Models, models_option
from interviewer.common.console import make_console, show
from interviewer.errors import UsageError
from interviewer.grading import scoring
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, Outcome, Verdict
from interviewer.interview import feedback
from interviewer.specs import banks, graders


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("question", type=int)
@click.argument("answer", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print the grade as JSON.")
@options.combined(
    options.bank_option,
    judging.grader_option,
    models_option,
    judging.force_option,
    judging.record_option,
    options.embedder_option,
)
def grade(
    question: int, answer: str, as_json: bool, bank_name: str | None, grader_spec: str | None,
    models: Models, force: bool, record: Path | None, embedder_spec: str,
) -> None:  # fmt: skip
    """Grade one ANSWER (- reads it from standard input) to QUESTION and show why."""
    bank = banks.open_bank(bank_name)
    if question not in bank:
        raise UsageError(
            f"there is no question {question}", hint="'interviewer bank show' lists them."
        )
    text = sys.stdin.read() if answer == "-" else answer
    asked = bank.question(question)
    spec = judging.grader_of(models, grader_spec)
    how = judging.judging_of(spec, models, force=force, record=record)
    grader = graders.make_grader(spec, bank, embedder=embedder_spec, judging=how)
    begun = time.perf_counter()
    result = grader.grade(GradeRequest(asked, text.strip(), asked.prompt))
    seconds = time.perf_counter() - begun
    if as_json:
        click.echo(json.dumps(as_data(result, seconds), ensure_ascii=False, allow_nan=False))
    else:
        console = make_console()
        for tone, line in feedback.why(asked, text.strip(), result):
            show(console, line, tone)
    judging.hold_to_work(spec, [result], "the same command.")


def as_data(result: AnswerGrade, seconds: float) -> dict[str, Any]:
    """The grade as plain data: score and passed are null where a criterion is ungraded."""
    return {
        "question": result.question,
        "score": result.score,
        "passed": scoring.passed(result.score),
        "passing": result.passing,
        "borderline": scoring.is_borderline(result),
        "verdicts": [_outcome(v) for v in result.verdicts],
        "misconceptions": [_outcome(v) for v in result.asserted],
        "similarity": result.similarity,
        "notes": list(result.notes),
        "usage": result.usage.model_dump() if result.usage else None,
        "seconds": round(seconds, 6),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Verdict):
        span = outcome.evidence
        return {
            "criterion": outcome.criterion,
            "level": outcome.level,
            "credit": outcome.credit,
            "confidence": outcome.confidence,
            "evidence": [span.start, span.end] if span else None,
            "rationale": outcome.rationale,
        }
    return {
        "criterion": outcome.criterion,
        "level": "ungraded",
        "confidence": None,
        "evidence": None,
        "cause": outcome.cause,
        "detail": outcome.detail,
    }
