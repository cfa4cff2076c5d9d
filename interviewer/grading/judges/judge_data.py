"""What judges are shown and how they are calibrated, from the files shipped with the package."""

from __future__ import annotations

from datetime import datetime
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from interviewer.common import files, system
from interviewer.common.base import Text, UnitFloat, Value
from interviewer.errors import REINSTALL, WeightsError, Where
from interviewer.grading.grader import JudgeMode
from interviewer.grading.judges.fusing import Curve, Weights
from interviewer.grading.judges.judge_prompts import Example

EXAMPLES = "judge_examples.json"
CALIBRATION = "judge_calibration.json"
MAX_BYTES = 8_000_000
FIT_VERSION: Literal[1] = 1


class Showing(Value):
    """What a model is shown before it judges by one word.

    examples: how many judged pairs, from the first. exemplars: how many of the texts that a claim
    accepts, and of those it rejects.
    """

    examples: Annotated[int, Field(ge=0)] = 0
    exemplars: Annotated[int, Field(ge=0)] = 0


class FittedCurve(Value):
    """A curve for the models whose name matches, shown that. answers: how many it was fitted on."""

    models: Text
    answers: int
    showing: Showing = Showing()
    curve: Curve


class FittedWeights(Value):
    """Weights of `fused:` for the models whose name matches, asked in that mode."""

    models: Text
    mode: JudgeMode
    answers: int
    weights: Weights


class Calibration(Value):
    """What benchmarks/fit_judge.py has found."""

    about: str = ""
    curves: tuple[FittedCurve, ...] = ()
    weights: tuple[FittedWeights, ...] = ()


class FitFigures(Value):
    """How good probabilities are over claims, each by a fit that has not seen its question.

    auc: None where no claim, or every one, is asserted. brier: the mean squared gap (Brier 1950).
    right: the share of claims that are met or not as people say.
    """

    auc: float | None
    brier: float
    right: UnitFloat


class OwnFit(Value):
    """What the user's own fit has found for one model asked in one mode.

    digest: of the model. prompt: of what it was asked. answers, questions, claims: what the curve
    was fitted on; settled: how many of the answers the user has settled. weighed: on how many claims of
    answers that the offline grader has not seen the weights were fitted; 0 where they were too few, and
    the weights are those that held before. raw, curved: the judge without and with its curve; offline,
    fused: without and with the judge, None where the weights were not fitted.
    """

    fit_version: Literal[1] = FIT_VERSION
    model: Text
    digest: Text
    mode: JudgeMode
    prompt: Text
    made: datetime
    bank: Text
    answers: int
    settled: int
    questions: int
    claims: int
    curve: Curve
    weighed: int
    weights: Weights
    raw: FitFigures
    curved: FitFigures
    offline: FitFigures | None
    fused: FitFigures | None


class _Examples(Value):
    about: str = ""
    examples: tuple[Example, ...]


_Read = TypeVar("_Read", bound=Value)
_Fit = TypeVar("_Fit", FittedCurve, FittedWeights)


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """The judged pairs that a model is shown before it judges by one word."""
    return _read(EXAMPLES, _Examples).examples


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """What was fitted to which model."""
    return _read(CALIBRATION, Calibration)


def showing_for(model: str) -> Showing:
    """What a model of that name is shown."""
    fitted = _first(calibration().curves, model)
    return fitted.showing if fitted else Showing()


def curve_for(model: str) -> Curve | None:
    """The curve fitted to a model of that name, None where nobody has."""
    fitted = _first(calibration().curves, model)
    return fitted.curve if fitted else None


def weights_for(model: str, mode: JudgeMode) -> Weights | None:
    """The weights fitted to a model of that name in that mode, None where nobody has."""
    fitted = _first(tuple(w for w in calibration().weights if w.mode == mode), model)
    return fitted.weights if fitted else None


def _first(fitted: tuple[_Fit, ...], model: str) -> _Fit | None:
    return next((f for f in fitted if fnmatchcase(model.casefold(), f.models.casefold())), None)


def _read(name: str, kind: type[_Read]) -> _Read:
    path = system.package_data("grading/judges/data") / name
    try:
        return kind.model_validate_json(files.read_bounded(path, MAX_BYTES, WeightsError))
    except (WeightsError, ValueError) as error:
        raise WeightsError(
            "what judges are shown is missing or damaged", where=Where(str(path)), hint=REINSTALL
        ) from error
