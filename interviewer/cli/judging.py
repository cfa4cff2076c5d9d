"""What the options about models come to for whoever grades."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.bank.questions import Bank, Question
from interviewer.cli.model_options import Models
from interviewer.common.console import say, show
from interviewer.errors import ModelUnavailable
from interviewer.grading.grades import AnswerGrade
from interviewer.interview.telling import feedback
from interviewer.specs import banks, graders, layers
from interviewer.specs.graders import LoadingGrader

if TYPE_CHECKING:
    from rich.console import Console

    from interviewer.learning.places import FoundLayer
    from interviewer.specs.judge_specs import Judging

force_option = click.option(
    "--force", is_flag=True, help="Take a judge as it is, also if it fails the test answer."
)
record_option = click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Keep the calls of models here, for --offline-replay.",
)


def grader_of(models: Models, grader_spec: str | None) -> str:
    """The spec of who grades: --grader, or else the judge that the model options name."""
    return grader_spec or models.judge


def judging_of(
    spec: str,
    models: Models,
    *,
    force: bool,
    log: Path | None = None,
    record: Path | None = None,
    notice: Callable[[str], None] | None = None,
) -> Judging | None:
    """How a judge is asked whose gaps the offline grader fills; None if the spec asks no model.

    log: the session beside whose log the calls are kept. record: where else. notice: told what whoever
    waits should know; None for standard error.
    """
    if not graders.asks_model(spec):
        return None
    from interviewer.specs.judge_specs import Judging

    called = models.options if log is None else models.recording(log)
    if record is not None and called.replay is None:
        called = replace(called, record=record)
    called = replace(called, rests=True, notice=notice or tell)
    return Judging(mode=models.judge_mode, models=called, trusted=force, fallback=True, warn=warn)


def measured(models: Models, record: Path | None = None) -> Judging:
    """How a judge is asked that is measured: alone, and whatever it makes of the test answer."""
    from interviewer.specs.judge_specs import Judging

    called = models.options
    if record is not None and called.replay is None:
        called = replace(called, record=record)
    return Judging(mode=models.judge_mode, models=called, trusted=True, warn=warn)


def learned_for(spec: str, bank: Bank, name: str | None, embedder: str) -> FoundLayer:
    """What was learned for the bank of that name, where a grader of that spec uses it."""
    return layers.used_by(spec, banks.bank_folder(name), bank, embedder)


def show_why(console: Console, question: Question, answer: str, grade: AnswerGrade) -> None:
    """The grade, claim by claim, with what it rests on below each."""
    for tone, line in feedback.why(question, answer, grade):
        left = 0 if tone == "title" else 5 if line.startswith("   ") else 2
        show(console, line.lstrip(), tone, indent=left)


def wait_for_test(loading: LoadingGrader, spec: str) -> None:
    """Begin to load the grader, and wait for it if it is a judge that may be refused."""
    loading.start()
    if graders.asks_model(spec):
        from interviewer.specs.judge_specs import short_name

        say(f"Testing the judge {short_name(spec)} ...", err=True)
        loading()


def hold_to_work(spec: str, grades: Sequence[AnswerGrade], again: str) -> None:
    """Raises ModelUnavailable where a judge that was asked for had no part in any of its grades.

    again: the command that has it grade them once it works.
    """
    if not grades or not graders.asks_model(spec):
        return
    from interviewer.grading.judges.fallback import is_offline

    if all(is_offline(grade) for grade in grades):
        raise gave_nothing(spec, len(grades), again)


def gave_nothing(spec: str, count: int, again: str) -> ModelUnavailable:
    """The error of a judge that gave no verdict on that many answers."""
    from interviewer.specs.judge_specs import short_name

    what = "the answer was" if count == 1 else f"all {count} answers were"
    return ModelUnavailable(
        f"the judge {short_name(spec)} gave no verdict: {what} graded offline",
        hint=f"Once it works: {again}",
    )


def tell(message: str) -> None:
    """What whoever waits should know, on standard error."""
    say(f"{message}.", err=True)


def warn(message: str) -> None:
    """A warning on standard error: whole sentences."""
    say(f"Beware: {message}", err=True)
