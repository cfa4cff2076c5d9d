"""What the options about models and style come to for how the interviewer speaks."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from interviewer.bank.questions import Bank
from interviewer.cli.model_options import OFFLINE, Models
from interviewer.grading.grader import Grader
from interviewer.interview.studio import Studio
from interviewer.interview.style import STYLES
from interviewer.session.events import Style
from interviewer.specs import embedders, graders

style_option = click.option(
    "--style",
    type=click.Choice(STYLES),
    help="How the interviewer speaks; feedback then waits for the end of a question. "
    "With --model neutral if not given.",
)


def style_of(models: Models, style: Style | None) -> Style | None:
    """The style of a new session: what the command line says, or else what is configured."""
    return style or models.style or (None if models.model == OFFLINE else "neutral")


def with_voice(
    studio: Studio,
    models: Models,
    style: Style | None,
    grader_spec: str,
    embedder_spec: str,
    log: Path,
) -> Studio:
    """The studio with a model's voice if one is configured, and a spare grader for a slow judge.

    Raises UsageError or ModelUnavailable for a model that cannot be.
    """
    judged = graders.asks_model(grader_spec)
    if models.model == OFFLINE and not judged:
        return studio
    offline = _offline(studio.bank, embedder_spec) if judged else studio.grader
    if judged:
        studio = replace(studio, spare_grader=offline)
    if models.model == OFFLINE:
        return studio
    from interviewer.interview.voice.voice import Measures, Voice
    from interviewer.specs.model_specs import make_chat

    voice = Voice(
        make_chat(models.model, models.recording(log)),
        style or "neutral",
        seconds=models.options.deadline,
        new_marker=lambda: secrets.token_hex(8),
        monotonic=time.monotonic,
        measures=Measures(
            embedders.cached_embedder(embedder_spec),
            offline if judged or grader_spec == OFFLINE else _offline(studio.bank, embedder_spec),
        ),
    )
    return replace(studio, voice=voice)


def _offline(bank: Bank, embedder_spec: str) -> Callable[[], Grader]:
    return graders.LoadingGrader(lambda: graders.make_grader(OFFLINE, bank, embedder=embedder_spec))
