"""`interviewer simulate`: an interview with nobody there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.cli.graders import judging
from interviewer.cli.interviews import manner
from interviewer.cli.interviews.run import hold_to_judge, leave_if_interrupted, open_session
from interviewer.cli.model_options import Models, models_option
from interviewer.cli.sessions.finding import write_markdown
from interviewer.common import ranges
from interviewer.common.console import make_console, show
from interviewer.common.text import Tone
from interviewer.errors import UsageError
from interviewer.interview import order as plans
from interviewer.interview import sitting, summary
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
    click.option("--sections", metavar="A,B,...", help="Only these sections."),
    click.option("--questions", "numbers", metavar="1-15,20", help="Only these questions."),
    click.option("--count", type=click.IntRange(min=1), help="How many questions at most."),
    click.option(
        "--order",
        type=click.Choice(["bank", "shuffle", "adaptive"]),
        default="bank",
        show_default=True,
        help="In what order.",
    ),
    click.option(
        "--probes",
        type=click.IntRange(0, 10),
        default=2,
        show_default=True,
        help="Follow-ups per question at most.",
    ),
    click.option("--timed", is_flag=True, help="Each answer against its clock."),
    click.option("--show", "shown", is_flag=True, help="Show the interview as it goes."),
    manner.style_option,
    options.bank_option,
    judging.grader_option,
    models_option,
    judging.force_option,
    options.embedder_option,
    options.transcripts_option,
)
def simulate(
    candidate: str, persona: Persona, ability: float | None, seed: int, sections: str | None,
    numbers: str | None, count: int | None, order: Any, probes: int, timed: bool, shown: bool,
    style: Style | None, bank_name: str | None, grader_spec: str | None, models: Models, force: bool,
    embedder_spec: str, transcripts: Path,
) -> None:  # fmt: skip
    """Let a scripted candidate, or a language model, sit an interview; the log is a usual one."""
    bank = banks.open_bank(bank_name)
    try:
        wanted = ranges.parse_numbers(numbers) if numbers else ()
        chosen = plans.select(bank, sections=options.split_names(sections), numbers=wanted)
    except ValueError as error:
        raise UsageError(str(error), hint="'interviewer bank show' lists the questions.") from error
    knows = personas.USUAL_ABILITY[persona] if ability is None else ability
    plan = plans.make_plan(
        chosen, order=order, seed=seed, count=count, probes=probes, timed=timed,
        style=manner.style_of(models, style),
    )  # fmt: skip
    console = make_console()

    def tell(text: str, tone: Tone) -> None:
        show(console, text, tone)

    def terminal(log: Path) -> CandidateTerminal:
        sitting = _candidate(candidate, persona, knows, seed, bank, models, log)
        return CandidateTerminal(sitting, bank, tell if shown else None)

    spec = judging.grader_of(models, grader_spec)
    with open_session(
        bank,
        plan,
        terminal,
        spec,
        embedder_spec,
        transcripts,
        models,
        folder=banks.own_folder(bank_name),
        force=force,
    ) as (studio, begun, log):
        session = sitting.conduct(studio, begun)
        path = log.path
    written = write_markdown(session, path)
    for tone, text in summary.closing_lines(session):
        tell(text, tone)
    tell(f"Transcript: {written}", "note")
    tell(f"Session log: {path}", "note")
    leave_if_interrupted(session, path)
    hold_to_judge(session, studio.identity.spec, path)


def _candidate(
    spec: str, persona: Persona, ability: float, seed: int, bank: Bank, models: Models, log: Path
) -> Candidate:
    if spec == SCRIPTED:
        return ScriptedCandidate(persona, ability, seed, bank)
    from interviewer.specs.model_specs import make_chat

    return ModelCandidate(make_chat(spec, models.recording(log)), persona, ability, seed)
