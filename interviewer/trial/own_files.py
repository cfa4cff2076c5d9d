"""What trials and fits have found, in the user's data folder: a JSON file for each model and mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from interviewer.common import files, system
from interviewer.common.base import Value, problem
from interviewer.common.caches import make_folder
from interviewer.errors import InputError, InterviewerError, Where
from interviewer.grading.grader import JudgeMode
from interviewer.grading.judges.judge_data import OwnFit
from interviewer.trial.trial_values import TrialReport

MAX_BYTES = 4_000_000
FITS, TRIALS = "calibrations", "trials"
_Kept = TypeVar("_Kept", OwnFit, TrialReport)


def fit_file(digest: str, mode: JudgeMode) -> Path:
    """Where the fit of that model in that mode is."""
    return system.data_folder() / FITS / f"{digest}-{mode}.json"


def trial_file(digest: str, mode: JudgeMode) -> Path:
    """Where the trial of that model in that mode is."""
    return system.data_folder() / TRIALS / f"{digest}-{mode}.json"


def read_fit(digest: str, mode: JudgeMode) -> OwnFit | None:
    """The fit, None where there is none. Raises InputError, with the place, for a damaged one."""
    path = fit_file(digest, mode)
    return _read(path, OwnFit) if path.exists() else None


def read_trials() -> Iterator[TrialReport | InputError]:
    """Every trial that was kept, and in the place of a damaged one what is wrong with it."""
    for path in sorted((system.data_folder() / TRIALS).glob("*.json")):
        try:
            yield _read(path, TrialReport)
        except InputError as error:
            yield error


def keep(path: Path, found: Value) -> None:
    """Write it, whole or not at all. Raises InterviewerError."""
    try:
        make_folder(path)
        files.write_text(path, found.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise InterviewerError(
            f"what was found cannot be kept: {error.strerror or error}",
            where=Where(str(path)),
            hint="Make the folder writable, or set XDG_DATA_HOME to another.",
        ) from error


def _read(path: Path, kind: type[_Kept]) -> _Kept:
    data = files.read_bounded(path, MAX_BYTES, InputError)
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        raise InputError(
            f"what was kept of a model cannot be read: {problem(error)}",
            where=Where(str(path)),
            hint="Delete the file, and make it again by 'interviewer trial' or 'calibrate'.",
        ) from error
