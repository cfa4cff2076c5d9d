"""What judges are shown and how they are calibrated, from the files shipped with the package."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Annotated, TypeVar

from pydantic import Field

from interviewer.common import files, system
from interviewer.common.base import Text, Value
from interviewer.errors import REINSTALL, WeightsError, Where
from interviewer.grading.grader import JudgeMode
from interviewer.grading.judges.fusing import Curve, Weights
from interviewer.grading.judges.judge_prompts import Example

EXAMPLES = "judge_examples.json"
CALIBRATION = "judge_calibration.json"
MAX_BYTES = 8_000_000


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


def weights_for(model: str, mode: JudgeMode) -> Weights:
    """The weights fitted to a model of that name in that mode, or cautious ones."""
    fitted = _first(tuple(w for w in calibration().weights if w.mode == mode), model)
    return fitted.weights if fitted else Weights()


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
