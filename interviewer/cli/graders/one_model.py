"""One language model, named on the command line, and the way to ask it that works best."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import click

from interviewer.bank.questions import Bank
from interviewer.chat.addresses import plain_address
from interviewer.chat.messages import ChatRequest, Message
from interviewer.cli.model_options import Models
from interviewer.cli.options import OFFLINE
from interviewer.common import system
from interviewer.common.scrub import scrub
from interviewer.errors import BadReply, UsageError
from interviewer.grading.grader import TRIED, Grader, GradeRequest, JudgeMode
from interviewer.grading.judges import canary, decision_judge
from interviewer.specs import judge_specs, model_specs
from interviewer.specs.capabilities import capability_of
from interviewer.specs.judge_specs import Spec, short_name
from interviewer.specs.model_specs import ModelOptions
from interviewer.trial import trying
from interviewer.trial.trial_values import ModeTried

LEFT_OUT = "on record the model gives no verdict so"
NO_TIME = "there was no time to try it"


@dataclass(frozen=True)
class OneModel:
    """The model of a trial, with the modes that may be tried. digest: of the model."""

    model: str
    modes: tuple[JudgeMode, ...]
    models: ModelOptions
    embedder: str

    @property
    def digest(self) -> str:
        """Identifies the model."""
        return model_specs.model_digest(self.model, self.models.base_url)

    @property
    def talks(self) -> bool:
        """Whether it can be asked for anything but decisions."""
        return not judge_specs.decides(self.spec(self.modes[0]))

    def spec(self, mode: JudgeMode) -> Spec:
        """The judge in that mode."""
        return judge_specs.parse(self.model, mode)


def asked_of(spec: str | None, models: Models, record: Path | None, embedder: str) -> OneModel:
    """What the words on the command line come to. Raises UsageError for what names no one judge."""
    named = spec or models.judge
    if named == OFFLINE and not spec:
        raise UsageError(
            "no language model is named",
            hint=f"Such as 'interviewer {click.get_current_context().info_name} openai:NAME"
            " --base-url URL' or 'gguf:FILE'.",
        )
    mode = models.judge_mode if models.mode_named else None
    parsed = judge_specs.parse(named, mode or "whole")
    if parsed.kind != "judge":
        raise UsageError(
            f"'{short_name(named)}' is no language model",
            hint=f"Such as 'interviewer {click.get_current_context().info_name} openai:NAME"
            " --base-url URL' or 'gguf:FILE'.",
        )
    said = mode is not None or not named.strip().startswith(model_specs.KINDS)
    called = models.options
    if record is not None and called.replay is None:
        called = replace(called, record=record, reuse=True)
    return OneModel(parsed.model, (parsed.mode,) if said else TRIED, called, embedder)


def mode_of(
    asked: OneModel, bank: Bank, seconds: float = math.inf
) -> tuple[JudgeMode, tuple[ModeTried, ...]]:
    """The mode that works best, and what came of each; those in which the model failed on record are
    not tried. seconds: to try them in. Raises ModelError for a model that cannot be reached."""
    if asked.models.replay is None:
        chat = model_specs.make_chat(asked.model, asked.models)
        try:
            chat.chat(_greeting(asked))
        except BadReply:
            """It can be reached; what it can do is found out next."""
    worth = _worth_trying(asked)
    fitted = [
        mode
        for mode in worth
        if judge_specs.fitting_of(asked.spec(mode), asked.models).curve is not None
    ]
    clock = system.SystemClock()
    found = trying.tried(worth, lambda mode: bare(asked, bank, mode), clock, seconds)
    known = {one.mode for one in found}
    left_out = tuple(
        ModeTried(
            mode=mode, claims=0, verdicts=0, right=0, seconds=0,
            why=NO_TIME if mode in worth else LEFT_OUT,
        )
        for mode in asked.modes
        if mode not in known
    )  # fmt: skip
    return trying.chosen(found, fitted, _to_doctor(asked)), (*found, *left_out)


def _greeting(asked: OneModel) -> ChatRequest:
    """A first call, which finds out whether anybody is there."""
    if asked.talks:
        return ChatRequest((Message("user", "Say yes."),), max_tokens=16)
    question = canary.QUESTION
    request = GradeRequest(question, canary.ANSWER, question.prompt)
    return decision_judge.asking(request)


def _to_doctor(asked: OneModel) -> str:
    """What to give `doctor` so that it looks at the same model."""
    base_url = asked.models.base_url
    return scrub(asked.model) + (f" --base-url {plain_address(base_url)}" if base_url else "")


def _worth_trying(asked: OneModel) -> tuple[JudgeMode, ...]:
    """The modes that the model is on record to manage, or all where it is not, or of none."""
    if len(asked.modes) == 1 or asked.models.replay is not None:
        return asked.modes
    record = capability_of(asked.model, asked.models)
    managed: set[JudgeMode] = {*record.modes, *(("yesno",) if record.yes_no else ())}
    return tuple(mode for mode in asked.modes if mode in managed) or asked.modes


def bare(asked: OneModel, bank: Bank, mode: JudgeMode) -> Grader:
    """The judge in that mode, without its guards."""
    return judge_specs.bare_judge(asked.spec(mode), bank, asked.models, asked.embedder)
