"""`interviewer grade`: one answer."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from interviewer.cli import judging, options
from interviewer.cli.model_options import Models, models_option
from interviewer.common import files
from interviewer.common.console import make_console, say_json, show
from interviewer.errors import InputError, UsageError
from interviewer.grading.grader import GradeRequest
from interviewer.interview.telling import feedback
from interviewer.specs import banks, graders, layers

MAX_BYTES = 64_000_000


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
    text = files.read_stream(sys.stdin, MAX_BYTES, InputError) if answer == "-" else answer
    asked = bank.question(question)
    spec = judging.grader_of(models, grader_spec)
    how = judging.judging_of(spec, models, force=force, record=record)
    learned = judging.learned_for(spec, bank, bank_name, embedder_spec)
    grader = graders.make_grader(
        spec, bank, embedder=embedder_spec, judging=how, layer=learned.layer
    )
    if learned.problem:
        judging.warn(layers.problem_line(learned, bank).rstrip("."))
    begun = time.perf_counter()
    result = grader.grade(GradeRequest(asked, text.strip(), asked.prompt))
    seconds = time.perf_counter() - begun
    if as_json:
        from interviewer.report.shapes import grade_report

        made = grade_report(asked, text.strip(), result, grader.identity, seconds)
        say_json(made.model_dump_json())
    else:
        console = make_console()
        if (told := layers.line_of(learned, bank)) and learned.layer is not None:
            show(console, told[1], told[0])
        for tone, line in feedback.why(asked, text.strip(), result):
            show(console, line, tone)
    judging.hold_to_work(spec, [result], "the same command.")
