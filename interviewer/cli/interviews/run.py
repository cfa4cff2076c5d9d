"""`interviewer run`: hold an interview."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from interviewer.cli import options
from interviewer.cli.interviews import holding, planning
from interviewer.cli.interviews.answers import (
    answers_option,
    fit_script,
    make_terminal,
    read_script,
)
from interviewer.cli.interviews.holding import Means
from interviewer.errors import UsageError
from interviewer.interview.asking.order import make_plan
from interviewer.interview.terminal import Terminal
from interviewer.session.events import AnswerPace, Style
from interviewer.specs import banks


@click.command()
@options.combined(
    planning.which_options,
    click.option("--quick-fire", is_flag=True, help="Only the quick-fire questions."),
    click.option("--seed", type=int, default=None, help="Fixes shuffle and adaptive."),
    click.option("--cold", is_flag=True, help="No probes and no hints: the honest count."),
    planning.pace_option,
    click.option("--silent", is_flag=True, help="No feedback before the end."),
    planning.deeper_option,
    planning.teach_option,
    click.option("--self", "self_graded", is_flag=True,
                 help="Grade yourself as well, question by question; it is counted apart."),
    answers_option,
    holding.means_option,
)  # fmt: skip
def run(
    sections: str | None, numbers: str | None, count: int | None, order: Any, probes: int,
    timed: bool, style: Style | None, quick_fire: bool, seed: int | None, cold: bool,
    pace: AnswerPace | None, silent: bool, deeper: int, teach: bool, self_graded: bool,
    answers: Path | None, means: Means,
) -> None:  # fmt: skip
    """Hold an interview. Answers are on disk before they are graded; Ctrl-D pauses."""
    planning.teach_apart(teach, {"--cold": cold, "--timed": timed, "--silent": silent})
    if self_graded and silent:
        raise UsageError(
            "--self and --silent do not go together",
            hint="--self shows after each question what counts; --silent keeps that to the end.",
        )
    bank = banks.open_bank(means.bank_name)
    script = read_script(answers)
    chosen = planning.choose(bank, sections, numbers, quick_fire=quick_fire)
    narrowed = bool(numbers or sections or quick_fire or count)
    chosen, count, probes = fit_script(script, bank, chosen, count, probes, narrowed=narrowed)
    plan = make_plan(
        chosen,
        order=order,
        seed=secrets.randbelow(1_000_000) if seed is None else seed,
        count=count,
        probes=probes,
        cold=cold,
        timed=timed,
        silent=silent,
        style=means.style(style),
        teaches=teach,
        deeper=deeper if script is None else 0,
        self_graded=self_graded,
        pace=planning.pace_of(pace, timed=timed),
        near=planning.near(bank, chosen, count, numbers, order),
    )

    def terminal(_: Path) -> Terminal:
        return make_terminal(script, self_graded=self_graded)

    with holding.begun(means, bank, plan, terminal) as sitting:
        holding.hold(sitting)
