"""`interviewer trial`: what a language model is good for here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from interviewer.agreement.gold_answers import GoldSet
from interviewer.bank.questions import Bank
from interviewer.check import requirements
from interviewer.check.requirements import Requirement
from interviewer.cli import judging, options, requiring
from interviewer.cli.graders.one_model import OneModel, asked_of, bare, mode_of
from interviewer.cli.model_options import Models, models_option
from interviewer.cli.outputs import write_page
from interviewer.common import signals, system
from interviewer.common.console import progress_bar, say, say_json
from interviewer.errors import InputError, InterviewerError
from interviewer.grading.answer_bound import BoundedGrader
from interviewer.specs import banks, judge_specs, model_specs, plain_specs
from interviewer.specs.judge_specs import short_name
from interviewer.trial import measuring, own_files
from interviewer.trial.trial_values import TrialReport, TrialTable, Wordings

TO_CHOOSE = 0.25
"""The share of the time after which no other way to ask is tried."""
LONGEST_WORDING = 20.0
"""Seconds for one wording."""


@click.command()
@click.argument("grader_spec", metavar="[SPEC]", required=False)
@options.combined(
    click.option("--minutes", type=options.Number(min=0, min_open=True), default=5.0,
                 show_default=True, help="How long it may take."),
    click.option("--seed", type=int, default=0, show_default=True,
                 help="Which answers and attacks are drawn."),
    click.option("--table", is_flag=True, help="Show all kept trials side by side, and try nothing."),
    click.option("--require", metavar="EXPR",
                 help="Exit with 3 unless the judge meets it: 'kappa>=0.6,coverage>=0.95'."),
    click.option("--json", "as_json", is_flag=True, help="Print everything as JSON."),
    click.option("--html", type=options.OutFile(), metavar="FILE", help="Write a page."),
    models_option,
    judging.record_option,
    options.bank_option,
    options.embedder_option,
)  # fmt: skip
def trial(
    grader_spec: str | None, minutes: float, seed: int, table: bool, require: str | None,
    as_json: bool, html: Path | None, models: Models, record: Path | None, bank_name: str | None,
    embedder_spec: str,
) -> None:  # fmt: skip
    """Find out whether the model SPEC may grade here: alone, beside the offline grader, or not at all.

    It is asked about graded answers, answers by construction and attacks for as long as --minutes
    says. Ctrl-C ends it early; what was measured is shown and kept.
    """
    if table:
        _show_table(as_json=as_json)
        return
    wanted = requiring.required(require, requirements.parse)
    screen = options.screen_alone(html, as_json=as_json)
    asked = asked_of(grader_spec, models, record, embedder_spec)
    report = _hold(asked, banks.open_bank(bank_name), bank_name, minutes, seed)
    own_files.keep(own_files.trial_file(report.digest, report.mode), report)
    if as_json:
        say_json(report.model_dump_json())
    elif not screen:
        from interviewer.trial import trial_text

        trial_text.show(report)
    if html is not None:
        from interviewer.trial import trial_html

        write_page(html, trial_html.render(report))
    if report.stopped == measuring.KEYBOARD:
        raise SystemExit(signals.INTERRUPTED)
    requiring.enforce(_missed(wanted, report))


def _hold(
    asked: OneModel, bank: Bank, bank_name: str | None, minutes: float, seed: int
) -> TrialReport:
    """The trial itself."""
    from interviewer.grading.judges.canary import TestedJudge
    from interviewer.grading.judges.fused import FusedGrader
    from interviewer.grading.judges.fusing import Weights
    from interviewer.grading.judges.injection import GuardedJudge
    from interviewer.trial import reporting
    from interviewer.trial.attacks import shipped_attacks, wrong_answers

    clock = system.SystemClock()
    begun = clock.monotonic()
    with progress_bar("", left=True) as step:
        step(0, round(minutes * 60), "ways to ask")
        mode, modes = mode_of(asked, bank, minutes * 60 * TO_CHOOSE)
        spec = asked.spec(mode)
        tested = TestedJudge(bare(asked, bank, mode), trusted=True)
        fitness = tested.test()
        fitting = judge_specs.fitting_of(spec, asked.models)
        judge = measuring.Remembering(BoundedGrader(GuardedJudge(tested)), clock)
        offline = measuring.Remembering(
            BoundedGrader(plain_specs.make_plain(options.OFFLINE, bank, asked.embedder)), clock
        )
        fused = FusedGrader(judge, offline, fitting.weights or Weights(), judge.identity)
        sets = _gold(bank, bank_name)
        matter = measuring.matter_of(bank, sets, shipped_attacks(), wrong_answers(sets), seed)
        left = max(1.0, minutes * 60 - (clock.monotonic() - begun))
        run = measuring.Trial(judge, offline, fused, matter, clock, left, step)
        findings = run.run(lambda seconds: _worded(asked, bank, seconds))
    return reporting.report_of(
        findings,
        model=short_name(asked.model),
        digest=asked.digest,
        grader=judge.identity,
        made=clock.now(),
        minutes=minutes,
        seconds=clock.monotonic() - begun,
        seed=seed,
        mode=mode,
        modes=modes,
        test_answer=fitness.value,
        test_problem=tested.why if fitness.value == "unknown" else "",
        fitted=fitting.source,
        bank=bank.title,
        gold=matter.gold.name if matter.gold else "",
        gold_size=len(matter.gold.answers) if matter.gold else 0,
    )


def _worded(asked: OneModel, bank: Bank, seconds: float) -> Iterator[Wordings]:
    """Follow-ups worded by the model, within so many seconds in all."""
    if not asked.talks:
        yield Wordings(asked=0, fit=0, why="A decision model words nothing.")
        return
    from interviewer.interview.voice.voice import Voice
    from interviewer.trial import wording_trial

    until = time.monotonic() + seconds
    each = min(LONGEST_WORDING, max(1.0, seconds / wording_trial.COUNT))
    voice = Voice(
        model_specs.make_chat(asked.model, asked.models), "neutral", seconds=each,
        new_marker=judge_specs.new_marker, monotonic=time.monotonic,
    )  # fmt: skip
    for found in wording_trial.worded(voice, bank):
        yield found
        if time.monotonic() >= until:
            return


def _gold(bank: Bank, bank_name: str | None) -> Sequence[GoldSet]:
    from interviewer.check import gold_files

    path = banks.bank_folder(bank_name) / gold_files.GOLD_NAME
    return gold_files.load_gold(path, bank) if path.is_file() else ()


def _missed(wanted: Sequence[Requirement], report: TrialReport) -> list[str]:
    measured = report.side("judge").measured
    if measured is None:
        return ["the bank has no graded answers"] if wanted else []
    who = f"{report.model}, {report.mode}"
    return [line for one in wanted for line in requirements.missed_by(one, measured, who)]


def _show_table(*, as_json: bool) -> None:
    found: list[TrialReport] = []
    for one in own_files.read_trials():
        if isinstance(one, InputError):
            say(f"Left out: {one.message} ({one.where})", err=True)
        else:
            found.append(one)
    if as_json:
        say_json(TrialTable(trials=tuple(found)).model_dump_json())
        return
    if not found:
        raise InterviewerError(
            "no trial was kept yet", hint="'interviewer trial SPEC' tries a model."
        )
    from interviewer.trial import trial_text

    trial_text.show_all(found)
