"""The options by which commands choose and bound language models."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from interviewer.chat.budget import Allowance, Budget
from interviewer.cli import options
from interviewer.cli.options import OFFLINE
from interviewer.cli.settings import Settings, load_settings
from interviewer.errors import UsageError
from interviewer.grading.grader import JUDGE_MODES, JudgeMode
from interviewer.session.events import Style
from interviewer.specs.graders import asks_model
from interviewer.specs.model_specs import ModelOptions, models_folder, split_spec

DEADLINE = 60.0
JUDGE_WAIT = 1.0
"""Seconds: a person is not yet surprised by a pause of that length."""


@dataclass(frozen=True)
class Models:
    """Which models a command uses: the command line's, or else the environment's, or else the
    configuration's.

    model: who words questions and follow-ups; judge: who grades; specs, "offline" for no model.
    judge_mode: how the judge is asked; mode_named: whether anybody said so. judge_named: whether the
    command line says who judges. style: the configured one, None for none. judge_wait: seconds for
    which an interview waits for a judge before it goes on.
    """

    model: str = OFFLINE
    judge: str = OFFLINE
    judge_mode: JudgeMode = "whole"
    judge_named: bool = False
    mode_named: bool = False
    options: ModelOptions = field(default_factory=ModelOptions)
    style: Style | None = None
    judge_wait: float = JUDGE_WAIT

    def recording(self, log: Path) -> ModelOptions:
        """The options that keep calls beside that session's log, unless they are replayed."""
        return self.options if self.options.replay else replace(self.options, record=log)


base_url_option = click.option(
    "--base-url", metavar="URL", help="A server for openai:, litellm: or systemone: models."
)
deadline_option = click.option(
    "--deadline",
    type=options.Number(min=0, min_open=True),
    metavar="SECONDS",
    help=f"How long a model may take for one reply (default {DEADLINE:.0f}).",
)
_OPTIONS = (
    click.option(
        "--model", metavar="SPEC", help="Interviewer and judge: openai:..., litellm:..., gguf:PATH."
    ),
    click.option("--judge", metavar="SPEC", help="The judge, where it is another; or 'offline'."),
    click.option("--judge-mode", type=click.Choice(JUDGE_MODES), help="How the judge is asked."),
    base_url_option,
    deadline_option,
    click.option(
        "--calls",
        type=click.IntRange(1, 64),
        metavar="N",
        help="Calls of a judge about one answer at once (default: 4 of a service, 1 of a server).",
    ),
    click.option("--budget", metavar="AMOUNT", help="What models may take: 0.50 (US$) or 20000t."),
    click.option(
        "--offline-replay",
        type=click.Path(path_type=Path, exists=True),
        help="Answer from recorded calls (*.calls.jsonl) and call nothing.",
    ),
)
_NAMES = (
    "model",
    "judge",
    "judge_mode",
    "base_url",
    "deadline",
    "calls",
    "budget",
    "offline_replay",
)


def models_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the command takes one parameter `models`, a `Models`, for all these options."""

    @functools.wraps(command)
    def call(**given: Any) -> Any:
        chosen = {name: given.pop(name) for name in _NAMES}
        graders = given.get("specs") or (given.get("grader_spec"),)
        return command(models=choose(**chosen, graders=graders), **given)

    decorated: Callable[..., Any] = options.combined(*_OPTIONS)(call)
    return decorated


def choose(
    model: str | None = None,
    judge: str | None = None,
    judge_mode: JudgeMode | None = None,
    base_url: str | None = None,
    deadline: float | None = None,
    calls: int | None = None,
    budget: str | None = None,
    offline_replay: Path | None = None,
    settings: Settings | None = None,
    graders: Sequence[str | None] = (),
) -> Models:
    """What holds when the command line says that. Raises UsageError for what makes no sense.

    graders: specs that the command line names besides.
    """
    settings = load_settings() if settings is None else settings
    interviewer = model or settings.model or OFFLINE
    # A model named on the command line judges as well, whoever the configured judge is.
    judging = judge or model or settings.judge or interviewer
    if interviewer != OFFLINE:
        split_spec(interviewer)
    named = any(asks_model(spec) for spec in (interviewer, judging, *graders) if spec)
    if offline_replay is not None and not named:
        raise UsageError("--offline-replay needs the model whose calls are on record")
    allowed = budget or settings.budget
    return Models(
        model=interviewer,
        judge=judging,
        judge_mode=judge_mode or settings.judge_mode or "whole",
        judge_named=bool(judge or model),
        mode_named=bool(judge_mode or settings.judge_mode),
        options=ModelOptions(
            base_url=base_url or settings.base_url,
            deadline=deadline or settings.deadline or DEADLINE,
            calls=calls,
            budget=Budget(Allowance.parse(allowed)) if allowed else None,
            replay=offline_replay,
            known=models_folder(),
        ),
        style=settings.style,
        judge_wait=JUDGE_WAIT if settings.judge_wait is None else settings.judge_wait,
    )
