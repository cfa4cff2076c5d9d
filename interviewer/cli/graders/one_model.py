"""One language model, named on the command line, and the way to ask it that works best."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.bank.questions import Bank
from interviewer.chat.messages import ChatRequest, Message
from interviewer.cli.model_options import Models
from interviewer.common import system
from interviewer.errors import BadReply, UsageError
from interviewer.grading.grader import TRIED, Grader, JudgeMode
from interviewer.specs import judge_specs, model_specs
from interviewer.specs.judge_specs import Spec, short_name
from interviewer.specs.model_specs import ModelOptions
from interviewer.trial import trying
from interviewer.trial.trial_values import ModeTried


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

    def spec(self, mode: JudgeMode) -> Spec:
        """The judge in that mode."""
        return Spec("judge", f"{mode}:{self.model}", mode, self.model)


def asked_of(spec: str | None, models: Models, record: Path | None, embedder: str) -> OneModel:
    """What the words on the command line come to. Raises UsageError for what names no one judge."""
    named = spec or models.judge
    mode = models.judge_mode if models.mode_named else None
    parsed = judge_specs.parse(named, mode or "whole")
    if parsed.kind != "judge":
        raise UsageError(
            f"'{short_name(named)}' is no language model",
            hint="Such as 'interviewer trial openai:NAME --base-url URL' or 'gguf:FILE'.",
        )
    chosen = mode or (parsed.mode if not named.strip().startswith(model_specs.KINDS) else None)
    called = models.options
    if record is not None and called.replay is None:
        called = replace(called, record=record, reuse=True)
    return OneModel(parsed.model, (chosen,) if chosen else TRIED, called, embedder)


def mode_of(asked: OneModel, bank: Bank) -> tuple[JudgeMode, tuple[ModeTried, ...]]:
    """The mode that works best, and what came of each. Raises ModelError for a model that cannot be
    reached."""
    chat = model_specs.make_chat(asked.model, asked.models)
    if asked.models.replay is None:
        try:
            chat.chat(ChatRequest((Message("user", "Say yes."),), max_tokens=16))
        except BadReply:
            """It can be reached; what it can do is found out next."""
    fitted = [
        mode
        for mode in asked.modes
        if judge_specs.fitting_of(asked.spec(mode), asked.models).curve is not None
    ]
    clock = system.SystemClock()
    found = trying.tried(asked.modes, lambda mode: bare(asked, bank, mode), clock)
    return trying.chosen(found, fitted), found


def bare(asked: OneModel, bank: Bank, mode: JudgeMode) -> Grader:
    """The judge in that mode, without its guards."""
    return judge_specs.bare_judge(asked.spec(mode), bank, asked.models, asked.embedder)
