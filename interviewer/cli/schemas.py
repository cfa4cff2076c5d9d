"""JSON Schemas (draft 2020-12) of what the program writes for other programs to read."""

from __future__ import annotations

from typing import Any

from interviewer.check.check_values import CHECK_VERSION, CheckReport
from interviewer.common.base import Value
from interviewer.grading.judges.judge_data import FIT_VERSION, OwnFit
from interviewer.progress.progress_values import PROGRESS_VERSION, Progress
from interviewer.regrade.comparison import COMPARISON_VERSION, Comparison
from interviewer.report.report_values import REPORT_VERSION, Report
from interviewer.report.shapes import GRADE_VERSION, GradeReport
from interviewer.session.events import EVENT, LOG_VERSION
from interviewer.trial.trial_values import TRIAL_VERSION, TrialReport, TrialTable

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def log_line() -> dict[str, Any]:
    """One line of a session log. Fields with a default may be left out, as older logs do."""
    return _headed(
        "transcript-log-line",
        LOG_VERSION,
        "One line of a session log: an event. A log is one event a line, numbered from 0 by 'seq'; "
        "the first is 'started'.",
        EVENT.json_schema(mode="validation"),
    )


def printed() -> dict[str, tuple[int, type[Value], str]]:
    """What the commands print with --json: by name the version, the value, and what it is.

    Every field is always there.
    """
    return {
        "calibration": (FIT_VERSION, OwnFit, "A fitted judge: 'interviewer calibrate --json'."),
        "check": (
            CHECK_VERSION,
            CheckReport,
            "Graders against people: 'interviewer check --json'.",
        ),
        "comparison": (
            COMPARISON_VERSION,
            Comparison,
            "Two gradings side by side: 'interviewer compare --json'.",
        ),
        "grade": (GRADE_VERSION, GradeReport, "One answer graded: 'interviewer grade --json'."),
        "progress": (
            PROGRESS_VERSION,
            Progress,
            "All sessions on a bank: 'interviewer progress --json'.",
        ),
        "report": (REPORT_VERSION, Report, "A session: 'interviewer report --json'."),
        "trial": (TRIAL_VERSION, TrialReport, "A trial of a model: 'interviewer trial --json'."),
        "trials": (
            TRIAL_VERSION,
            TrialTable,
            "All kept trials: 'interviewer trial --table --json'.",
        ),
    }


def files() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    made = {f"transcript-log-line-v{LOG_VERSION}.json": log_line()}
    for name, (version, value, what) in printed().items():
        schema = value.model_json_schema(mode="serialization")
        made[f"{name}-v{version}.json"] = _headed(name, version, what, schema)
    return made


def _headed(name: str, version: int, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    head = {"$schema": DIALECT, "$id": f"urn:interviewer:{name}:v{version}"}
    return {**head, **schema, "title": f"interviewer {name} v{version}", "description": what}
