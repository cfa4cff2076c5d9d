"""`interviewer simulate`: an interview with nobody there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.cli.interviews import holding, planning
from interviewer.cli.interviews.holding import Means
from interviewer.cli.model_options import Models
from interviewer.common.console import make_console, show
from interviewer.common.text import Tone
from interviewer.interview.asking.order import make_plan
from interviewer.session.events import Style
from interviewer.simulate import personas
from interviewer.simulate.personas import Persona
from interviewer.simulate.simulation import (
    Candidate,
    CandidateTerminal,
    ModelCandidate,
    ScriptedCandidate,
)
from interviewer.specs import banks

SCRIPTED = "scripted"


@click.command()
@options.combined(
    click.option(
        "--candidate",
        default=SCRIPTED,
        show_default=True,
        metavar="SPEC",
        help="Who sits it: scripted, or a language model as in --model.",
    ),
    click.option(
        "--persona",
        type=click.Choice(personas.PERSONAS),
        default="strong",
        show_default=True,
        help="What the candidate does where it does not know.",
    ),
    click.option(
        "--ability",
        type=options.Number(0, 1),
        metavar="0..1",
        help="The chance to know a criterion (0.9 for strong, 0 for the others).",
    ),
    click.option(
        "--seed", type=int, default=1, show_default=True, help="Fixes what is known and said."
    ),
    planning.which_options,
    click.option("--show", "shown", is_flag=True, help="Show the interview as it goes."),
    holding.means_option,
)
def simulate(
    candidate: str, persona: Persona, ability: float | None, seed: int, sections: str | None,
    numbers: str | None, count: int | None, order: Any, probes: int, timed: bool,
    style: Style | None, shown: bool, means: Means,
) -> None:  # fmt: skip
    """Let a scripted candidate, or a language model, sit an interview.

    The log is a usual one and marked as simulated: other commands take it only where they are given
    its FILE, and it counts towards no progress, drill or plan.
    """
    bank = banks.open_bank(means.bank_name)
    knows = personas.USUAL_ABILITY[persona] if ability is None else ability
    chosen = planning.choose(bank, sections, numbers)
    plan = make_plan(
        chosen, order=order, seed=seed, count=count, probes=probes, timed=timed,
        style=means.style(style), near=planning.near(bank, chosen, count, numbers, order),
    )  # fmt: skip
    console = make_console()

    def tell(text: str, tone: Tone) -> None:
        show(console, text, tone)

    def terminal(log: Path) -> CandidateTerminal:
        sits = _candidate(candidate, persona, knows, seed, bank, means.models, log)
        return CandidateTerminal(sits, bank, tell if shown else None)

    with holding.begun(means, bank, plan, terminal, simulated=True) as sitting:
        holding.hold(sitting, tell)


def _candidate(
    spec: str, persona: Persona, ability: float, seed: int, bank: Bank, models: Models, log: Path
) -> Candidate:
    if spec == SCRIPTED:
        return ScriptedCandidate(persona, ability, seed, bank)
    from interviewer.specs.model_specs import make_chat

    return ModelCandidate(make_chat(spec, models.recording(log)), persona, ability, seed)
