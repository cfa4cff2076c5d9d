"""`interviewer grade`: one answer, or the answers of a class."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.bank.questions import Bank
from interviewer.cli import judging, options
from interviewer.cli.model_options import Models, models_option
from interviewer.common import files
from interviewer.common.console import make_console, say, say_json, show
from interviewer.errors import InputError, UsageError
from interviewer.grading.grader import GradeRequest
from interviewer.specs import banks, graders, layers

if TYPE_CHECKING:
    from interviewer.learning.places import FoundLayer
    from interviewer.specs.judge_specs import Judging

MAX_BYTES = 64_000_000


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument(
    "words", nargs=-1, required=True, metavar="QUESTION [ANSWER] | ANSWERS... -o GRADES"
)
@click.option("--json", "as_json", is_flag=True, help="Print the grade as JSON.")
@options.combined(
    click.option("-o", "--output", "target", type=options.OutFile(), metavar="GRADES",
                 help="Grade the answers of a class into this file; what is in it already is not "
                      "graded again."),
    click.option("--workers", type=click.IntRange(min=1, max=256),
                 help="Processes that grade a class, one a processor if not given; of a language "
                      "model, calls at a time."),
    click.option("--backend", type=click.Choice(["local", "dask"]), default="local",
                 show_default=True, help="Who grades a class: this machine, or a Dask cluster."),
    click.option("--address", metavar="HOST:PORT", help="The scheduler of the cluster."),
    options.bank_option,
    options.grader_option(),
    models_option,
    judging.force_option,
    judging.record_option,
    options.embedder_option,
)  # fmt: skip
def grade(
    words: tuple[str, ...], as_json: bool, target: Path | None, workers: int | None, backend: str,
    address: str | None, bank_name: str | None, grader_spec: str | None, models: Models, force: bool,
    record: Path | None, embedder_spec: str,
) -> None:  # fmt: skip
    """Grade one ANSWER (- reads it from standard input) to QUESTION and show why.

    Or, with -o, the ANSWERS of a class: JSON lines, tables (.csv, .tsv), and folders of these and
    of sessions. 'interviewer report-class GRADES' shows what they come to.
    """
    spec = judging.grader_of(models, grader_spec)
    how = judging.judging_of(spec, models, force=force, record=record)
    if (backend == "dask") != (address is not None):
        raise UsageError("--backend dask and --address HOST:PORT go together")
    if target is None:
        if address is not None or workers is not None:
            raise UsageError("--workers and --backend are for a class", hint="Give -o GRADES.")
        _grade_one(words, bank_name, spec, how, embedder_spec, as_json=as_json)
        return
    if as_json:
        raise UsageError("--json goes with one answer", hint="GRADES is JSON lines already.")
    from interviewer.cli.graders import grade_class
    from interviewer.specs.class_jobs import ClassJob

    bank = banks.open_bank(bank_name)
    learned = _learned(spec, bank, bank_name, embedder_spec)
    job = ClassJob(spec, bank, embedder_spec, how, learned.layer)
    if learned.layer is not None:
        say(layers.layer_line(learned.layer), err=True)
    grade_class.grade_class(job, [Path(word) for word in words], target, workers, address)


def _grade_one(
    words: tuple[str, ...], bank_name: str | None, spec: str, how: Judging | None, embedder: str,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Grade the answer that the words give, and show why."""
    question, text = _one(words)
    bank = banks.open_bank(bank_name)
    if question not in bank:
        raise UsageError(
            f"there is no question {question}", hint="'interviewer bank show' lists them."
        )
    asked = bank.question(question)
    learned = _learned(spec, bank, bank_name, embedder)
    grader = graders.make_grader(spec, bank, embedder=embedder, judging=how, layer=learned.layer)
    begun = time.perf_counter()
    result = grader.grade(GradeRequest(asked, text.strip(), asked.prompt))
    seconds = time.perf_counter() - begun
    if as_json:
        from interviewer.report.shapes import grade_report

        made = grade_report(asked, text.strip(), result, grader.identity, seconds)
        say_json(made.model_dump_json())
    else:
        console = make_console()
        if learned.layer is not None:
            show(console, layers.layer_line(learned.layer), "note")
        judging.show_why(console, asked, text.strip(), result)
    judging.hold_to_work(spec, [result], "the same command.")


def _learned(spec: str, bank: Bank, bank_name: str | None, embedder: str) -> FoundLayer:
    """What was learned for the bank; warns where it cannot be used."""
    found = judging.learned_for(spec, bank, bank_name, embedder)
    if found.problem:
        judging.warn(layers.problem_line(found, bank))
    return found


def _one(words: tuple[str, ...]) -> tuple[int, str]:
    """The number of the question and the answer. Raises UsageError for other words."""
    number, *rest = words
    try:
        question = int(number)
    except ValueError:
        raise UsageError(
            f"'{number}' is not a valid integer, as the number of a question is",
            hint="To grade files of answers, say where the grades go: -o GRADES.",
        ) from None
    if len(rest) > 1:
        raise UsageError("an answer is one word on the command line", hint="Put it in quotes.")
    answer = rest[0] if rest else "-"
    if answer != "-":
        return question, answer
    return question, files.read_stream(sys.stdin, MAX_BYTES, InputError)
