"""`interviewer calibrate`: a curve of its own for a language model as judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from interviewer.agreement import figures
from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.bank.questions import Bank
from interviewer.check import checking, gold_files
from interviewer.cli import judging, options
from interviewer.cli.graders import one_model
from interviewer.cli.graders.one_model import OneModel
from interviewer.cli.model_options import Models, models_option
from interviewer.common import system
from interviewer.common.console import (
    Column,
    make_console,
    progress_bar,
    say_json,
    show_grid,
    show_line,
)
from interviewer.common.text import plural
from interviewer.errors import GoldError, InterviewerError, Where
from interviewer.grading.grader import JudgeMode
from interviewer.grading.judges.fusing import Curve, Weights
from interviewer.grading.judges.judge_data import FitFigures, OwnFit, showing_for, weights_for
from interviewer.learning import settled_answers
from interviewer.specs import banks, judge_specs, model_specs, plain_specs
from interviewer.trial import calibrating, fitting, own_files
from interviewer.trial.exams import exam_answers
from interviewer.trial.fitting import JudgedClaim

USUAL = 60


@click.command()
@click.argument("grader_spec", metavar="[SPEC]", required=False)
@options.combined(
    click.option("--answers", type=click.IntRange(min=1), default=USUAL, show_default=True,
                 help="At most so many graded answers of the bank, and of the exam questions by which the "
                      "judge is weighed; what you settled comes on top."),
    click.option("--minutes", type=options.Number(min=0, min_open=True), default=30.0,
                 show_default=True, help="How long it may ask; what it has by then is fitted to."),
    click.option("--json", "as_json", is_flag=True, help="Print the fit as JSON."),
    models_option,
    judging.record_option,
    options.bank_option,
    options.transcripts_option,
    options.embedder_option,
)  # fmt: skip
def calibrate(
    grader_spec: str | None, answers: int, minutes: float, as_json: bool, models: Models,
    record: Path | None, bank_name: str | None, transcripts: Path, embedder_spec: str,
) -> None:  # fmt: skip
    """Fit the model SPEC to graded answers, so that its probabilities mean what they say.

    It is asked about answers that tuning may look at, about yours whose grades you settled, and, for its
    weight beside the offline grader, about answers to exam questions that nobody was fitted to. Curve and
    weight are kept and used from then on. Ctrl-C keeps nothing; with --record no call is made twice.
    """
    bank = banks.open_bank(bank_name)
    asked = one_model.asked_of(grader_spec, models, record, embedder_spec)
    collected = settled_answers.collect(bank, transcripts, ())
    for why, number in collected.left_out.items():
        judging.warn(f"{plural(number, 'settled answer')} left out: {why}.")
    own = [one.gold for one in collected.answers]
    known = [*own, *_tuned(bank, bank_name, answers)]
    if not known:
        raise GoldError(
            "there are no graded answers to fit to",
            where=Where(str(banks.bank_folder(bank_name) / gold_files.GOLD_NAME)),
            hint="Settle some of your grades by /dispute, or give a bank with gold answers.",
        )
    mode, _ = one_model.mode_of(asked, bank)
    half = minutes / 2
    pairs, count = _asked_about(asked, bank, mode, known, half)
    if not fitting.enough(pairs):
        raise InterviewerError(
            f"{plural(len(pairs), 'claim')} of {plural(count, 'answer')} are too few to fit to",
            hint=f"It takes {fitting.LEAST} that are asserted and as many that are not: give"
            " --answers and --minutes more.",
        )
    settled = min(count, len(own))
    exams = checking.limited(exam_answers(), answers)
    unseen, _ = _asked_about(asked, exams.bank, mode, exams.answers, half)
    found = _fit(asked, mode, bank, pairs, unseen, count, settled)
    path = own_files.fit_file(found.digest, mode)
    own_files.keep(path, found)
    if as_json:
        say_json(found.model_dump_json())
    else:
        _show(found, path)


def _tuned(bank: Bank, bank_name: str | None, most: int) -> Sequence[GoldAnswer]:
    path = banks.bank_folder(bank_name) / gold_files.GOLD_NAME
    if not path.is_file():
        return ()
    tuned = [gold for gold in gold_files.load_gold(path, bank) if not gold.held_out]
    return checking.limited(tuned[0], most).answers if tuned else ()


def _asked_about(
    asked: OneModel, bank: Bank, mode: JudgeMode, known: Sequence[GoldAnswer], minutes: float
) -> tuple[list[JudgedClaim], int]:
    """The claims on which judge, offline grader and people have a verdict, and of how many answers."""
    from interviewer.grading.judges.injection import GuardedJudge

    shown = showing_for(model_specs.model_name(asked.model))
    bare = judge_specs.bare_judge(
        asked.spec(mode), bank, asked.models, asked.embedder, unfitted=shown
    )
    offline = plain_specs.make_plain("offline:unaided", bank, asked.embedder)
    clock = system.SystemClock()
    until = clock.monotonic() + minutes * 60
    pairs: list[JudgedClaim] = []
    count = 0
    with progress_bar("", left=True) as step:
        step(0, len(known), "answers")
        for found in calibrating.pairs_of(bank, known, GuardedJudge(bare), offline):
            pairs += found
            count += 1
            step(count, len(known))
            if clock.monotonic() >= until:
                break
    return pairs, count


def _fit(
    asked: OneModel, mode: JudgeMode, bank: Bank, pairs: Sequence[JudgedClaim],
    unseen: Sequence[JudgedClaim], count: int, settled: int,
) -> OwnFit:  # fmt: skip
    """The fit. Where a curve makes the judge no better, cross-validated, it has none to speak of.

    unseen: claims that the offline grader was not trained on, by which the judge is weighed.
    """
    to = fitting.curve_to(pairs)
    helps = to.after.brier <= to.before.brier
    curve = fitting.curve_of(to.fitted) if helps else Curve()
    weights, beside = None, None
    if fitting.enough(unseen):
        weights, beside = fitting.weights_to(unseen, curve)
    identity = judge_specs.judge_identity(
        asked.spec(mode).text, judge_specs.Judging(models=asked.models), asked.embedder
    )
    return OwnFit(
        model=identity.model,
        digest=asked.digest,
        mode=mode,
        prompt=identity.prompt,
        made=system.SystemClock().now(),
        bank=bank.title,
        answers=count,
        settled=settled,
        questions=len({pair.question for pair in pairs}),
        claims=len(pairs),
        curve=curve,
        weighed=len(unseen) if beside else 0,
        weights=weights or weights_for(identity.model, mode) or Weights(),
        raw=to.before,
        curved=to.after if helps else to.before,
        offline=beside.before if beside else None,
        fused=beside.after if beside else None,
    )


def _show(found: OwnFit, path: Path) -> None:
    console = make_console()
    own = f", {found.settled} of them settled by you" if found.settled else ""
    show_line(
        console,
        f"{found.model} asked by {found.mode}: {plural(found.claims, 'claim')} of"
        f" {plural(found.answers, 'answer')}{own} to {plural(found.questions, 'question')}",
        "title",
    )
    rows = [("as it is", found.raw), ("with its curve", found.curved)]
    if found.offline and found.fused:
        rows += [("offline, on exams", found.offline), ("fused, on exams", found.fused)]
    columns = [Column(), *(Column(name, right=True) for name in ("AUC", "Brier", "right"))]
    show_grid(console, columns, [(name, *_cells(one)) for name, one in rows])
    weights = found.weights
    show_line(
        console,
        f"Weight of the judge in 'fused:' {weights.judge:.2f}, of the offline grader"
        f" {weights.offline:.2f}"
        + (
            f", by {plural(found.weighed, 'claim')} of exams that it was not trained on."
            if found.weighed
            else ": as before, for too few claims of exams had verdicts."
        ),
    )
    show_line(
        console, "With its curve, and fused: by fits that have not seen the question.", "note"
    )
    show_line(
        console,
        f"Kept, and used from now on: {path}. 'interviewer trial' shows what it is good for.",
        "path",
    )


def _cells(found: FitFigures) -> tuple[str, str, str]:
    return figures.plain(found.auc), figures.plain(found.brier), figures.percent(found.right)
