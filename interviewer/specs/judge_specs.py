"""Specs of graders that ask a language model to graders.

    MODEL                     all claims of an answer in one call, or as --judge-mode says
    MODE:MODEL                MODE is one of `JUDGE_MODES`; MODEL is a spec of a language model
    systemone:MODEL           a decision model: all claims in one call, each by a probability
    panel:SPEC,SPEC,...       the median of several graders, "offline" and "fused:..." among them
    fused:SPEC                the offline grader and a judge weighed together

The file of a `gguf:` model on a panel must not have a comma in its path.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from interviewer.bank.questions import Bank
from interviewer.chat.messages import ChatModel
from interviewer.common.scrub import scrub
from interviewer.common.text import one_line
from interviewer.errors import InputError, ModelError, UsageError
from interviewer.grading.grader import BY_WORD, JUDGE_MODES, Grader, JudgeMode
from interviewer.grading.grades import GraderIdentity
from interviewer.grading.judges.fusing import Curve, Weights
from interviewer.grading.judges.judge_data import (
    Showing,
    curve_for,
    examples,
    showing_for,
    weights_for,
)
from interviewer.specs.capabilities import capability_of
from interviewer.specs.embedders import bank_vectors, make_embedder
from interviewer.specs.model_specs import (
    DECIDERS,
    KINDS,
    ModelOptions,
    calls_at_once,
    is_decider,
    make_chat,
    model_digest,
    model_name,
    split_spec,
)
from interviewer.specs.plain_specs import check_plain, make_plain, plain_identity
from interviewer.trial import own_files

MAX_DEPTH = 2
VOTES = 5
"""How often the mode "votes" asks for the same word."""


@dataclass(frozen=True)
class Judging:
    """How judges are asked.

    mode: of specs that do not say. models: how models are called. trusted: grades count whatever
    the judge makes of the test answer, and `warn` is told if it fails. fallback: the offline grader
    fills what is ungraded.
    """

    mode: JudgeMode = "whole"
    models: ModelOptions = field(default_factory=ModelOptions)
    trusted: bool = False
    fallback: bool = False
    warn: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Spec:
    """A spec taken apart. kind: "judge" (with mode and model), "panel" or "fused" (with members),
    or "plain" (`text` is a spec that asks no model)."""

    kind: Literal["judge", "panel", "fused", "plain"]
    text: str
    mode: JudgeMode = "whole"
    model: str = ""
    members: tuple[Spec, ...] = ()


def parse(spec: str, mode: JudgeMode = "whole", depth: int = 0) -> Spec:
    """The spec taken apart; its `text` says the mode. Raises UsageError for what is none.

    depth: how many specs it stands in.
    """
    kind, _, rest = spec.strip().partition(":")
    if depth > MAX_DEPTH:
        raise UsageError(
            f"'{one_line(spec, 60)}' stands in too many other graders",
            hint="A panel takes graders and fused: ones; fused: takes a language model.",
        )
    if kind == "panel":
        members = tuple(parse(part, mode, depth + 1) for part in rest.split(",") if part.strip())
        if len(members) < 2 or any(m.kind == "panel" for m in members):
            raise UsageError(
                f"'{one_line(spec, 60)}' is no panel",
                hint="Give two or more graders: panel:offline,openai:MODEL.",
            )
        return Spec("panel", f"panel:{','.join(m.text for m in members)}", members=members)
    if kind == "fused":
        member = parse(rest, mode, depth + 1)
        if member.kind != "judge":
            raise UsageError(
                f"'{one_line(spec, 60)}' names no judge to weigh against the offline grader",
                hint="Give a language model: fused:openai:MODEL.",
            )
        return Spec("fused", f"fused:{member.text}", members=(member,))
    for named in JUDGE_MODES:
        if kind == named:
            mode, spec = named, rest
            if is_decider(spec):
                raise UsageError(
                    f"'{kind}:' is no way to ask a decision model, which is asked in one way only",
                    hint=f"Give it as {short_name(spec)}.",
                )
    if kind in DECIDERS:
        split_spec(spec, DECIDERS)
        # It answers as a log-probability judge does: one probability a claim.
        return Spec("judge", spec.strip(), "logprob", spec.strip())
    if kind in (*JUDGE_MODES, *KINDS):
        split_spec(spec)
        return Spec("judge", f"{mode}:{spec.strip()}", mode, spec.strip())
    check_plain(spec.strip())
    return Spec("plain", spec.strip())


def decides(spec: Spec) -> bool:
    """Whether that judge is a decision model, which can be asked in one way only."""
    return is_decider(spec.model)


def centres(spec: Spec) -> bool:
    """Whether that judge is centred where nobody has fitted a curve to it: a decision model says a
    probability, others say a word, which leans to one side."""
    return spec.mode in BY_WORD and not decides(spec)


def asks_nothing_else(spec: str) -> bool:
    """Whether no other grader has a say besides the model."""
    return parse(spec).kind == "judge"


def models_of(spec: str) -> frozenset[str]:
    """The specs of the language models that a grader of that spec asks."""
    parsed = parse(spec)
    within = frozenset[str]().union(*(models_of(m.text) for m in parsed.members))
    return within | {parsed.model} if parsed.kind == "judge" else within


def short_name(text: str) -> str:
    """A spec without the folders of model files and without a key, to be shown."""
    parts = text.split("gguf:")
    shown = [parts[0]]
    for part in parts[1:]:
        path, comma, rest = part.partition(",")
        shown.append(Path(path).name + comma + rest)
    return scrub("gguf:".join(shown))


def judge_identity(spec: str, judging: Judging, embedder: str = "onnx") -> GraderIdentity:
    """What the grader of that spec will call itself, without loading it."""
    return _identity(parse(spec, judging.mode), judging.models, embedder)


def make_judge(spec: str, bank: Bank, judging: Judging, embedder: str = "onnx") -> Grader:
    """The grader of that spec. Raises ModelError if a judge in it fails the test answer."""
    from interviewer.grading.judges.fallback import FallbackGrader

    parsed = parse(spec, judging.mode)
    made = _make(parsed, bank, judging, embedder)
    if judging.fallback and judging.models.replay is None:
        return FallbackGrader(made, make_plain("offline", bank, embedder))
    return made


@dataclass(frozen=True)
class Fitting:
    """What was fitted to a judge, and by whom: the user, whoever made the program, or nobody.

    curve, weights: None where nobody has. problem: why a fit of the user's own is not used.
    """

    source: Literal["own", "shipped", "none"]
    curve: Curve | None = None
    weights: Weights | None = None
    problem: str = ""


def fitting_of(spec: Spec, models: ModelOptions) -> Fitting:
    """What was fitted to the judge of that spec. The user's own fit comes before a shipped one."""
    name, trouble = model_name(spec.model), ""
    try:
        own = own_files.read_fit(model_digest(spec.model, models.base_url), spec.mode)
    except InputError as error:
        own, trouble = None, f"{error.message} ({error.where})"
    if own is not None and own.prompt == _prompt(spec):
        return Fitting("own", own.curve, own.weights)
    if own is not None:
        trouble = "its own curve was fitted to other prompts; fit it anew"
    curve = curve_for(name) if spec.mode == "logprob" else None
    weights = weights_for(name, spec.mode)
    source: Literal["shipped", "none"] = "shipped" if curve or weights else "none"
    return Fitting(source, curve, weights, trouble)


def _prompt(spec: Spec) -> str:
    """Identifies what the judge of that spec asks."""
    from interviewer.grading.judges import decision_judge, logprob_judge, schema_judge
    from interviewer.grading.judges.one_claim import sentence_judge

    if decides(spec):
        return decision_judge.prompt_digest()
    if spec.mode in ("whole", "each"):
        return schema_judge.prompt_digest()
    if spec.mode == "sentences":
        return sentence_judge.prompt_digest()
    shown = showing_for(model_name(spec.model))
    pointed = spec.mode == "pointed"
    return logprob_judge.prompt_digest(
        examples()[: shown.examples], shown.exemplars, _way(spec.mode), pointed=pointed
    )


def _way(mode: JudgeMode) -> Literal["logprob", "options", "yesno"]:
    """How a judge that wants one word asks for it."""
    if mode == "options":
        return "options"
    return "yesno" if mode in ("yesno", "votes") else "logprob"


def _identity(spec: Spec, models: ModelOptions, embedder: str) -> GraderIdentity:
    from interviewer.grading.judges import logprob_judge

    if spec.kind == "plain":
        return plain_identity(spec.text, embedder)
    if spec.kind == "judge":
        curve = fitting_of(spec, models).curve
        version = logprob_judge.version_of(curve, centred=centres(spec))
        return GraderIdentity(
            spec=spec.text, version=version, model=model_name(spec.model), prompt=_prompt(spec)
        )
    found = [_identity(member, models, embedder) for member in spec.members]
    version = "+".join(part.version for part in found)
    if spec.kind == "fused":
        weights = fitting_of(spec.members[0], models).weights or Weights()
        version += f"+{weights.content_digest()[:8]}"
    return GraderIdentity(
        spec=spec.text,
        version=version,
        model=" + ".join(part.model for part in found),
        prompt=_joined([part.prompt for part in found]),
    )


def _joined(prompts: list[str]) -> str:
    known = [prompt for prompt in prompts if prompt]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:16] if known else ""


def _make(spec: Spec, bank: Bank, judging: Judging, embedder: str) -> Grader:
    from interviewer.grading.judges.fused import FusedGrader
    from interviewer.grading.judges.panel import PanelGrader

    if spec.kind == "plain":
        return make_plain(spec.text, bank, embedder)
    if spec.kind == "judge":
        return _judge(spec, bank, judging, embedder)
    identity = _identity(spec, judging.models, embedder)
    members = [_make(member, bank, judging, embedder) for member in spec.members]
    if spec.kind == "panel":
        return PanelGrader(members, [short_name(m.text) for m in spec.members], identity)
    weights = fitting_of(spec.members[0], judging.models).weights or Weights()
    offline = make_plain("offline", bank, embedder)
    return FusedGrader(members[0], offline, weights, identity)


def _judge(spec: Spec, bank: Bank, judging: Judging, embedder: str) -> Grader:
    from interviewer.grading.judges.canary import Fitness, TestedJudge
    from interviewer.grading.judges.injection import GuardedJudge

    shown = short_name(spec.model)
    for told in _uncalibrated(spec, judging.models):
        judging.warn(f"{shown} {told}.")
    tested = TestedJudge(bare_judge(spec, bank, judging.models, embedder), trusted=judging.trusted)
    fitness = tested.test()
    if fitness is Fitness.UNKNOWN:
        judging.warn(f"{shown} could not be tested: {tested.why}{_other_modes(spec, judging)}.")
    if fitness is Fitness.FAILED:
        if not judging.trusted:
            raise ModelError(
                f"{shown} gives points to a test answer that is wrong and asks for full marks",
                hint="It cannot be trusted as a judge. Choose another model or mode, 'fused:"
                f"{shown}' or the offline grader; or take it as it is with --force.",
            )
        judging.warn(f"{shown} gives points to the test answer that must not have any.")
    return GuardedJudge(tested)


def _other_modes(spec: Spec, judging: Judging) -> str:
    """The modes that the model is on record to manage instead, to be told; "" where none is."""
    modes = capability_of(spec.model, judging.models).modes
    if not modes or spec.mode in modes:
        return ""
    return f"; on record it manages --judge-mode {' and '.join(modes)}"


def _uncalibrated(spec: Spec, models: ModelOptions) -> list[str]:
    """What is to be said of a judge whose probabilities nobody has fitted."""
    found = fitting_of(spec, models)
    told = [f"is used without its own curve: {found.problem}"] if found.problem else []
    if found.curve is None and centres(spec):
        told.append(
            "judges uncalibrated: nobody has fitted a curve to it, so its own middle counts as one"
            " half; 'interviewer calibrate' fits one"
        )
    return told


def bare_judge(
    spec: Spec,
    bank: Bank,
    models: ModelOptions,
    embedder: str = "onnx",
    unfitted: Showing | None = None,
) -> Grader:
    """The judge alone, without the guards that answers go through.

    unfitted: what to show a judge that is to be without a curve, and not centred either.
    """
    from interviewer.grading.judges.curved import CurvedJudge
    from interviewer.grading.judges.logprob_judge import LogprobJudge

    chat = make_chat(spec.model, models)
    calls = calls_at_once(spec.model, models)
    curve = None if unfitted else fitting_of(spec, models).curve
    if spec.mode not in BY_WORD:
        judge = _by_schema(spec, chat, calls)
        return CurvedJudge(judge, curve, _identity(spec, models, embedder)) if curve else judge
    encoder = make_embedder(embedder)
    if decides(spec):
        from interviewer.grading.judges.decision_judge import DecisionJudge

        return DecisionJudge(chat, encoder, spec=spec.text, curve=curve)
    shown = unfitted or showing_for(chat.name)
    return LogprobJudge(
        chat,
        encoder,
        spec=spec.text,
        new_marker=new_marker,
        examples=examples()[: shown.examples],
        exemplars=shown.exemplars,
        curve=curve,
        embed=bank_vectors(encoder, bank).embed,
        way=_way(spec.mode),
        samples=VOTES if spec.mode == "votes" else 1,
        pointer=make_plain("offline", bank, embedder) if spec.mode == "pointed" else None,
        centre_on=() if unfitted or curve else examples(),
        calls=calls,
    )


def _by_schema(spec: Spec, chat: ChatModel, calls: int) -> Grader:
    from interviewer.grading.judges.one_claim.sentence_judge import SentenceJudge
    from interviewer.grading.judges.schema_judge import SchemaJudge

    if spec.mode == "sentences":
        return SentenceJudge(chat, spec=spec.text, new_marker=new_marker, calls=calls)
    mode: Literal["whole", "each"] = "each" if spec.mode == "each" else "whole"
    return SchemaJudge(chat, spec=spec.text, new_marker=new_marker, mode=mode, calls=calls)


def new_marker() -> str:
    """A word that nobody can foresee."""
    return secrets.token_hex(6)
